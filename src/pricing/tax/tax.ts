/**
 * Tax on what is paid, by authority. Inside prices (VAT, GST) or on top is one rule apart: the divisor. Items under one set
 * of rates are rounded together, per line or per receipt as the place says, whatever their classes; the total is split
 * over authorities, then over items by largest remainder, so every table of taxes sums to the same.
 */
import { roundedQuotient, safeNumber, splitByWeight } from '../exact.ts';
import { isWithin } from '../local-time.ts';
import { CURRENCY_EXPONENT } from '../../domain/index.ts';
import type { TaxPack, TaxRate } from './tax-pack.ts';

/** Something taxed: a line's units of one class, or a fee. */
export interface TaxItem {
  /** The line or fee it belongs to. */
  readonly owner: string;
  readonly taxClass: string;
  readonly baseMinor: number;
}

export interface TaxAmount {
  readonly authority: string;
  readonly taxClass: string;
  readonly perMillion: number;
  readonly baseMinor: number;
  readonly minor: number;
}

export interface OwnedTax extends TaxAmount {
  readonly owner: string;
}

const MILLION = 1_000_000;

function ratesOn(pack: TaxPack, taxClass: string, date: string): TaxRate[] {
  return pack.rates.filter(
    (rate) => rate.taxClass === taxClass && rate.perMillion > 0 && isWithin(rate, date),
  );
}

/** Tax on (or inside) an amount at a rate, cut and rounded as the place says. */
export function taxOn(baseMinor: number, perMillion: number, pack: TaxPack): number {
  const { rounding, currency, includesTax } = pack;
  const numerator = BigInt(baseMinor) * BigInt(perMillion);
  const divisor = BigInt(includesTax ? MILLION + perMillion : MILLION);
  if (rounding.carriedDecimals === null) return safeNumber(roundedQuotient(numerator, divisor, rounding.tie));
  const scale = 10n ** BigInt(Math.max(0, rounding.carriedDecimals - CURRENCY_EXPONENT[currency]));
  const carried = roundedQuotient(numerator * scale, divisor, 'down');
  return safeNumber(roundedQuotient(carried, scale, rounding.tie));
}

/** Items under the same rates, rounded together. */
function taxesTogether(items: readonly TaxItem[], rates: readonly TaxRate[], pack: TaxPack): OwnedTax[] {
  const perMillion = rates.reduce((sum, rate) => sum + rate.perMillion, 0);
  const base = items.reduce((sum, { baseMinor }) => sum + baseMinor, 0);
  const byAuthority = splitByWeight(
    taxOn(base, perMillion, pack),
    rates.map((rate) => rate.perMillion),
  );
  const weights = items.map(({ baseMinor }) => baseMinor);
  const parts = byAuthority.map((minor) => splitByWeight(minor, weights));
  return items.flatMap(({ owner, taxClass, baseMinor }, nth) =>
    rates.map(({ authority, perMillion: each }, index) => ({
      owner,
      taxClass,
      authority,
      perMillion: each,
      baseMinor,
      minor: parts[index]![nth]!,
    })),
  );
}

/** Equal where two classes are taxed by the same authorities at the same rates. */
function rateKey(rates: readonly TaxRate[]): string {
  return rates
    .map(({ authority, perMillion }) => JSON.stringify([authority, perMillion]))
    .toSorted()
    .join();
}

/** @param items with their bases, none negative; order gives ties. */
export function taxesOf(items: readonly TaxItem[], pack: TaxPack, date: string): OwnedTax[] {
  const rated = [...Map.groupBy(items, ({ taxClass }) => taxClass)].flatMap(([taxClass, same]) => {
    const rates = ratesOn(pack, taxClass, date);
    return rates.length === 0 ? [] : [{ same, rates }];
  });
  if (pack.rounding.basis === 'line')
    return rated.flatMap(({ same, rates }) => same.flatMap((item) => taxesTogether([item], rates, pack)));
  return [...Map.groupBy(rated, ({ rates }) => rateKey(rates)).values()].flatMap((group) =>
    taxesTogether(
      group.flatMap(({ same }) => same),
      group[0]!.rates,
      pack,
    ),
  );
}

/** By authority and class, in the order of first appearance. */
export function summedTaxes(taxes: readonly OwnedTax[]): TaxAmount[] {
  const groups = Map.groupBy(taxes, ({ authority, taxClass }) => `${authority}\n${taxClass}`);
  return [...groups.values()].map((same) => {
    const [{ authority, taxClass, perMillion }] = same as [OwnedTax, ...OwnedTax[]];
    const sum = (of: (tax: OwnedTax) => number): number => same.reduce((total, tax) => total + of(tax), 0);
    return {
      authority,
      taxClass,
      perMillion,
      baseMinor: sum(({ baseMinor }) => baseMinor),
      minor: sum(({ minor }) => minor),
    };
  });
}

/** What cash cannot pay exactly: added to the total for that tender, and no part of any price. */
export function cashAdjustment(totalMinor: number, { cashRounding }: TaxPack): number {
  if (!cashRounding) return 0;
  const step = BigInt(cashRounding.stepMinor);
  return safeNumber(roundedQuotient(BigInt(totalMinor), step, cashRounding.tie) * step) - totalMinor;
}
