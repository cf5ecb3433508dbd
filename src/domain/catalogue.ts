/**
 * The products a store sells. Rows from outside repeat, contradict each other and lack weights or prices; the checked
 * constructor keeps the first row of a product, fills its gaps from later rows, and reports every contradiction.
 */
import { isIdText, productId } from './ids.ts';
import type { ProductId } from './ids.ts';
import { isSameMoney } from './money.ts';
import type { Money } from './money.ts';
import type { DataProblem } from './problem.ts';

export interface Product {
  readonly productId: ProductId;
  readonly name: string;
  /** Mean weight of one unit in grams; null where nobody knows it. */
  readonly weightGrams: number | null;
  readonly price: Money | null;
  readonly imageUrl: string | null;
}

export interface Catalogue {
  readonly products: readonly Product[];
  readonly byId: ReadonlyMap<ProductId, Product>;
}

export interface ProductRow {
  readonly code: string;
  readonly name: string;
  readonly weightGrams: number | null;
  readonly price: Money | null;
  readonly imageUrl: string | null;
  /** The file and record this row came from. */
  readonly where: string;
}

export interface CatalogueBuild {
  readonly catalogue: Catalogue;
  readonly problems: readonly DataProblem[];
}

const WEIGHT_GRAMS_MAX = 50_000;
const REMEDY_WEIGHT = 'Weigh one unit and correct the row; until then the weight counts as unknown.';

function weightProblem(row: ProductRow): DataProblem | null {
  const weight = row.weightGrams;
  if (weight === null || (weight > 0 && weight <= WEIGHT_GRAMS_MAX)) return null;
  const code = weight < 0 ? 'WEIGHT_NEGATIVE' : 'WEIGHT_OUT_OF_RANGE';
  return {
    code,
    where: row.where,
    what: `product ${row.code} has a weight of ${weight} g`,
    remedy: REMEDY_WEIGHT,
  };
}

function conflictProblem(kept: Product, row: ProductRow, what: string): DataProblem {
  return {
    code: 'PRODUCT_CODE_TWICE',
    where: row.where,
    what: `product ${kept.productId} appears twice and differs in ${what}; the first row is kept`,
    remedy: 'Give each product its own code, or delete the outdated row.',
  };
}

function differences(kept: Product, next: Product): string[] {
  const fields: string[] = [];
  if (kept.name !== next.name) fields.push('name');
  if (kept.weightGrams !== null && next.weightGrams !== null && kept.weightGrams !== next.weightGrams)
    fields.push('weight');
  if (kept.price && next.price && !isSameMoney(kept.price, next.price)) fields.push('price');
  return fields;
}

/** All products of `rows`, each once, in order of first appearance. Never fails: a bad row becomes a problem. */
export function buildCatalogue(rows: Iterable<ProductRow>): CatalogueBuild {
  const byId = new Map<ProductId, Product>();
  const problems: DataProblem[] = [];
  for (const row of rows) {
    if (!isIdText(row.code)) {
      const remedy = 'Give the product the code that its barcode carries.';
      problems.push({
        code: 'PRODUCT_CODE_MISSING',
        where: row.where,
        what: `a product has no usable code`,
        remedy,
      });
      continue;
    }
    const badWeight = weightProblem(row);
    if (badWeight) problems.push(badWeight);
    const next: Product = {
      productId: productId(row.code),
      name: row.name,
      weightGrams: badWeight ? null : row.weightGrams,
      price: row.price,
      imageUrl: row.imageUrl,
    };
    const kept = byId.get(next.productId);
    if (!kept) {
      byId.set(next.productId, next);
      continue;
    }
    const differing = differences(kept, next);
    if (differing.length > 0) problems.push(conflictProblem(kept, row, differing.join(' and ')));
    byId.set(next.productId, {
      ...kept,
      weightGrams: kept.weightGrams ?? next.weightGrams,
      price: kept.price ?? next.price,
      imageUrl: kept.imageUrl ?? next.imageUrl,
    });
  }
  return { catalogue: { products: [...byId.values()], byId }, problems };
}
