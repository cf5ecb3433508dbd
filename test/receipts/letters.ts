/** What texts say, whatever lines and columns they stand in: all their characters but spaces, sorted. */
export function lettersOf(texts: readonly string[]): string {
  return [...texts.join('').normalize('NFC').replaceAll(/\s/gu, '')].toSorted().join('');
}
