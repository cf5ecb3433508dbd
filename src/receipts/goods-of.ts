/** From a priced basket to the goods of a receipt. */
import { assert, present } from '../base/index.ts';
import type { PricedBasket, PricedFee, PricedLine, PricedUnit } from '../pricing/index.ts';
import type {
  EvidenceLink,
  ReceiptContent,
  ReceiptFee,
  ReceiptLine,
  ReceiptUnit,
  Reduction,
} from './receipt-content.ts';
import { splitByWeight } from '../pricing/index.ts';
import { sumsOf } from './sums.ts';
import type { AuthorityNames } from './sums.ts';

/** What pricing does not know of a line. */
export interface LineFacts {
  readonly lineId: string;
  readonly name: string;
  readonly perKilogramMinor: number | null;
  readonly probability: number | null;
  readonly evidence: readonly EvidenceLink[];
}

export interface PricedGoods {
  readonly basket: PricedBasket;
  /** One for each line. */
  readonly facts: readonly LineFacts[];
  readonly authorityNames: AuthorityNames;
}

export type ReceiptGoods = Pick<
  ReceiptContent,
  'currency' | 'includesTax' | 'localTime' | 'lines' | 'fees' | 'sums' | 'disclosures'
>;

function reductionsOf({ markdown, discounts }: PricedUnit): Reduction[] {
  const marked: Reduction[] = markdown
    ? [{ because: markdown.because, name: '', funder: 'store', minor: markdown.minor }]
    : [];
  return [
    ...marked,
    ...discounts.map(({ promotionId, name, funder, minor }) => ({
      because: promotionId,
      name,
      funder,
      minor,
    })),
  ];
}

function unitOf(unit: PricedUnit): ReceiptUnit {
  const { listMinor, netMinor, taxes, fees } = unit;
  return { listMinor, reductions: reductionsOf(unit), netMinor, taxes, fees, givenBackIn: null };
}

function lineOf(line: PricedLine, facts: LineFacts): ReceiptLine {
  const { lineId, productId, grams, lowestPrice30DaysMinor } = line;
  const { name, perKilogramMinor, probability, evidence } = facts;
  return {
    lineId,
    productId,
    name,
    grams,
    perKilogramMinor,
    units: line.units.map(unitOf),
    lowestPrice30DaysMinor,
    probability,
    evidence,
  };
}

/** Bags and the like: what no unit carries is one part per piece. */
function feeOf(fee: PricedFee, lines: readonly PricedLine[]): ReceiptFee {
  const isCarried = lines.some(({ units }) =>
    units.some((unit) => unit.fees.some((each) => each.fee === fee.fee)),
  );
  const pieces = isCarried ? 0 : fee.count;
  const even = Array.from({ length: pieces }, () => 1);
  const amounts = splitByWeight(fee.amountMinor, even);
  const taxes = fee.taxes.map((tax) => ({
    tax,
    bases: splitByWeight(tax.baseMinor, even),
    minors: splitByWeight(tax.minor, even),
  }));
  return {
    fee: fee.fee,
    name: fee.name,
    kind: fee.kind,
    authority: fee.authority,
    loose: amounts.map((minor, index) => ({
      fee: fee.fee,
      minor,
      taxes: taxes.map(({ tax: { authority, taxClass, perMillion }, bases, minors }) => ({
        authority,
        taxClass,
        perMillion,
        baseMinor: bases[index]!,
        minor: minors[index]!,
      })),
      givenBackIn: null,
    })),
  };
}

/** @throws AssertionFailure where a line has no facts, or units do not add up to what pricing says. */
export function goodsOf({ basket, facts, authorityNames }: PricedGoods): ReceiptGoods {
  const byLine = new Map(facts.map((each) => [each.lineId, each]));
  const lines = basket.lines.map((line) =>
    lineOf(line, present(byLine.get(line.lineId), 'LINE_WITHOUT_FACTS')),
  );
  const fees = basket.fees.map((fee) => feeOf(fee, basket.lines));
  const { currency, includesTax, localTime, totals } = basket;
  const sums = sumsOf({ includesTax, lines, fees }, totals.cashAdjustmentMinor, authorityNames);
  const isSame = sums.toPayMinor === totals.toPayMinor && sums.taxMinor === totals.taxMinor;
  assert(isSame, 'RECEIPT_SUMS_DIFFER', { sums, totals });
  return {
    currency,
    includesTax,
    localTime,
    lines,
    fees,
    sums,
    disclosures: basket.disclosures.map(({ text }) => text),
  };
}
