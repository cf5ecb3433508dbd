/**
 * GS1 element strings: identifiers and values in a row. Scanners send them with a group separator (FNC1) after values
 * whose length is not fixed; people write them with the identifiers in brackets, a bracket inside a value as `\(`.
 * Source: GS1 General Specifications, 7.8.
 */
import { ok } from '../base/index.ts';
import { APPLICATION_IDENTIFIERS, fixedValueLength } from './application-identifiers.ts';
import { refuse, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { readElement, unknownAi } from './element.ts';
import type { Element, ReadElement } from './element.ts';

export const GROUP_SEPARATOR = '\u001D';

/** What a scanner may send first, to say which symbol it was: GS1-128, DataBar, DataMatrix, QR, DotCode. */
const SYMBOLOGY = /^\](?:C1|e0|d2|Q3|J1)/;

const AI_DIGITS_MAX = 4;

function aiAt(text: string, position: number): string | null {
  for (let length = 2; length <= AI_DIGITS_MAX; length++) {
    const ai = text.slice(position, position + length);
    if (ai.length === length && APPLICATION_IDENTIFIERS.has(ai)) return ai;
  }
  return null;
}

function splitScanned(text: string): Read<readonly Element[]> {
  const elements: Element[] = [];
  let position = text.startsWith(GROUP_SEPARATOR) ? 1 : 0;
  while (position < text.length) {
    const ai = aiAt(text, position);
    if (ai === null) return unknownAi(text.slice(position, position + AI_DIGITS_MAX));
    const begin = position + ai.length;
    const fixed = fixedValueLength(ai);
    const separator = text.indexOf(GROUP_SEPARATOR, begin);
    const end = separator < 0 ? text.length : separator;
    const valueEnd = fixed === null ? end : Math.min(end, begin + fixed);
    elements.push({ ai, value: text.slice(begin, valueEnd) });
    position = text[valueEnd] === GROUP_SEPARATOR ? valueEnd + 1 : valueEnd;
  }
  return ok(elements);
}

const BRACKETED = /\((\d{2,4})\)((?:[^(\\]|\\\()*)/y;

function splitBracketed(text: string): Read<readonly Element[]> {
  const elements: Element[] = [];
  let position = 0;
  while (position < text.length) {
    BRACKETED.lastIndex = position;
    const match = BRACKETED.exec(text);
    if (!match) {
      const what = `${shown(text.slice(position))} is not (identifier)value`;
      return refuse(
        'ELEMENT_STRING_FORM',
        what,
        'Write (01)… and so on, and a bracket inside a value as \\(.',
      );
    }
    elements.push({ ai: match[1] ?? '', value: (match[2] ?? '').replaceAll('\\(', '(') });
    position = BRACKETED.lastIndex;
  }
  return ok(elements);
}

/** The elements with their meanings, each identifier once. */
export function readElements(elements: readonly Element[], yearNow: number): Read<readonly ReadElement[]> {
  const read = new Map<string, ReadElement>();
  for (const element of elements) {
    const each = readElement(element, yearNow);
    if (!each.ok) return each;
    const before = read.get(element.ai);
    if (before && before.value !== element.value) {
      const what = `(${element.ai}) is both ${shown(before.value)} and ${shown(element.value)}`;
      return refuse('AI_TWICE', what, 'Give each identifier once.');
    }
    if (!before) read.set(element.ai, each.value);
  }
  if (read.size > 0) return ok([...read.values()]);
  return refuse('ELEMENT_STRING_EMPTY', 'there is no element', 'Scan a GS1 code, or write (01)… .');
}

/** What an element string says, as a scanner sends it or in brackets. */
export function readElementString(text: string, yearNow: number): Read<readonly ReadElement[]> {
  const bare = text.replace(SYMBOLOGY, '');
  const elements = bare.startsWith('(') ? splitBracketed(bare) : splitScanned(bare);
  return elements.ok ? readElements(elements.value, yearNow) : elements;
}

/** With identifiers in brackets, for people. */
export function bracketedText(elements: readonly Element[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
}

/** As a scanner sends it: a separator after each value that needs one, but for the last. */
export function scannedText(elements: readonly Element[]): string {
  return elements
    .map(({ ai, value }, nth) => {
      const isEnded = fixedValueLength(ai) !== null || nth === elements.length - 1;
      return `${ai}${value}${isEnded ? '' : GROUP_SEPARATOR}`;
    })
    .join('');
}
