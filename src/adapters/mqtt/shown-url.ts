/** The address without what nobody should read; null where it is none. */
export function shownUrlOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return ['mqtt:', 'mqtts:'].includes(parsed.protocol) && parsed.hostname !== '' ? parsed.href : null;
}
