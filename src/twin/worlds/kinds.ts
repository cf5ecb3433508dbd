/**
 * Kinds of goods, read from the lines of the tables: what a kind is called, how it is packed, in which packs it is
 * sold, and how much one unit differs from the next. Units of ml weigh nearly as many grams.
 */
import { assert, present } from '../../base/index.ts';
import { AMBIENT_KINDS } from './kinds-ambient.ts';
import { CHILLED_KINDS, HOT_KINDS } from './kinds-chilled-and-hot.ts';

export type Zone = 'ambient' | 'chilled' | 'hot';
export type Category = keyof typeof AMBIENT_KINDS | keyof typeof CHILLED_KINDS | keyof typeof HOT_KINDS;

/** Grams of packaging of one piece: a fixed part and a share of what is inside. */
export const PACKAGING = {
  none: { grams: 0, share: 0 },
  film: { grams: 1, share: 0.012 },
  bag: { grams: 2, share: 0.02 },
  box: { grams: 4, share: 0.07 },
  tray: { grams: 9, share: 0.02 },
  tub: { grams: 4, share: 0.03 },
  tube: { grams: 4, share: 0.06 },
  carton: { grams: 4, share: 0.028 },
  can: { grams: 4, share: 0.027 },
  tin: { grams: 20, share: 0.12 },
  pet: { grams: 8, share: 0.03 },
  jar: { grams: 70, share: 0.4 },
  glass: { grams: 70, share: 0.4 },
} as const;
export type Packaging = keyof typeof PACKAGING;

export interface Pack {
  /** `45 g`, `6 × 330 ml`, `1.5 l`. */
  readonly label: string;
  readonly pieces: number;
  /** Grams or millilitres in one piece. */
  readonly netPerPiece: number;
  readonly measure: 'g' | 'ml';
  readonly usdMinor: number;
}

export interface GoodsKind {
  readonly name: string;
  readonly category: Category;
  readonly zone: Zone;
  readonly packaging: Packaging;
  readonly packs: readonly Pack[];
  readonly variants: readonly string[];
}

/** From unit to unit, as a share of the weight: filled by machine, by number, or by hand. */
export const SPREAD_SHARES: Readonly<Record<Category, number>> = {
  snacks: 0.012,
  sweets: 0.008,
  biscuits: 0.009,
  bakery: 0.015,
  breakfast: 0.006,
  pantry: 0.005,
  tins: 0.006,
  'hot-drinks': 0.006,
  'soft-drinks': 0.004,
  household: 0.006,
  toiletries: 0.006,
  'small-valuables': 0.005,
  merchandise: 0.012,
  drinks: 0.003,
  beer: 0.003,
  dairy: 0.006,
  sandwiches: 0.02,
  deli: 0.014,
  produce: 0.02,
  'stadium-food': 0.02,
};

/** Small, dear or hung on hooks: every unit wears an RFID tag. */
export const TAGGED_CATEGORIES: ReadonlySet<Category> = new Set(['small-valuables', 'merchandise', 'beer']);

function packLabel(pack: Omit<Pack, 'label'>): string {
  const { netPerPiece, measure, pieces } = pack;
  const big = measure === 'g' ? 'kg' : 'l';
  const one = netPerPiece >= 1000 ? `${netPerPiece / 1000} ${big}` : `${netPerPiece} ${measure}`;
  return pieces === 1 ? one : `${pieces} × ${one}`;
}

const PACK = /^(?:(?<pieces>\d+)x)?(?<net>[\d.]+) (?<measure>g|ml) (?<price>[\d.]+)$/;

function packOf(text: string): Pack {
  const parts = present(PACK.exec(text)?.groups, 'PACK_NOT_UNDERSTOOD');
  const pack = {
    pieces: Number(parts['pieces'] ?? 1),
    netPerPiece: Number(parts['net']),
    measure: parts['measure'] === 'ml' ? ('ml' as const) : ('g' as const),
    usdMinor: Math.round(Number(parts['price']) * 100),
  };
  return { ...pack, label: packLabel(pack) };
}

function isPackaging(text: string): text is Packaging {
  return Object.hasOwn(PACKAGING, text);
}

const listed = (text: string): string[] => text.split(',').map((part) => part.trim());

function kindOf(line: string, of: { readonly category: Category; readonly zone: Zone }): GoodsKind {
  const [name = '', packaging = '', packs = '', variants = ''] = line.split('|').map((part) => part.trim());
  assert(isPackaging(packaging), 'PACKAGING_UNKNOWN', { line });
  return { ...of, name, packaging, packs: listed(packs).map(packOf), variants: listed(variants) };
}

type KindLines = Readonly<Record<string, readonly string[]>>;

function kindsIn(zone: Zone, table: KindLines): GoodsKind[] {
  return Object.entries(table).flatMap(([category, lines]) =>
    lines.map((line) => kindOf(line, { category: category as Category, zone })),
  );
}

/** All kinds, in the order in which a shop lays out its departments. */
export const GOODS_KINDS: readonly GoodsKind[] = [
  ...kindsIn('ambient', AMBIENT_KINDS),
  ...kindsIn('chilled', CHILLED_KINDS),
  ...kindsIn('hot', HOT_KINDS),
];

/** Nominal weight of one pack with all that is around it, grams. */
export function grossGrams(kind: GoodsKind, pack: Pack): number {
  const around = PACKAGING[kind.packaging];
  const perPiece = kind.packaging === 'box' || kind.packaging === 'film' || kind.packaging === 'tray';
  const net = pack.netPerPiece * pack.pieces;
  // A box, film or tray goes around all the pieces; cans, tubs and bottles around each.
  return net + around.share * net + around.grams * (perPiece ? 1 : pack.pieces);
}
