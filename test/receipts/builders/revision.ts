/**
 * Receipts for tests from a short draft: taxes are worked out unit by unit, sums from units, as plainly as can be. Tax
 * is rounded on each unit here, which no country asks for; what a receipt says has to hold for any such split.
 */
import { createHash } from 'node:crypto';
import { epochMs } from '../../../src/base/index.ts';
import { partyId, paymentId, productId, storeId, visitId } from '../../../src/domain/index.ts';
import type { Currency } from '../../../src/domain/index.ts';
import type { LocalTime } from '../../../src/pricing/index.ts';
import type {
  EvidenceLink,
  FeeShare,
  FiscalMark,
  ReceiptChange,
  ReceiptContent,
  ReceiptFee,
  ReceiptLine,
  ReceiptRevision,
  ReceiptSums,
  ReceiptTax,
  ReceiptTender,
  ReceiptUnit,
  Reduction,
  Seller,
  TaxShare,
} from '../../../src/receipts/index.ts';

export interface RateDraft {
  readonly authority: string;
  readonly name: string;
  readonly perMillion: number;
}

export interface PlaceDraft {
  readonly seller: Seller;
  readonly currency: Currency;
  readonly includesTax: boolean;
  readonly localTime: LocalTime;
  readonly issuedAtMs: number;
  /** Rates of each class; a class without rates is not taxed. */
  readonly rates: Readonly<Record<string, readonly RateDraft[]>>;
  readonly fees: Readonly<
    Record<string, Omit<ReceiptFee, 'fee' | 'loose'> & { readonly minor: number; readonly taxClass: string }>
  >;
}

export interface UnitsDraft {
  readonly count: number;
  readonly list: number;
  readonly reductions?: readonly Reduction[];
  readonly givenBackIn?: number;
}

export interface LineDraft {
  readonly name: string;
  readonly taxClass: string;
  readonly units: readonly UnitsDraft[];
  readonly fees?: readonly string[];
  readonly grams?: number;
  readonly perKilogram?: number;
  readonly lowest?: number;
  readonly probability?: number | null;
  readonly evidence?: readonly EvidenceLink[];
}

export interface RevisionDraft {
  readonly place: PlaceDraft;
  readonly lines: readonly LineDraft[];
  readonly loose?: readonly { readonly fee: string; readonly givenBackIn?: number }[];
  readonly revision?: number;
  readonly change?: ReceiptChange;
  readonly cashAdjustment?: number;
  readonly tenders?: readonly ReceiptTender[];
  readonly disclosures?: readonly string[];
  readonly fiscal?: FiscalMark;
}

const MILLION = 1_000_000;

function sharesOf(place: PlaceDraft, taxClass: string, baseMinor: number): TaxShare[] {
  return (place.rates[taxClass] ?? []).map(({ authority, perMillion }) => {
    const divisor = place.includesTax ? MILLION + perMillion : MILLION;
    return {
      authority,
      taxClass,
      perMillion,
      baseMinor,
      minor: Math.round((baseMinor * perMillion) / divisor),
    };
  });
}

function feeShare(place: PlaceDraft, fee: string): FeeShare {
  const { minor, taxClass } = place.fees[fee]!;
  return { fee, minor, taxes: sharesOf(place, taxClass, minor) };
}

function unitsOf(place: PlaceDraft, line: LineDraft): ReceiptUnit[] {
  return line.units.flatMap(({ count, list, reductions = [], givenBackIn = null }) => {
    const netMinor = list - reductions.reduce((sum, { minor }) => sum + minor, 0);
    const unit: ReceiptUnit = {
      listMinor: list,
      reductions,
      netMinor,
      taxes: sharesOf(place, line.taxClass, netMinor),
      fees: (line.fees ?? []).map((fee) => feeShare(place, fee)),
      givenBackIn,
    };
    return Array.from({ length: count }, () => unit);
  });
}

function lineOf(place: PlaceDraft, line: LineDraft, index: number): ReceiptLine {
  return {
    lineId: `line-${index + 1}`,
    productId: productId(`product-${index + 1}`),
    name: line.name,
    grams: line.grams ?? null,
    perKilogramMinor: line.perKilogram ?? null,
    units: unitsOf(place, line),
    lowestPrice30DaysMinor: line.lowest ?? null,
    probability: line.probability === undefined ? 0.9996 : line.probability,
    evidence: line.evidence ?? [{ kind: 'interaction', ref: `moment-${index + 1}`, hash: 'ab'.repeat(32) }],
  };
}

