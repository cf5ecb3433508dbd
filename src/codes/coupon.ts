/**
 * The North American coupon code of AI 8110, decoded to a plain value: who pays, what it is worth, what has to be
 * bought. Amounts are hundredths of whatever dollar the coupon was printed for; the code does not say which.
 *
 * Structure, lengths and allowed digits: the `couponcode` checks of the GS1 Barcode Syntax Dictionary, which follow the
 * North American Coupon Application Guideline. What the digits mean, and the decimals of weights, could be taken from
 * secondary sources only (docs/guide/codes.md names what is not confirmed).
 */
import { ok } from '../base/index.ts';
import { isDigits } from './check-digit.ts';
import { refuse, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { DigitReader } from './digit-reader.ts';
import { readElementDate } from './element-date.ts';
import type { Measure } from './measure.ts';

export type CouponSave =
  | { readonly kind: 'amount-off'; readonly cents: number }
  /** One item free, at most `centsMax` where that is given. */
  | { readonly kind: 'one-free'; readonly centsMax: number | null }
  | { readonly kind: 'items-free'; readonly items: number }
  | { readonly kind: 'percent-off'; readonly percent: number }
  | { readonly kind: 'amount-off-transaction'; readonly cents: number };

export type CouponNeed =
  | { readonly kind: 'units'; readonly units: number }
  | { readonly kind: 'spent-on-items'; readonly cents: number }
  | { readonly kind: 'spent-in-all'; readonly cents: number }
  | { readonly kind: 'weight'; readonly weight: Measure }
  /** The code cannot say it: a person has to look at the coupon. */
  | { readonly kind: 'ask-a-person'; readonly digits: string };

export interface CouponPurchase {
  readonly need: CouponNeed;
  /** 000 is any product of the company. */
  readonly familyCode: string;
  /** Null where it is the company of the first purchase. */
  readonly companyPrefix: string | null;
}

/** How the purchases go together: any of them, all, the first and one of the others, one of the others alone. */
export type CouponRule = 'any' | 'all' | 'first-and-another' | 'another';

export interface Coupon {
  /** Of the company that pays. */
  readonly companyPrefix: string;
  readonly offerCode: string;
  readonly save: CouponSave;
  readonly firstPurchase: CouponPurchase;
  readonly secondPurchase: CouponPurchase | null;
  readonly thirdPurchase: CouponPurchase | null;
  /** Null where there is one purchase only. */
  readonly rule: CouponRule | null;
  readonly startsOn: string | null;
  readonly expiresOn: string | null;
  readonly serial: string | null;
  /** GS1 company prefix or GLN of the only retailer that takes it. */
  readonly retailer: string | null;
  readonly appliesTo: 'first' | 'second' | 'third';
  /** As it stands: 0 for a coupon of a manufacturer, anything else for one of the store. */
  readonly storeCouponFlag: number;
  readonly mayBeMultiplied: boolean;
}

const VALUE_SIZES = '12345';
const PREFIX_SIZES = '0123456';
const PREFIX_SHORTEST = 6;
const NEED_CODES = '012349';
const RULES: Readonly<Record<string, CouponRule>> = {
  0: 'any',
  1: 'all',
  2: 'first-and-another',
  3: 'another',
};

function needOf(code: string, digits: string): CouponNeed {
  const amount = Number(digits);
  if (code === '0') return { kind: 'units', units: amount };
  if (code === '1') return { kind: 'spent-on-items', cents: amount };
  if (code === '2') return { kind: 'spent-in-all', cents: amount };
  if (code === '3') return { kind: 'weight', weight: { amount, decimals: 2, unit: 'lb' } };
  if (code === '4') return { kind: 'weight', weight: { amount, decimals: 3, unit: 'kg' } };
  return { kind: 'ask-a-person', digits };
}

function saveOf(code: string, value: number): CouponSave {
  if (code === '1') return { kind: 'one-free', centsMax: value === 0 ? null : value };
  if (code === '2') return { kind: 'items-free', items: value };
  if (code === '5') return { kind: 'percent-off', percent: value };
  if (code === '6') return { kind: 'amount-off-transaction', cents: value };
  return { kind: 'amount-off', cents: value };
}

function takePurchase(reader: DigitReader, nth: string): Omit<CouponPurchase, 'companyPrefix'> {
  const digits = reader.takeSized(VALUE_SIZES, `${nth} purchase requirement`, 0);
  const code = reader.takeOneOf(NEED_CODES, `${nth} purchase requirement code`);
  return { need: needOf(code, digits), familyCode: reader.take(3, `${nth} purchase family code`) };
}

function takeFurtherPurchase(reader: DigitReader, nth: string): CouponPurchase {
  const purchase = takePurchase(reader, nth);
  const isSameCompany = reader.takeMark('9');
  const name = `${nth} company prefix`;
  return {
    ...purchase,
    companyPrefix: isSameCompany ? null : reader.takeSized(PREFIX_SIZES, name, PREFIX_SHORTEST),
  };
}

function takeDate(reader: DigitReader, name: string, yearNow: number): string {
  const digits = reader.take(6, name);
  const date = digits === '' ? null : readElementDate(digits, yearNow);
  if (digits !== '' && !date?.isDayGiven) reader.fail(`the ${name} ${digits} is no day`);
  return date?.date ?? '';
}

type Optional = Pick<
  Coupon,
  'secondPurchase' | 'thirdPurchase' | 'rule' | 'startsOn' | 'expiresOn' | 'serial' | 'retailer'
>;

/** Fields 1 to 6, each there or not, in this order. */
function takeOptional(reader: DigitReader, yearNow: number): Optional {
  const hasSecond = reader.takeMark('1');
  const rule = hasSecond ? (RULES[reader.takeOneOf('0123', 'additional purchase rules code')] ?? null) : null;
  const secondPurchase = hasSecond ? takeFurtherPurchase(reader, 'second') : null;
  const thirdPurchase = reader.takeMark('2') ? takeFurtherPurchase(reader, 'third') : null;
  const expiresOn = reader.takeMark('3') ? takeDate(reader, 'expiration date', yearNow) : null;
  const startsOn = reader.takeMark('4') ? takeDate(reader, 'start date', yearNow) : null;
  if (startsOn !== null && expiresOn !== null && startsOn > expiresOn)
    reader.fail(`the coupon starts on ${startsOn} and has expired on ${expiresOn}`);
  const serial = reader.takeMark('5') ? reader.takeSized('0123456789', 'serial number', 6) : null;
  const retailer = reader.takeMark('6') ? reader.takeSized('1234567', 'retailer', PREFIX_SHORTEST) : null;
  return { secondPurchase, thirdPurchase, rule, startsOn, expiresOn, serial, retailer };
}

interface Miscellaneous extends Pick<Coupon, 'appliesTo' | 'storeCouponFlag' | 'mayBeMultiplied'> {
  readonly saveCode: string;
}

/** Field 9; without it the coupon takes an amount off the first purchase. */
function takeMiscellaneous(reader: DigitReader): Miscellaneous {
  if (!reader.takeMark('9'))
    return { saveCode: '0', appliesTo: 'first', storeCouponFlag: 0, mayBeMultiplied: true };
  const saveCode = reader.takeOneOf('01256', 'save value code');
  const appliesTo = (['first', 'second', 'third'] as const)[
    Number(reader.takeOneOf('012', 'item it applies to'))
  ];
  const storeCouponFlag = Number(reader.take(1, 'store coupon flag'));
  const mayBeMultiplied = reader.takeOneOf('01', "don't multiply flag") !== '1';
  return { saveCode, appliesTo: appliesTo ?? 'first', storeCouponFlag, mayBeMultiplied };
}

const COUPON_DIGITS_MAX = 70;

/** The digits after an identifier that may still stand in front of them. */
export function couponDigits(text: string, ai: string): Read<string> {
  const digits = text.replace(`(${ai})`, '');
  if (isDigits(digits) && digits.length <= COUPON_DIGITS_MAX) return ok(digits);
  return refuse('COUPON_FORM', `${shown(text)} is not one to 70 digits`, `Give what stands after (${ai}).`);
}

/** What the value of AI 8110 says; `yearNow` settles the century of its dates. */
export function readCoupon(text: string, yearNow: number): Read<Coupon> {
  const digits = couponDigits(text, '8110');
  if (!digits.ok) return digits;
  const reader = new DigitReader(digits.value);
  const companyPrefix = reader.takeSized(PREFIX_SIZES, 'company prefix', PREFIX_SHORTEST);
  const offerCode = reader.take(6, 'offer code');
  const saveValue = Number(reader.takeSized(VALUE_SIZES, 'save value', 0));
  const firstPurchase = { ...takePurchase(reader, 'first'), companyPrefix };
  const optional = takeOptional(reader, yearNow);
  const { saveCode, ...miscellaneous } = takeMiscellaneous(reader);
  reader.finish();
  if (reader.problem) return reader.problem;
  return ok({
    companyPrefix,
    offerCode,
    save: saveOf(saveCode, saveValue),
    firstPurchase,
    ...optional,
    ...miscellaneous,
  });
}
