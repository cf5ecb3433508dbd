/**
 * Words with their blanks filled, and numbers, money and dates as the language writes them. All of it comes from the
 * engine's own tables (Intl); decimals of money come from the currency, and amounts go in as decimal texts, so that no
 * amount is ever a fraction.
 */
import { assert } from '../../base/index.ts';
import { CURRENCY_EXPONENT } from '../../domain/index.ts';
import type { Currency } from '../../domain/index.ts';
import type { LocalTime } from '../../pricing/index.ts';
import type { Language } from './language.ts';
import { WORDS } from './words/index.ts';
import type { Words } from './words/index.ts';

export interface Speech {
  readonly words: Words;
  money(minor: number): string;
  percent(share: number): string;
  kilograms(grams: number): string;
  /** With the zone's own name for that moment, such as BST. */
  localTime(time: LocalTime): string;
  instant(atMs: number, zone: string): string;
}

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;

/** `Sure, {percent}` with its blanks filled. */
export function filled(template: string, blanks: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_blank, name: string) => {
    const value = blanks[name];
    assert(value !== undefined, 'RECEIPT_WORD_BLANK', { template, name });
    return value;
  });
}

type DecimalText = `${number}`;

function decimalText(minor: number, exponent: number): DecimalText {
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const fraction = exponent === 0 ? '' : `.${digits.slice(cut)}`;
  return `${minor < 0 ? '-' : ''}${digits.slice(0, cut)}${fraction}` as DecimalText;
}

function moneyFormat(language: Language, currency: Currency): (minor: number) => string {
  const exponent = CURRENCY_EXPONENT[currency];
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  return (minor) => format.format(decimalText(minor, exponent));
}

/** What a zone's clocks are ahead of UTC at a moment. */
function aheadMs(atMs: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(atMs);
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
  if (!match) return 0;
  const minutes = Number(match[2]) * MINUTES_PER_HOUR + Number(match[3]);
  return (match[1] === '-' ? -1 : 1) * minutes * MINUTE_MS;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function zoneName(language: Language, zone: string, atMs: number): string {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' });
  return format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

/** The moment that a local time names. Where clocks show it twice, the earlier zone is as good as the later. */
function momentOf(wallMs: number, zone: string): number {
  const guess = wallMs - aheadMs(wallMs, zone);
  return wallMs - aheadMs(guess, zone);
}

function wallTexts(language: Language): (wallMs: number) => string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return (wallMs) => format.format(wallMs);
}

export function speechOf(language: Language, currency: Currency): Speech {
  const percents = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 });
  const kilograms = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'kilogram',
    minimumFractionDigits: 3,
  });
  const wall = wallTexts(language);
  const localTime = ({ date, minuteOfDay, zone }: LocalTime): string => {
    const wallMs = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MINUTE_MS;
    const name = isZone(zone) ? zoneName(language, zone, momentOf(wallMs, zone)) : zone;
    return `${wall(wallMs)} ${name}`;
  };
  return {
    words: WORDS[language],
    money: moneyFormat(language, currency),
    percent: (share) => percents.format(share),
    kilograms: (grams) => kilograms.format(decimalText(grams, 3)),
    localTime,
    instant: (atMs, zone) =>
      isZone(zone)
        ? `${wall(atMs + aheadMs(atMs, zone))} ${zoneName(language, zone, atMs)}`
        : `${wall(atMs)} UTC`,
  };
}
