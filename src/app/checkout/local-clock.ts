/** The wall clock of a place, as the words of cases have it: `2026-03-14 09:05`. Null where there is no such zone. */
export function localTimeAt(atMs: number, zone: string): string | null {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(new Date(atMs));
    const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
    return `${of('year')}-${of('month')}-${of('day')} ${of('hour')}:${of('minute')}`;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
