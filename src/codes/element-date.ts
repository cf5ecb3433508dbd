/**
 * Dates of six digits, YYMMDD. The century is the one that puts the year within 49 years back and 50 ahead; the day 00
 * stands for the whole month, whose last day counts. Source: GS1 General Specifications, 7.12 and 3.4.
 */

export interface ElementDate {
  /** `2028-02-29`. */
  readonly date: string;
  /** False where the code gave the month only; `date` is then its last day. */
  readonly isDayGiven: boolean;
}

const CENTURY = 100;
const PAST_CENTURY_FROM = 51;
const NEXT_CENTURY_UNTIL = -50;

/** The four digits of a year whose last two are `twoDigits`, seen from `yearNow`. */
export function yearOf(twoDigits: number, yearNow: number): number {
  const ahead = twoDigits - (yearNow % CENTURY);
  const century = yearNow - (yearNow % CENTURY);
  if (ahead >= PAST_CENTURY_FROM) return century - CENTURY + twoDigits;
  if (ahead <= NEXT_CENTURY_UNTIL) return century + CENTURY + twoDigits;
  return century + twoDigits;
}

const THIRTY_DAYS = new Set([4, 6, 9, 11]);

function daysIn(year: number, month: number): number {
  if (month !== 2) return THIRTY_DAYS.has(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The date in six digits; null where there is no such day. */
export function readElementDate(sixDigits: string, yearNow: number): ElementDate | null {
  const year = yearOf(Number(sixDigits.slice(0, 2)), yearNow);
  const month = Number(sixDigits.slice(2, 4));
  const day = Number(sixDigits.slice(4, 6));
  if (month < 1 || month > 12 || day > daysIn(year, month)) return null;
  const isDayGiven = day > 0;
  const date = `${year}-${twoDigits(month)}-${twoDigits(isDayGiven ? day : daysIn(year, month))}`;
  return { date, isDayGiven };
}

/** `2026-11-30T15:30`, on the clock of the place, from YYMMDDhh, with mm and ss or without; null where it is none. */
export function readElementTime(digits: string, yearNow: number): string | null {
  const day = readElementDate(digits, yearNow);
  const [hours = '', minutes = '00', seconds] = digits.slice(6).match(/..?/g) ?? [];
  const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds ?? 0) < 60;
  if (!day?.isDayGiven || !isTime || digits.length % 2 !== 0) return null;
  return `${day.date}T${hours}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`;
}
