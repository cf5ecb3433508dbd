/** From units with their discounts to lines, fees, taxes and totals. */
import type { Unit } from './basket-units.ts';
import type { Hint } from './hints.ts';
import type { Loser } from './loser.ts';
import { isWithin } from './local-time.ts';
import { lowestPriceBefore } from './price-book.ts';
import type { PriceBook } from './price-book.ts';
import type { Disclosure, PricedBasket, PricedFee, PricedLine, PricedUnit, Totals } from './priced-basket.ts';
import type { PromotionId } from './promotion.ts';
import type { BasketLine, PricingRequest } from './request.ts';
import {
  cashAdjustment,
  classedUnits,
  feeLines,
  summedTaxes,
  taxesOf,
  unitFees,
  unitTaxes,
} from './tax/index.ts';
import type { ClassedUnit, FeeLine, OwnedTax, TaxItem, TaxPack, UnitTax } from './tax/index.ts';
import type { Working } from './working.ts';

export interface Settling {
  readonly request: PricingRequest;
  readonly books: { readonly prices: PriceBook; readonly taxes: TaxPack };
  readonly losers: readonly Loser[];
  readonly hints: readonly Hint[];
  readonly gapMinor: number;
}

const CASH = 'cash';
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

type DiscountsByPlace = ReadonlyMap<number, Working['discounts']>;

type DiscountedUnit = Omit<PricedUnit, 'taxes' | 'fees'>;

function discountedUnit(unit: Unit, netMinor: number, discounts: Working['discounts']): DiscountedUnit {
  const { listMinor, priceMinor, markdown } = unit;
  return {
    listMinor,
    markdown: markdown && { because: markdown, minor: listMinor - priceMinor },
    discounts: discounts.map(({ promotion: { promotionId, terms }, minor }) => ({
      promotionId,
      name: terms.name,
      funder: terms.funder,
      minor,
    })),
    netMinor,
  };
}

interface UnitPair {
  readonly unit: Unit;
  readonly priced: PricedUnit;
}

interface DiscountedPair {
  readonly unit: Unit;
  readonly priced: DiscountedUnit;
}

function taxedUnits(
  pairs: readonly DiscountedPair[],
  { request, books: { taxes } }: Settling,
): ClassedUnit[] {
  const units = pairs.map(({ unit, priced }) => ({
    lineId: unit.lineId,
    tax: unit.product.tax,
    netMinor: priced.netMinor,
    baseMinor:
      priced.netMinor +
      sum(priced.discounts.filter(({ funder }) => !taxes.lowersBase[funder]).map(({ minor }) => minor)),
  }));
  return classedUnits(units, taxes, request.tender);
}

/** One item per line and class, in the order of units, then the fees. */
function taxItems(units: readonly ClassedUnit[], fees: readonly FeeLine[]): TaxItem[] {
  const groups = Map.groupBy(units, ({ lineId, usedClass }) => JSON.stringify([lineId, usedClass]));
  const ofLines = [...groups.values()].map((same) => ({
    owner: `line ${same[0]!.lineId}`,
    taxClass: same[0]!.usedClass,
    baseMinor: sum(same.map(({ baseMinor }) => baseMinor)),
  }));
  const ofFees = fees.map(({ fee, taxClass, amountMinor }) => ({
    owner: `fee ${fee}`,
    taxClass,
    baseMinor: amountMinor,
  }));
  return [...ofLines, ...ofFees];
}

type TaxesByOwner = ReadonlyMap<string, readonly OwnedTax[]>;

/** Each unit's part of its line's taxes, within the class that it was taxed by; in the order of units. */
function taxesByUnit(units: readonly ClassedUnit[], taxes: TaxesByOwner): UnitTax[][] {
  const byUnit: UnitTax[][] = units.map(() => []);
  const places = Map.groupBy(units.keys(), (place) => {
    const { lineId, usedClass } = units[place]!;
    return JSON.stringify([lineId, usedClass]);
  });
  for (const same of places.values()) {
    const { lineId, usedClass } = units[same[0]!]!;
    const ofClass = (taxes.get(`line ${lineId}`) ?? []).filter(({ taxClass }) => taxClass === usedClass);
    const parts = unitTaxes(
      ofClass,
      same.map((place) => units[place]!.baseMinor),
    );
    for (const [index, place] of same.entries()) byUnit[place] = parts[index]!;
  }
  return byUnit;
}

