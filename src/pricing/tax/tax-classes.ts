/** The class a unit is taxed by: what the catalogue says, unless heat, size, number, price or tender say otherwise. */
import type { TaxFacts } from '../price-book.ts';
import type { RuleConditions, TaxPack } from './tax-pack.ts';

/** A unit as tax sees it, after all discounts. */
export interface TaxedUnit {
  readonly lineId: string;
  readonly tax: TaxFacts;
  /** What the shopper pays for it. */
  readonly netMinor: number;
  /** What is taxed: discounts that others bear may belong to it. */
  readonly baseMinor: number;
}

interface ClassSums {
  readonly pieces: number;
  readonly netMinor: number;
}

function sumsByClass(units: readonly TaxedUnit[]): Map<string, ClassSums> {
  const sums = new Map<string, ClassSums>();
  for (const { tax, netMinor } of units) {
    const before = sums.get(tax.taxClass) ?? { pieces: 0, netMinor: 0 };
    sums.set(tax.taxClass, { pieces: before.pieces + tax.pieces, netMinor: before.netMinor + netMinor });
  }
  return sums;
}

type Holds = (
  limit: never,
  unit: TaxedUnit,
  basket: ClassSums & { readonly tender: string | null },
) => boolean;

const HOLDS: Readonly<Record<keyof RuleConditions, Holds>> = {
  isHot: (isHot: boolean, { tax }) => tax.isHot === isHot,
  volumeMlBelow: (limit: number, { tax }) => tax.volumeMl !== null && tax.volumeMl < limit,
  piecesBelow: (limit: number, _, { pieces }) => pieces < limit,
  unitPriceMinorBelow: (limit: number, { netMinor }) => netMinor < limit,
  classSumMinorMax: (limit: number, _, { netMinor }) => netMinor <= limit,
  tender: (wanted: string, _, { tender }) => tender === wanted,
};

export interface ClassedUnit extends TaxedUnit {
  readonly usedClass: string;
}

export function classedUnits(
  units: readonly TaxedUnit[],
  pack: TaxPack,
  tender: string | null,
): ClassedUnit[] {
  const sums = sumsByClass(units);
  return units.map((unit) => {
    const { taxClass } = unit.tax;
    const basket = { ...sums.get(taxClass)!, tender };
    const rule = pack.rules.find(
      (each) =>
        each.taxClass === taxClass &&
        Object.entries(each.when).every(
          ([name, limit]) =>
            limit === undefined || HOLDS[name as keyof RuleConditions](limit as never, unit, basket),
        ),
    );
    return { ...unit, usedClass: rule?.use ?? taxClass };
  });
}