function feesOf({ place, loose = [], lines }: RevisionDraft): ReceiptFee[] {
  const used = new Set([...lines.flatMap(({ fees = [] }) => fees), ...loose.map(({ fee }) => fee)]);
  return Object.entries(place.fees)
    .filter(([fee]) => used.has(fee))
    .map(([fee, { name, kind, authority }]) => ({
      fee,
      name,
      kind,
      authority,
      loose: loose
        .filter((each) => each.fee === fee)
        .map(({ givenBackIn = null }) => ({ ...feeShare(place, fee), givenBackIn })),
    }));
}

function taxesOf(place: PlaceDraft, shares: readonly TaxShare[]): ReceiptTax[] {
  const groups = Map.groupBy(shares, ({ authority, taxClass }) => `${taxClass} ${authority}`);
  return [...groups.values()].map((same) => {
    const [{ authority, taxClass, perMillion }] = same as [TaxShare, ...TaxShare[]];
    return {
      authority,
      authorityName: place.rates[taxClass]!.find((rate) => rate.authority === authority)!.name,
      taxClass,
      perMillion,
      baseMinor: same.reduce((sum, { baseMinor }) => sum + baseMinor, 0),
      minor: same.reduce((sum, { minor }) => sum + minor, 0),
    };
  });
}

function sumsOf(
  draft: RevisionDraft,
  lines: readonly ReceiptLine[],
  fees: readonly ReceiptFee[],
): ReceiptSums {
  const units = lines.flatMap((line) => line.units).filter(({ givenBackIn }) => givenBackIn === null);
  const charged: FeeShare[] = [
    ...units.flatMap((unit) => unit.fees),
    ...fees.flatMap(({ loose }) => loose.filter(({ givenBackIn }) => givenBackIn === null)),
  ];
  const taxes = taxesOf(
    draft.place,
    [...units, ...charged].flatMap((each) => each.taxes),
  );
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const listMinor = sum(units.map((unit) => unit.listMinor));
  const goodsMinor = sum(units.map(({ netMinor }) => netMinor));
  const feesMinor = sum(charged.map(({ minor }) => minor));
  const taxMinor = sum(taxes.map(({ minor }) => minor));
  const totalMinor = goodsMinor + feesMinor + (draft.place.includesTax ? 0 : taxMinor);
  const cashAdjustmentMinor = draft.cashAdjustment ?? 0;
  const toPayMinor = totalMinor + cashAdjustmentMinor;
  const savedMinor = listMinor - goodsMinor;
  return {
    listMinor,
    savedMinor,
    goodsMinor,
    feesMinor,
    taxMinor,
    totalMinor,
    cashAdjustmentMinor,
    toPayMinor,
    taxes,
  };
}

export function revisionOf(draft: RevisionDraft): ReceiptRevision {
  const { place, revision = 1 } = draft;
  const lines = draft.lines.map((line, index) => lineOf(place, line, index));
  const fees = feesOf(draft);
  const content = {
    formatVersion: 1,
    receiptId: 'corner-shop/A/000017',
    storeId: storeId('corner-shop'),
    series: 'A',
    number: 17,
    revision,
    issuedAtMs: epochMs(place.issuedAtMs),
    localTime: place.localTime,
    paymentId: paymentId('payment-17'),
    partyId: partyId('party-17'),
    visitIds: [visitId('visit-17')],
    seller: place.seller,
    currency: place.currency,
    includesTax: place.includesTax,
    lines,
    fees,
    sums: sumsOf(draft, lines, fees),
    tenders: draft.tenders ?? [{ kind: 'card', label: 'Visa 4242' }],
    disclosures: draft.disclosures ?? [],
    change: draft.change ?? null,
    fiscal: draft.fiscal ?? { kind: 'not-needed' },
  } as unknown as ReceiptContent;
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return { content, position: 17 + revision, previousHash: null, previousRevisionHash: null, hash };
}