function pricedLine(
  line: BasketLine,
  pairs: readonly UnitPair[],
  context: { taxes: TaxesByOwner; date: string },
): PricedLine {
  const sorted = pairs.toSorted((a, b) => a.unit.nth - b.unit.nth);
  const listMinor = sum(sorted.map(({ priced }) => priced.listMinor));
  const netMinor = sum(sorted.map(({ priced }) => priced.netMinor));
  const taxes = context.taxes.get(`line ${line.lineId}`) ?? [];
  return {
    lineId: line.lineId,
    productId: line.productId,
    grams: line.amount.kind === 'grams' ? line.amount.grams : null,
    units: sorted.map(({ priced }) => priced),
    listMinor,
    discountMinor: listMinor - netMinor,
    netMinor,
    taxes,
    taxMinor: sum(taxes.map(({ minor }) => minor)),
    lowestPrice30DaysMinor:
      netMinor < listMinor ? lowestPriceBefore(sorted[0]!.unit.product, context.date) : null,
  };
}

function totalsOf(
  lines: readonly PricedLine[],
  fees: readonly PricedFee[],
  { request, books: { taxes } }: Settling,
): Totals {
  const netMinor = sum(lines.map((line) => line.netMinor));
  const feesMinor = sum(fees.map(({ amountMinor }) => amountMinor));
  const taxMinor = sum([...lines, ...fees].map((each) => each.taxMinor));
  const totalMinor = netMinor + feesMinor + (taxes.includesTax ? 0 : taxMinor);
  const cashAdjustmentMinor = request.tender === CASH ? cashAdjustment(totalMinor, taxes) : 0;
  return {
    listMinor: sum(lines.map(({ listMinor }) => listMinor)),
    discountMinor: sum(lines.map(({ discountMinor }) => discountMinor)),
    netMinor,
    feesMinor,
    taxMinor,
    totalMinor,
    cashAdjustmentMinor,
    toPayMinor: totalMinor + cashAdjustmentMinor,
  };
}

function personalPromotions({ discounts }: Working): PromotionId[] {
  const personal = discounts.filter(({ promotion }) => promotion.terms.isPersonal);
  return [...new Set(personal.map(({ promotion }) => promotion.promotionId))].toSorted();
}

function disclosuresOf(promotionIds: readonly PromotionId[], pack: TaxPack, date: string): Disclosure[] {
  if (promotionIds.length === 0) return [];
  return pack.disclosures.filter((rule) => isWithin(rule, date)).map(({ text }) => ({ text, promotionIds }));
}

export function settledBasket(working: Working, settling: Settling): PricedBasket {
  const { request, books } = settling;
  const { date } = request.localTime;
  const discounts: DiscountsByPlace = Map.groupBy(working.discounts, ({ place }) => place);
  const discounted = working.units.map((unit, place) => ({
    unit,
    priced: discountedUnit(unit, working.remaining[place]!, discounts.get(place) ?? []),
  }));
  const units = working.units.map(({ product }) => product.tax);
  const fees = feeLines(books.taxes, { units, bags: request.bags, date });
  const classed = taxedUnits(discounted, settling);
  const owned = taxesOf(taxItems(classed, fees), books.taxes, date);
  const taxes = Map.groupBy(owned, ({ owner }) => owner);
  const pricedFees = fees.map((fee) => {
    const ofFee = taxes.get(`fee ${fee.fee}`) ?? [];
    return { ...fee, taxes: ofFee, taxMinor: sum(ofFee.map(({ minor }) => minor)) };
  });
  const ofUnits = taxesByUnit(classed, taxes);
  const feesOfUnits = unitFees(books.taxes, pricedFees, units);
  const pairs = discounted.map(({ unit, priced }, place) => ({
    unit,
    priced: { ...priced, taxes: ofUnits[place]!, fees: feesOfUnits[place]! },
  }));
  const byLine = Map.groupBy(pairs, ({ unit }) => unit.lineId);
  const lines = request.lines.map((line) => pricedLine(line, byLine.get(line.lineId)!, { taxes, date }));
  const personalised = personalPromotions(working);
  return {
    currency: request.currency,
    includesTax: books.taxes.includesTax,
    localTime: request.localTime,
    lines,
    fees: pricedFees,
    taxes: summedTaxes(owned),
    totals: totalsOf(lines, pricedFees, settling),
    losers: settling.losers,
    hints: settling.hints,
    personalised,
    disclosures: disclosuresOf(personalised, books.taxes, date),
    gapMinor: settling.gapMinor,
  };
}
