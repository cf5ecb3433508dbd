/** Whether a value has the characters and the length that its application identifier asks for. */
import { refuse, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { ok } from '../base/index.ts';
import type { ApplicationIdentifier, ValueForm } from './application-identifiers.ts';

const CLASSES: Readonly<Record<string, string>> = {
  n: '[0-9]',
  x: '[!"%-?A-Z_a-z]',
  y: '[#\\-/0-9A-Z]',
  z: '[\\-0-9=A-Z_a-z]',
};

interface Checks {
  readonly whole: RegExp;
  readonly characters: RegExp;
}

/** `n13[x..17]` as a pattern for the whole value, and one for its characters alone. */
function checksOf(form: ValueForm): Checks {
  const part = (letter: string, length: string): string => {
    const [exact, most] = length.startsWith('..') ? [null, length.slice(2)] : [length, null];
    return `${CLASSES[letter]}{${exact ?? `1,${most}`}}`;
  };
  const whole = form
    .replaceAll(/([nxyz])((?:\.\.)?\d+)/g, (_, letter: string, length: string) => `<${part(letter, length)}>`)
    .replaceAll(/\[(<[^<>]*>)\]/g, '(?:$1)?')
    .replaceAll(/[<>]/g, '');
  const letters = [...new Set(form.match(/[nxyz]/g) ?? [])].map((letter) => CLASSES[letter]);
  return { whole: new RegExp(`^${whole}$`), characters: new RegExp(`^(?:${letters.join('|')})*$`) };
}

const known = new Map<ValueForm, Checks>();

function checksFor(form: ValueForm): Checks {
  const checks = known.get(form) ?? checksOf(form);
  known.set(form, checks);
  return checks;
}

/** The value itself where it has the form of its identifier. */
export function checkedValue(row: ApplicationIdentifier, value: string): Read<string> {
  const { whole, characters } = checksFor(row.form);
  if (whole.test(value)) return ok(value);
  const what = `the value ${shown(value)} of (${row.ai}) ${row.title} is not of the form ${row.form}`;
  return characters.test(value)
    ? refuse('AI_VALUE_LENGTH', what, 'Something is missing, or a separator: scan the code again.')
    : refuse(
        'AI_VALUE_CHARACTERS',
        what,
        'GS1 values have digits, or letters and marks of the basic set only.',
      );
}
