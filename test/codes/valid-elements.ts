/** Valid elements by chance, made from the form of their identifier by other means than the code that checks them. */
import type { Random } from '../../src/base/index.ts';
import type { ApplicationIdentifier, Element } from '../../src/codes/index.ts';

/** An element, and the days or moments that its value was made from, such as `2026-11-30T15:30`. */
export interface DrawnElement extends Element {
  readonly moments: readonly string[];
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ALPHABETS: Readonly<Record<string, string>> = {
  n: '0123456789',
  x: `!"%&'()*+,-./0123456789:;<=>?_${LETTERS}${LETTERS.toLowerCase()}`,
  y: `#-/0123456789${LETTERS}`,
  z: `-0123456789_${LETTERS}${LETTERS.toLowerCase()}`,
};

const YEARS_BACK_MAX = 49;
const YEARS_OF_WINDOW = 100;
const MONTH_ONLY_SHARE = 0.2;

const two = (value: number): string => String(value).padStart(2, '0');

function characters(random: Random, form: { readonly letter: string; readonly length: number }): string {
  const alphabet = ALPHABETS[form.letter] ?? '';
  return Array.from({ length: form.length }, () => alphabet[random.below(alphabet.length)]).join('');
}

/** A value of the form `n3[x..9]`, each optional stretch only after the one before it. */
function valueOfForm(random: Random, form: string): string {
  let value = '';
  for (const [, opening = '', letter = '', isOpen = '', digits = ''] of form.matchAll(
    /(\[?)([nxyz])(\.\.)?(\d+)/g,
  )) {
    if (opening !== '' && random.below(2) === 0) break;
    const most = Number(digits);
    value += characters(random, { letter, length: isOpen === '' ? most : 1 + random.below(most) });
  }
  return value;
}

interface DrawnDay {
  readonly sixDigits: string;
  readonly date: string;
}

/** A day of the hundred years that two digits can name; `00` for the day now and then where a month will do. */
function drawDay(
  random: Random,
  options: { readonly yearNow: number; readonly needsDay: boolean },
): DrawnDay {
  const year = options.yearNow - YEARS_BACK_MAX + random.below(YEARS_OF_WINDOW);
  const month = 1 + random.below(12);
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isMonth = !options.needsDay && random.uniform() < MONTH_ONLY_SHARE;
  const day = isMonth ? 0 : 1 + random.below(lastDay);
  const date = `${year}-${two(month)}-${two(isMonth ? lastDay : day)}`;
  return { sixDigits: `${two(year % 100)}${two(month)}${two(day)}`, date };
}

/** What may follow the day: (7003) hours and minutes, (7011) the same or nothing, (8008) down to seconds. */
function drawTime(random: Random, ai: string): string[] {
  const parts = [two(random.below(24)), two(random.below(60)), two(random.below(60))];
  const counts = ai === '7003' ? [2] : ai === '7011' ? [0, 2] : [1, 2, 3];
  return parts.slice(0, counts[random.below(counts.length)]);
}

/** The check digit after the payload, by adding up until the sum of the whole is a multiple of ten. */
export function withCheckDigit(payload: string): string {
  const sumOf = (digits: string): number =>
    [...digits]
      .toReversed()
      .reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  let check = 0;
  while (sumOf(`${payload}${check}`) % 10 !== 0) check++;
  return `${payload}${check}`;
}

/** A valid element of `row`, read in `yearNow`. */
export function drawElement(random: Random, row: ApplicationIdentifier, yearNow: number): DrawnElement {
  const { ai, meaning, form } = row;
  switch (meaning.kind) {
    case 'date': {
      const { sixDigits, date } = drawDay(random, { yearNow, needsDay: meaning.needsDay });
      return { ai, value: sixDigits, moments: [date] };
    }
    case 'time': {
      const { sixDigits, date } = drawDay(random, { yearNow, needsDay: true });
      const parts = drawTime(random, ai);
      const [hours, minutes = '00', ...seconds] = parts;
      const moment = hours === undefined ? date : `${date}T${[hours, minutes, ...seconds].join(':')}`;
      return { ai, value: sixDigits + parts.join(''), moments: [moment] };
    }
    case 'period': {
      const count = 1 + random.below(2);
      const days = Array.from({ length: count }, () => drawDay(random, { yearNow, needsDay: true }));
      days.sort((a, b) => (a.date < b.date ? -1 : 1));
      const value = days.map(({ sixDigits }) => sixDigits).join('');
      return { ai, value, moments: days.map(({ date }) => date) };
    }
    case 'key': {
      const value = valueOfForm(random, form);
      const key = withCheckDigit(value.slice(0, meaning.digits - 1));
      return { ai, value: key + value.slice(meaning.digits), moments: [] };
    }
    default:
      return { ai, value: valueOfForm(random, form), moments: [] };
  }
}
