/**
 * What the retailer believes of its products. Weights come from weighing three units, as in real catalogues; a few
 * rows are wrong (an old pack, a typing error, the case instead of the unit), and a few have none.
 */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { buildCatalogue } from '../../domain/index.ts';
import type { Catalogue, ProductRow } from '../../domain/index.ts';
import { between } from './draw.ts';
import type { WorldProduct } from './goods.ts';

export interface RetailErrors {
  /** Rows whose weight is off by 5 to 60 %, 0 to 1. */
  readonly catalogueWrongShare: number;
  /** Rows without weight, 0 to 1. */
  readonly catalogueWeightlessShare: number;
}

const WRONG_BY = { from: 0.05, to: 0.6 };
const UNITS_WEIGHED = 3;

function weighedGrams(random: Random, product: WorldProduct): number {
  let sum = 0;
  for (let unit = 0; unit < UNITS_WEIGHED; unit++)
    sum += product.meanGrams + random.normal() * product.spreadGrams;
  return sum / UNITS_WEIGHED;
}

function believedGrams(random: Random, product: WorldProduct, errors: RetailErrors): number | null {
  const luck = random.uniform();
  const weighed = weighedGrams(random, product);
  const offBy = between(random, WRONG_BY) * (random.below(2) === 0 ? 1 : -1);
  if (luck < errors.catalogueWeightlessShare) return null;
  const isWrong = luck < errors.catalogueWeightlessShare + errors.catalogueWrongShare;
  const believed = isWrong ? product.meanGrams * (1 + offBy) : weighed;
  return Math.max(0.01, Math.round(believed * 100) / 100);
}

/** The catalogue of `products`, in their order. */
export function retailCatalogue(
  random: Random,
  products: readonly WorldProduct[],
  errors: RetailErrors,
): Catalogue {
  const rows = products.map((product, position): ProductRow => ({
    code: product.productId,
    name: product.name,
    weightGrams: believedGrams(random, product, errors),
    price: product.price,
    imageUrl: null,
    where: `generated products:${position + 1}`,
  }));
  const { catalogue, problems } = buildCatalogue(rows);
  assert(problems.length === 0, 'GENERATED_CATALOGUE_FAULTY', { problems });
  return catalogue;
}
