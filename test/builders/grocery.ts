/**
 * Convenience goods for the scripted shop: names, weights and prices drawn from a seed. SIMULATED, a test builder.
 * Codes are GTIN-13s in the prefix range 200–299, which GS1 keeps for codes inside a company: they pass every check
 * and can never be somebody's real product.
 */
import type { Random } from '../../src/base/index.ts';
import { money } from '../../src/domain/index.ts';
import type { ProductRow } from '../../src/domain/index.ts';
import { gtinCheckDigit } from '../../src/twin/index.ts';

interface Kind {
  readonly name: string;
  readonly gramsFrom: number;
  readonly gramsTo: number;
  readonly centsFrom: number;
}

const KINDS: readonly Kind[] = [
  { name: 'Oat bar', gramsFrom: 30, gramsTo: 60, centsFrom: 119 },
  { name: 'Dark chocolate', gramsFrom: 80, gramsTo: 110, centsFrom: 249 },
  { name: 'Salted almonds', gramsFrom: 60, gramsTo: 170, centsFrom: 329 },
  { name: 'Potato crisps', gramsFrom: 45, gramsTo: 190, centsFrom: 199 },
  { name: 'Tomato soup', gramsFrom: 380, gramsTo: 480, centsFrom: 189 },
  { name: 'Sparkling water', gramsFrom: 350, gramsTo: 1060, centsFrom: 99 },
  { name: 'Apple juice', gramsFrom: 260, gramsTo: 1080, centsFrom: 179 },
  { name: 'Cold coffee', gramsFrom: 240, gramsTo: 380, centsFrom: 279 },
  { name: 'Chicken wrap', gramsFrom: 190, gramsTo: 290, centsFrom: 449 },
  { name: 'Noodle cup', gramsFrom: 75, gramsTo: 130, centsFrom: 149 },
  { name: 'Olive oil', gramsFrom: 560, gramsTo: 1120, centsFrom: 799 },
  { name: 'Washing liquid', gramsFrom: 720, gramsTo: 1600, centsFrom: 649 },
  { name: 'Strawberry jam', gramsFrom: 340, gramsTo: 620, centsFrom: 319 },
  { name: 'Mint gum', gramsFrom: 30, gramsTo: 45, centsFrom: 129 },
];

export function gtin13(itemNumber: number): string {
  const digits = `2${String(itemNumber).padStart(11, '0')}`;
  return `${digits}${gtinCheckDigit(digits)}`;
}

export interface GroceryRowOptions {
  readonly number: number;
  /** Given where this product must weigh (nearly) the same as another. */
  readonly sameWeightAsGrams?: number;
}

export function groceryRow(random: Random, options: GroceryRowOptions): ProductRow {
  const kind = KINDS[random.below(KINDS.length)]!;
  const drawn = kind.gramsFrom + random.uniform() * (kind.gramsTo - kind.gramsFrom);
  const weightGrams = options.sameWeightAsGrams ?? Math.round(drawn * 10) / 10;
  return {
    code: gtin13(options.number),
    name: `${kind.name} ${Math.round(weightGrams * 0.94)} g no. ${options.number}`,
    weightGrams,
    price: money(kind.centsFrom + random.below(20) * 10, 'USD'),
    imageUrl: null,
    where: `grocery:${options.number}`,
  };
}
