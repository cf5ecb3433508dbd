/** What a receipt adds up to: always computed from units and loose fees that are not given back, never kept beside. */
import type { FeeShare, ReceiptContent, ReceiptSums, ReceiptTax, TaxShare } from './receipt-content.ts';

export type Goods = Pick<ReceiptContent, 'includesTax' | 'lines' | 'fees'>;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What still counts. */
export interface Kept {
  readonly units: readonly ReceiptContent['lines'][number]['units'][number][];
  /** Of units and loose ones. */
  readonly fees: readonly FeeShare[];
}

export function keptOf({ lines, fees }: Pick<Goods, 'lines' | 'fees'>): Kept {
  const units = lines.flatMap((line) => line.units.filter(({ givenBackIn }) => givenBackIn === null));
  const loose = fees.flatMap((fee) => fee.loose.filter(({ givenBackIn }) => givenBackIn === null));
  return { units, fees: [...units.flatMap((unit) => unit.fees), ...loose] };
}

/** What one unit or fee is worth to whoever gets it back. */
export function worthMinor(
  part: {
    readonly netMinor: number;
    readonly taxes: readonly TaxShare[];
    readonly fees: readonly FeeShare[];
  },
  includesTax: boolean,
): number {
  return (
    part.netMinor +
    taxOnTop(part.taxes, includesTax) +
    sum(part.fees.map((fee) => feeWorthMinor(fee, includesTax)))
  );
}

export function feeWorthMinor(fee: FeeShare, includesTax: boolean): number {
  return fee.minor + taxOnTop(fee.taxes, includesTax);
}

function taxOnTop(taxes: readonly TaxShare[], includesTax: boolean): number {
  return includesTax ? 0 : sum(taxes.map(({ minor }) => minor));
}

/** By authority and rate, in the order of first appearance. */
function taxesOf(shares: readonly TaxShare[], names: AuthorityNames): ReceiptTax[] {
  const groups = Map.groupBy(shares, ({ authority, taxClass, perMillion }) =>
    JSON.stringify([authority, taxClass, perMillion]),
  );
  return [...groups.values()].map((same) => {
    const [{ authority, taxClass, perMillion }] = same as [TaxShare, ...TaxShare[]];
    return {
      authority,
      authorityName: names[authority] ?? authority,
      taxClass,
      perMillion,
      baseMinor: sum(same.map(({ baseMinor }) => baseMinor)),
      minor: sum(same.map(({ minor }) => minor)),
    };
  });
}

export type AuthorityNames = Readonly<Record<string, string>>;

/** @param cashAdjustmentMinor as first priced; it goes with the last unit that is given back. */
export function sumsOf(goods: Goods, cashAdjustmentMinor: number, names: AuthorityNames): ReceiptSums {
  const { units, fees } = keptOf(goods);
  const listMinor = sum(units.map((unit) => unit.listMinor));
  const goodsMinor = sum(units.map((unit) => unit.netMinor));
  const feesMinor = sum(fees.map(({ minor }) => minor));
  const taxes = taxesOf([...units.flatMap((unit) => unit.taxes), ...fees.flatMap((fee) => fee.taxes)], names);
  const taxMinor = sum(taxes.map(({ minor }) => minor));
  const totalMinor = goodsMinor + feesMinor + (goods.includesTax ? 0 : taxMinor);
  const adjustment = units.length + fees.length === 0 ? 0 : cashAdjustmentMinor;
  return {
    listMinor,
    savedMinor: listMinor - goodsMinor,
    goodsMinor,
    feesMinor,
    taxMinor,
    totalMinor,
    cashAdjustmentMinor: adjustment,
    toPayMinor: totalMinor + adjustment,
    taxes,
  };
}

/** The names that a receipt already knows. */
export function namesIn(sums: ReceiptSums): AuthorityNames {
  return Object.fromEntries(sums.taxes.map(({ authority, authorityName }) => [authority, authorityName]));
}
