/** Goods as they come out of pricing, drawn from a seed: units with taxes, deposits, levies and funded reductions. */
import type { Random } from '../../src/base/index.ts';
import { productId } from '../../src/domain/index.ts';
import { sumsOf } from '../../src/receipts/index.ts';
import type {
  FeeShare,
  ReceiptFee,
  ReceiptGoods,
  ReceiptLine,
  ReceiptUnit,
  TaxShare,
} from '../../src/receipts/index.ts';

const NAMES = { state: 'State', city: 'City' };
const MILLION = 1_000_000;
const RATES = [
  { authority: 'state', perMillion: 62_500 },
  { authority: 'city', perMillion: 17_500 },
];

function taxesOn(baseMinor: number, includesTax: boolean): TaxShare[] {
  return RATES.map(({ authority, perMillion }) => ({
    authority,
    taxClass: 'standard',
    perMillion,
    baseMinor,
    minor: Math.round((baseMinor * perMillion) / (includesTax ? MILLION + 80_000 : MILLION)),
  }));
}

function drawUnit(random: Random, price: number, includesTax: boolean): ReceiptUnit {
  const off = random.uniform() < 0.4 ? random.below(price + 1) : 0;
  const funder = (['store', 'manufacturer', 'third-party'] as const)[random.below(3)]!;
  const netMinor = price - off;
  const isTaxed = random.uniform() < 0.7;
  const deposit: FeeShare = { fee: 'bottle', minor: 10, taxes: [] };
  return {
    listMinor: price,
    reductions: off === 0 ? [] : [{ because: 'promotion-1', name: 'Offer', funder, minor: off }],
    netMinor,
    taxes: isTaxed ? taxesOn(netMinor, includesTax) : [],
    fees: random.uniform() < 0.3 ? [deposit] : [],
    givenBackIn: null,
  };
}

function drawLine(random: Random, index: number, includesTax: boolean): ReceiptLine {
  const price = 1 + random.below(1500);
  return {
    lineId: `line-${index + 1}`,
    productId: productId(`product-${random.below(20)}`),
    name: 'Something',
    grams: null,
    perKilogramMinor: null,
    units: Array.from({ length: 1 + random.below(3) }, () => drawUnit(random, price, includesTax)),
    lowestPrice30DaysMinor: null,
    probability: random.uniform(),
    evidence: [],
  };
}

function drawFees(random: Random, includesTax: boolean): ReceiptFee[] {
  const bags = random.below(3);
  return [
    { fee: 'bottle', name: 'Bottle', kind: 'deposit', authority: null, loose: [] },
    {
      fee: 'bag',
      name: 'Bag',
      kind: random.uniform() < 0.5 ? 'levy' : 'charge',
      authority: 'city',
      loose: Array.from({ length: bags }, () => ({
        fee: 'bag',
        minor: 5,
        taxes: taxesOn(5, includesTax),
        givenBackIn: null,
      })),
    },
  ];
}

export function drawGoods(
  random: Random,
  of: { readonly lines: number; readonly includesTax: boolean },
): ReceiptGoods {
  const { includesTax } = of;
  const lines = Array.from({ length: of.lines }, (_, index) => drawLine(random, index, includesTax));
  const fees = of.lines === 0 ? [] : drawFees(random, includesTax);
  const cash = lines.length > 0 && random.uniform() < 0.2 ? 1 + random.below(2) : 0;
  return {
    currency: 'USD',
    includesTax,
    localTime: { date: '2026-03-14', minuteOfDay: 600, zone: 'UTC' },
    lines,
    fees,
    sums: sumsOf({ includesTax, lines, fees }, cash, NAMES),
    disclosures: [],
  };
}
