import { expect, test } from 'vitest';
import { ALWAYS, dayNumber, isDate, isOpen, weekdayOf } from './local-time.ts';

test('days are counted as the Gregorian calendar counts them', () => {
  const DAY_MS = 86_400_000;
  for (const date of ['1999-12-31', '2000-02-29', '2000-03-01', '2024-02-29', '2026-03-14', '2100-03-01']) {
    const days = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
    expect(dayNumber(date) - dayNumber('1970-01-01'), date).toBe(days);
    expect(weekdayOf(date) % 7, date).toBe(new Date(days * DAY_MS).getUTCDay());
  }
});

test('what is no date is none', () => {
  for (const text of ['2023-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-1', ''])
    expect(isDate(text), text).toBe(false);
});

test('a day part begins with its first minute and ends before its last, over midnight too', () => {
  const at = (minuteOfDay: number): { date: string; minuteOfDay: number; zone: string } => ({
    date: '2026-03-14',
    minuteOfDay,
    zone: 'Europe/London',
  });
  const day = { ...ALWAYS, dayParts: [{ fromMinute: 600, untilMinute: 660 }] };
  expect([599, 600, 659, 660].map((minute) => isOpen(day, at(minute)))).toEqual([false, true, true, false]);
  const night = { ...ALWAYS, dayParts: [{ fromMinute: 1320, untilMinute: 120 }] };
  expect([119, 120, 1319, 1320].map((minute) => isOpen(night, at(minute)))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
