/** Why a line costs what it does, step by step, as data for every screen and language. */
import type { Markdown } from './basket-units.ts';
import type { PricedBasket, PricedLine, UnitDiscount } from './priced-basket.ts';
import type { Funder, PromotionId } from './promotion.ts';

export type Reason =
  | { readonly kind: 'list-price'; readonly units: number; readonly minor: number }
  | { readonly kind: 'markdown'; readonly because: Markdown; readonly units: number; readonly minor: number }
  | {
      readonly kind: 'promotion';
      readonly promotionId: PromotionId;
      readonly name: string;
      readonly funder: Funder;
      readonly units: number;
      readonly minor: number;
    }
  | {
      readonly kind: 'tax';
      readonly authority: string;
      readonly taxClass: string;
      readonly perMillion: number;
      readonly isInside: boolean;
      readonly minor: number;
    }
  | { readonly kind: 'lowest-price-of-30-days'; readonly minor: number };

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

function markdowns({ units }: PricedLine): Reason[] {
  const marked = units.flatMap(({ markdown }) => (markdown ? [markdown] : []));
  return [...Map.groupBy(marked, ({ because }) => because)].map(([because, same]) => ({
    kind: 'markdown',
    because,
    units: same.length,
    minor: sum(same.map(({ minor }) => minor)),
  }));
}

function promotions({ units }: PricedLine): Reason[] {
  const all = units.flatMap(({ discounts }) => discounts);
  return [...Map.groupBy(all, ({ promotionId }) => promotionId).values()].map((same): Reason => {
    const [{ promotionId, name, funder }] = same as [UnitDiscount, ...UnitDiscount[]];
    return {
      kind: 'promotion',
      promotionId,
      name,
      funder,
      units: same.length,
      minor: sum(same.map(({ minor }) => minor)),
    };
  });
}

/** The list price, then what came off it, then the taxes. */
export function why(line: PricedLine, { includesTax }: Pick<PricedBasket, 'includesTax'>): Reason[] {
  const lowest = line.lowestPrice30DaysMinor;
  return [
    { kind: 'list-price', units: line.units.length, minor: line.listMinor },
    ...markdowns(line),
    ...promotions(line),
    ...(lowest === null ? [] : [{ kind: 'lowest-price-of-30-days', minor: lowest } as const]),
    ...line.taxes.map(({ authority, taxClass, perMillion, minor }): Reason => ({
      kind: 'tax',
      authority,
      taxClass,
      perMillion,
      isInside: includesTax,
      minor,
    })),
  ];
}
