/** Lines of goods as items: what counts, what led to its amount, and what was given back. */
import { CORRECTION_REASONS } from '../reasons.ts';
import type { CorrectionReason } from '../reasons.ts';
import type { EvidenceLink, ReceiptLine, ReceiptUnit, Reduction } from '../receipt-content.ts';
import type { PaperDetail, PaperEvidence, PaperItem } from './paper.ts';
import { filled } from './speech.ts';
import type { Speech } from './speech.ts';
import type { TaxMarks } from './tax-marks.ts';

/** Nothing is certain: what rounds to it says 99.9 %. */
const SURE_MAX = 0.999;
const TENTHS_OF_PERCENT = 1000;

export interface ItemsContext {
  readonly speech: Speech;
  readonly marks: TaxMarks;
}

export function sumOf<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((sum, each) => sum + of(each), 0);
}

function detail(kind: PaperDetail['kind'], text: string, amount: string | null = null): PaperDetail {
  return { kind, text, amount };
}

function quantityDetails(line: ReceiptLine, kept: readonly ReceiptUnit[], speech: Speech): PaperDetail[] {
  const { words, money } = speech;
  const isReduced = kept.some(({ reductions }) => reductions.length > 0);
  const amount = (minor: number): string | null => (isReduced ? money(minor) : null);
  const listMinor = sumOf(kept, (unit) => unit.listMinor);
  if (line.grams !== null && line.perKilogramMinor !== null) {
    const price = money(line.perKilogramMinor);
    const text = filled(words.weighed, { weight: speech.kilograms(line.grams), price });
    return [detail('quantity', text, amount(listMinor))];
  }
  const byPrice = Map.groupBy(kept, (unit) => unit.listMinor);
  if (kept.length < 2 && !isReduced) return [];
  return [...byPrice].map(([each, same]) => {
    const text = filled(words.counted, { count: `${same.length}`, price: money(each) });
    return detail('quantity', text, amount(each * same.length));
  });
}

function isReason(because: string): because is CorrectionReason {
  return Object.hasOwn(CORRECTION_REASONS, because);
}

function reductionName({ because, name }: Reduction, { words }: Speech): string {
  if (name !== '') return name;
  if (because === 'label' || because === 'loyalty-price' || isReason(because))
    return words.reductions[because];
  return words.reductions.other;
}

function reductionDetails(kept: readonly ReceiptUnit[], speech: Speech): PaperDetail[] {
  const byName = Map.groupBy(
    kept.flatMap(({ reductions }) => reductions),
    (reduction) => reductionName(reduction, speech),
  );
  return [...byName].map(([name, same]) =>
    detail('reduction', name, speech.money(-sumOf(same, ({ minor }) => minor))),
  );
}

interface GivenBack {
  readonly revision: number;
  readonly minor: number;
}

/** How often what was given back, by revision and amount. */
export function givenBackDetails(given: readonly GivenBack[], speech: Speech): PaperDetail[] {
  const { words, money } = speech;
  const groups = Map.groupBy(given, ({ revision, minor }) => `${revision} ${minor}`);
  return [...groups.values()].map((same) => {
    const [{ revision, minor }] = same as [GivenBack, ...GivenBack[]];
    const blanks = { revision: `${revision}`, count: `${same.length}`, price: money(minor) };
    return detail('given-back', filled(words.givenBack, blanks));
  });
}

function evidenceOf(links: readonly EvidenceLink[], { words }: Speech): PaperEvidence[] {
  return links.map(({ kind, ref, hash }) => ({ text: words.evidence[kind], ref, hash }));
}

function surenessDetails({ probability }: ReceiptLine, speech: Speech): PaperDetail[] {
  if (probability === null) return [];
  const share = Math.min(SURE_MAX, Math.floor(probability * TENTHS_OF_PERCENT) / TENTHS_OF_PERCENT);
  return [detail('sureness', filled(speech.words.sure, { percent: speech.percent(share) }))];
}

export function goodsItem(line: ReceiptLine, { speech, marks }: ItemsContext): PaperItem {
  const kept = line.units.filter(({ givenBackIn }) => givenBackIn === null);
  const given = line.units.flatMap(({ givenBackIn, netMinor }) =>
    givenBackIn === null ? [] : [{ revision: givenBackIn, minor: netMinor }],
  );
  const { lowestPrice30DaysMinor: lowest } = line;
  return {
    kind: 'goods',
    name: line.name,
    mark: marks.ofUnits(kept.length > 0 ? kept : line.units),
    amount: speech.money(sumOf(kept, ({ netMinor }) => netMinor)),
    isGivenBack: kept.length === 0 && given.length > 0,
    details: [
      ...(kept.length > 0 ? quantityDetails(line, kept, speech) : []),
      ...reductionDetails(kept, speech),
      ...(lowest === null
        ? []
        : [detail('remark', filled(speech.words.lowestPrice, { price: speech.money(lowest) }))]),
      ...givenBackDetails(given, speech),
      ...(kept.length > 0 ? surenessDetails(line, speech) : []),
    ],
    evidence: evidenceOf(line.evidence, speech),
  };
}
