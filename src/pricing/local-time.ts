/**
 * The store's own calendar. A request says its local date and minute; this room has no clock and no time zones, so
 * what happens when clocks change is decided by whoever reads them. Dates are texts such as `2026-03-14`, which
 * compare as they read; day numbers count days of the Gregorian calendar.
 */
import { assert } from '../base/index.ts';

export interface LocalTime {
  readonly date: string;
  /** Minutes since local midnight, 0 to 1439. */
  readonly minuteOfDay: number;
  /** An IANA name such as `Europe/London`; told on the receipt, never computed with. */
  readonly zone: string;
}

/** Both days belong to it; null is open. */
export interface DateRange {
  readonly fromDate: string | null;
  readonly untilDate: string | null;
}

/** From a minute until before another; over midnight where `until` is not after `from`. */
export interface DayPart {
  readonly fromMinute: number;
  readonly untilMinute: number;
}

export interface Hours extends DateRange {
  /** 1 is Monday, 7 is Sunday; null is every day. After midnight the new day counts. */
  readonly weekdays: readonly number[] | null;
  readonly dayParts: readonly DayPart[] | null;
}

export const ALWAYS: Hours = { fromDate: null, untilDate: null, weekdays: null, dayParts: null };
export const MINUTES_PER_DAY = 1440;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_PER_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Days since 0001-01-01, a Monday; null where the text is no date. */
function dayNumberOrNull(date: string): number | null {
  const match = DATE.exec(date);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leapDay = isLeapYear(year) ? 1 : 0;
  const daysMax = (DAYS_PER_MONTH[month - 1] ?? 0) + (month === 2 ? leapDay : 0);
  if (year < 1 || day < 1 || day > daysMax) return null;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return before * 365 + leapDays + DAYS_BEFORE_MONTH[month - 1]! + (month > 2 ? leapDay : 0) + day - 1;
}

export function isDate(text: string): boolean {
  return dayNumberOrNull(text) !== null;
}

export function dayNumber(date: string): number {
  const days = dayNumberOrNull(date);
  assert(days !== null, 'DATE_NOT_CHECKED', { date });
  return days;
}

export function weekdayOf(date: string): number {
  return (dayNumber(date) % 7) + 1;
}

export function isWithin(range: DateRange, date: string): boolean {
  return (
    (range.fromDate === null || range.fromDate <= date) &&
    (range.untilDate === null || date <= range.untilDate)
  );
}

function isInPart({ fromMinute, untilMinute }: DayPart, minute: number): boolean {
  if (fromMinute < untilMinute) return minute >= fromMinute && minute < untilMinute;
  return minute >= fromMinute || minute < untilMinute;
}

export function isOpen(hours: Hours, time: LocalTime): boolean {
  return (
    isWithin(hours, time.date) &&
    (hours.weekdays === null || hours.weekdays.includes(weekdayOf(time.date))) &&
    (hours.dayParts === null || hours.dayParts.some((part) => isInPart(part, time.minuteOfDay)))
  );
}
