/** One element of an element string, and what its value means. */
import { ok } from '../base/index.ts';
import { wrongCheckDigit } from './check-digit.ts';
import { refuse, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { APPLICATION_IDENTIFIERS } from './application-identifiers.ts';
import type { ApplicationIdentifier } from './application-identifiers.ts';
import { readElementDate, readElementTime } from './element-date.ts';
import type { ElementDate } from './element-date.ts';
import type { Measure } from './measure.ts';
import { checkedValue } from './value-form.ts';

export type Meant =
  | { readonly kind: 'text' }
  | { readonly kind: 'key'; readonly key: string }
  | ({ readonly kind: 'date' } & ElementDate)
  | { readonly kind: 'time'; readonly time: string }
  /** One day where both are the same. */
  | { readonly kind: 'period'; readonly from: string; readonly to: string }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'measure'; readonly measure: Measure }
  /** `currencyNumber` is that of ISO 4217, null where the place says which currency is meant. */
  | {
      readonly kind: 'money';
      readonly amount: number;
      readonly decimals: number;
      readonly currencyNumber: string | null;
    }
  | { readonly kind: 'percent'; readonly amount: number; readonly decimals: number };

export interface Element {
  readonly ai: string;
  readonly value: string;
}

export interface ReadElement extends Element {
  readonly title: string;
  readonly meant: Meant;
}

const CURRENCY_DIGITS = 3;
const DATE_DIGITS = 6;

function noDate(row: ApplicationIdentifier, value: string): Read<never> {
  const remedy = 'Dates are YYMMDD, with hhmm after them in a time; a period does not end before it begins.';
  return refuse('AI_VALUE_DATE', `(${row.ai}) ${row.title} ${shown(value)} is no date`, remedy);
}

function dateMeant(row: ApplicationIdentifier, value: string, yearNow: number): Read<Meant> {
  const date = readElementDate(value, yearNow);
  const needsDay = row.meaning.kind !== 'date' || row.meaning.needsDay;
  return date && (date.isDayGiven || !needsDay) ? ok({ kind: 'date', ...date }) : noDate(row, value);
}

function timeMeant(row: ApplicationIdentifier, value: string, yearNow: number): Read<Meant> {
  if (value.length === DATE_DIGITS) return dateMeant(row, value, yearNow);
  const time = readElementTime(value, yearNow);
  return time === null ? noDate(row, value) : ok({ kind: 'time', time });
}

function periodMeant(row: ApplicationIdentifier, value: string, yearNow: number): Read<Meant> {
  const from = readElementDate(value, yearNow);
  const to = readElementDate(value.slice(-6), yearNow);
  if (!from?.isDayGiven || !to?.isDayGiven || from.date > to.date) return noDate(row, value);
  return ok({ kind: 'period', from: from.date, to: to.date });
}

function keyMeant(row: ApplicationIdentifier, key: string): Read<Meant> {
  const wrong = wrongCheckDigit(key);
  if (!wrong) return ok({ kind: 'key', key });
  const what = `(${row.ai}) ${row.title} ${key} ends in ${wrong.given}, and its other digits give ${wrong.right}`;
  return refuse('AI_VALUE_CHECK_DIGIT', what, 'Scan the code again.');
}

function meantBy(row: ApplicationIdentifier, value: string, yearNow: number): Read<Meant> {
  const { meaning, decimals } = row;
  switch (meaning.kind) {
    case 'text':
      return ok({ kind: 'text' });
    case 'key':
      return keyMeant(row, value.slice(0, meaning.digits));
    case 'date':
      return dateMeant(row, value, yearNow);
    case 'time':
      return timeMeant(row, value, yearNow);
    case 'period':
      return periodMeant(row, value, yearNow);
    case 'count':
      return ok({ kind: 'count', count: Number(value) });
    case 'measure':
      return ok({ kind: 'measure', measure: { amount: Number(value), decimals, unit: meaning.unit } });
    case 'percent':
      return ok({ kind: 'percent', amount: Number(value), decimals });
    case 'money': {
      const currencyNumber = meaning.hasCurrency ? value.slice(0, CURRENCY_DIGITS) : null;
      const amount = Number(meaning.hasCurrency ? value.slice(CURRENCY_DIGITS) : value);
      return ok({ kind: 'money', amount, decimals, currencyNumber });
    }
  }
}

/** The element with its meaning; `yearNow` settles the century of dates. */
export function readElement({ ai, value }: Element, yearNow: number): Read<ReadElement> {
  const row = APPLICATION_IDENTIFIERS.get(ai);
  if (!row) return unknownAi(ai);
  const checked = checkedValue(row, value);
  if (!checked.ok) return checked;
  const meant = meantBy(row, value, yearNow);
  return meant.ok ? ok({ ai, title: row.title, value, meant: meant.value }) : meant;
}

export function unknownAi(text: string): Read<never> {
  const what = `${shown(text)} is no application identifier that is known here`;
  return refuse('AI_UNKNOWN', what, 'docs/reference/application-identifiers.md lists those that are.');
}
