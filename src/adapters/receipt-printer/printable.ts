/**
 * Text as a printer's code pages can show it. Control characters go first: a product's name could otherwise command
 * the printer. A letter that no code page has loses its marks (ā is printed a), and what has no such letter is printed
 * as the paper's replacement, which is then explained once.
 */
import CodepageEncoder from '@point-of-sale/codepage-encoder';
import type { Codepage } from '@point-of-sale/codepage-encoder';
import type { Showing } from '../../receipts/index.ts';

/** What is written otherwise on narrow paper without losing anything. */
const PLAINER: Readonly<Record<string, string>> = {
  '−': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
};

/** A space at which no line breaks, so that a price keeps its currency; it becomes a space when the line is done. */
export const UNBROKEN = '\u00a0';

function charactersOf(codePages: readonly Codepage[]): ReadonlySet<number> {
  return new Set(codePages.flatMap((page) => CodepageEncoder.getEncoding(page).codepoints));
}

export function printableIn(codePages: readonly Codepage[], replacement: string): Showing {
  const known = charactersOf(codePages);
  let hasReplaced = false;
  const isKnown = (text: string): boolean => [...text].every((each) => known.has(each.codePointAt(0)!));
  const shown = (character: string): string => {
    if (isKnown(character)) return character;
    const plainer = PLAINER[character] ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
    if (plainer !== '' && isKnown(plainer)) return plainer;
    hasReplaced = true;
    return replacement;
  };
  return {
    text: (from) =>
      from
        .normalize('NFC')
        .replaceAll(/[\p{Cf}\p{Cs}]/gu, '')
        .replaceAll(/[\u00a0\u2007\u202f]/g, UNBROKEN)
        .split(UNBROKEN)
        .map((part) => [...part.replaceAll(/[\s\p{Cc}]+/gu, ' ')].map(shown).join(''))
        .join(UNBROKEN),
    get hasReplaced() {
      return hasReplaced;
    },
  };
}
