/** What a store has learnt, for a terminal of 80 columns. */
import { DECISION_POLICY, describePolicy, mapped } from '../decision/index.ts';
import type { BetaMap, DecisionPolicy } from '../decision/index.ts';
import type {
  Catalogue,
  LearntWeight,
  ReviewerStanding,
  StoreKnowledge,
  WeightNotice,
} from '../domain/index.ts';
import { FUSION_SETTINGS, listedProbability, placeShares } from '../fusion/index.ts';
import type { KeptDecision } from './decision-document.ts';
import type { KeptKnowledge } from './knowledge-file.ts';
import { fit, percentText } from './replay-text.ts';

const NAME_WIDTH = 32;
const ROWS_SHOWN = 40;
/** Below this the catalogue is as good as believed. */
const DOUBT_MIN = 0.1;

const REMEDY = 'Weigh one unit of each and correct its catalogue row.';

function gramsText(grams: number | null): string {
  return grams === null ? 'none' : `${grams.toFixed(1)} g`;
}

/** A row that is off by less than this may be right, and the plate wrong. */
const PLATE_ERROR_MAX = 0.12;

function remedyOf({ catalogueGrams, learntGrams }: WeightNotice): string {
  const isNear = catalogueGrams !== null && Math.abs(learntGrams / catalogueGrams - 1) < PLATE_ERROR_MAX;
  const plate = isNear ? ' If the row is right, have its plates adjusted.' : '';
  return `Weigh one unit and correct the row.${plate}`;
}

/** `Tea (4001) weighs 88.1 g ± 0.6 g by 7 picks, not 116.0 g as listed (99.9 % sure). Weigh one unit and …` */
export function noticeText(notice: WeightNotice, name: string): string {
  const { catalogueGrams, learntGrams, sigmaGrams, picks, probabilityWrong } = notice;
  const what = `${name} (${notice.productId})`;
  if (notice.kind === 'weight-taken-back')
    return `${what} seems to weigh ${gramsText(catalogueGrams)} as listed after all; nothing is to be done.`;
  const listed =
    catalogueGrams === null
      ? 'and has no weight in the catalogue'
      : `not ${gramsText(catalogueGrams)} as listed`;
  const weighs = `weighs ${gramsText(learntGrams)} ± ${gramsText(sigmaGrams)} by ${picks} picks`;
  return `${what} ${weighs}, ${listed} (${percentText(probabilityWrong)} sure). ${remedyOf(notice)}`;
}

const LINE_WIDTH = 78;

/** `text` in lines of at most `LINE_WIDTH` characters, the later ones set in. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const word of text.split(' ')) {
    if ([...line, ...word].length >= LINE_WIDTH) {
      lines.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** A sentence for each product that was noticed, by what was said of it last, for a terminal of 80 columns. */
export function noticeLines(notices: readonly WeightNotice[], catalogue: Catalogue): string[] {
  const last = new Map(notices.map((notice) => [notice.productId, notice]));
  return [...last.values()].flatMap((notice) =>
    wrapped(noticeText(notice, catalogue.byId.get(notice.productId)?.name ?? notice.productId)),
  );
}

/** A product that may not weigh what is listed, with the weight that is likelier. */
interface Doubted {
  readonly learnt: LearntWeight;
  readonly grams: number | null;
  readonly sigmaGrams: number;
  readonly picks: number;
  readonly probabilityWrong: number;
}

function doubtedOf(knowledge: StoreKnowledge): Doubted[] {
  return knowledge.weights
    .map((learnt): Doubted => {
      const [other] = learnt.weight.others;
      return {
        learnt,
        grams: other?.meanGrams ?? null,
        sigmaGrams: Math.sqrt(other?.meanVariance ?? 0),
        picks: Math.round(other?.observations ?? 0),
        probabilityWrong: 1 - listedProbability(learnt.weight),
      };
    })
    .filter(({ probabilityWrong, grams }) => grams !== null && probabilityWrong >= DOUBT_MIN)
    .toSorted((a, b) => b.probabilityWrong - a.probabilityWrong || b.picks - a.picks);
}

function doubtedRow({ learnt, grams, sigmaGrams, picks, probabilityWrong }: Doubted): string {
  const weighs = `${gramsText(grams)} ±${sigmaGrams.toFixed(1)}`;
  return [
    `  ${fit(learnt.name, NAME_WIDTH)}`,
    gramsText(learnt.catalogueGrams).padStart(9),
    weighs.padStart(15),
    String(picks).padStart(5),
    percentText(probabilityWrong).padStart(8),
  ].join(' ');
}

function weightLines(knowledge: StoreKnowledge): string[] {
  const doubted = doubtedOf(knowledge);
  if (doubted.length === 0) return ['Every product picked so far weighs what the catalogue says.'];
  const head = `  ${'product'.padEnd(NAME_WIDTH)} ${'listed'.padStart(9)} ${'learnt'.padStart(15)} picks    wrong`;
  const more = doubted.length - ROWS_SHOWN;
  return [
    'Products that may not weigh what the catalogue says, the surest first',
    head,
    ...doubted.slice(0, ROWS_SHOWN).flatMap((row) => [doubtedRow(row), `    ${row.learnt.productId}`]),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `  ${REMEDY}`,
  ];
}

function sharpenedLine({ weights }: StoreKnowledge): string {
  const sharper = weights.filter(({ weight }) => (weight.listed?.observations ?? 0) >= 1);
  const errors = sharper
    .map(({ weight }) => Math.sqrt(weight.listed?.meanVariance ?? 0))
    .toSorted((a, b) => a - b);
  const median = errors[Math.floor(errors.length / 2)];
  if (median === undefined) return 'No weight was made sharper by sure picks yet.';
  return `${sharper.length} weights were made sharper by sure picks; the typical one is known to ±${median.toFixed(1)} g.`;
}

function placeLines({ placePicks }: StoreKnowledge): string[] {
  const shares = placeShares(placePicks, FUSION_SETTINGS);
  const told = Math.round(placePicks.own + placePicks.neighbour + placePicks.elsewhere);
  return [
    `Where things are taken from, by ${told} picks that weight told apart`,
    `  their own place      ${percentText(shares.own).padStart(8)}`,
    `  a neighbour's place  ${percentText(shares.neighbour).padStart(8)}`,
    `  elsewhere            ${percentText(shares.elsewhere).padStart(8)}`,
  ];
}

/** What is known of the sensors themselves. */
function sensorLines({ plateNoise = [], reachSpread }: StoreKnowledge): string[] {
  const lines: string[] = [];
  const byNoise = plateNoise.toSorted((a, b) => a.noiseGrams - b.noiseGrams);
  const [median, worst] = [byNoise[Math.floor(byNoise.length / 2)], byNoise.at(-1)];
  if (median && worst)
    lines.push(
      `  ${byNoise.length} plates tremble by ${median.noiseGrams.toFixed(1)} g, plate ${worst.plateId} most, by ${worst.noiseGrams.toFixed(1)} g`,
    );
  if (reachSpread) {
    const alongCm = (100 * reachSpread.alongM.sigma).toFixed(0);
    const facing = ((180 / Math.PI) * reachSpread.facingRad.sigma).toFixed(0);
    lines.push(`  hands are seen to ±${alongCm} cm along a shelf, chests face what is taken to ±${facing}°`);
  }
  return lines.length === 0 ? [] : ['', 'Sensors', ...lines];
}

const SWAP_MIN = 0.5;

function swapLines({ swaps, weights }: StoreKnowledge): string[] {
  const names = new Map(weights.map(({ productId, name }) => [productId, name]));
  const likely = swaps.filter(({ logOdds }) => logOdds > Math.log(SWAP_MIN / (1 - SWAP_MIN)));
  if (likely.length === 0) return [];
  const rows = likely.map(({ productIds: [one, other], logOdds }) => {
    const share = percentText(1 / (1 + Math.exp(-logOdds)));
    return `  ${fit(names.get(one) ?? one, 30)} and ${fit(names.get(other) ?? other, 30)} ${share.padStart(8)}`;
  });
  return ['', 'Neighbours that seem to stand in each other’s places', ...rows];
}

function reviewerLines(reviewers: readonly ReviewerStanding[]): string[] {
  if (reviewers.length === 0) return [];
  const rows = reviewers.map(
    ({ reviewerId, right, wrong }) =>
      `  ${fit(reviewerId, 40)} ${right.toFixed(1).padStart(8)} borne out, ${wrong.toFixed(1).padStart(7)} not`,
  );
  return ['', 'Reviewers, by how the scales bore out what they said', ...rows];
}

/** The policy with the least audits that any visit of the window had: a proof speaks of those. */
function policyOver({ leastShares }: KeptDecision): DecisionPolicy {
  return { ...DECISION_POLICY, auditShare: leastShares[0]?.share ?? DECISION_POLICY.auditShare };
}

const TOLD_EXAMPLES = [0.5, 0.9, 0.99, 0.999];

function meaningLine(name: string, map: BetaMap): string {
  const cells = TOLD_EXAMPLES.map((told) => `${(100 * mapped(told, map)).toFixed(1)} %`.padStart(9));
  return `  ${name.padEnd(22)}${cells.join('')}`;
}

function calibrationLines({ lines, receipts }: KeptDecision): string[] {
  if (lines.cases === 0 && receipts.cases === 0)
    return ['No receipt was judged yet: probabilities mean what fusion says.'];
  const told = TOLD_EXAMPLES.map((share) => `${(100 * share).toFixed(1)} %`.padStart(9));
  return [
    'How often what is told is right, by what was judged',
    `  ${'told'.padEnd(22)}${told.join('')}`,
    meaningLine('lines are right', lines),
    meaningLine('whole receipts are', receipts),
  ];
}

/** What is done about doubt, what of it is proven, and what told probabilities mean. */
export function decisionText(decision: KeptDecision): string[] {
  const words = describePolicy(decision, policyOver(decision), decision.currency ?? 'USD');
  return ['Decisions', ...words.flatMap(wrapped), '', ...calibrationLines(decision)];
}

/** Plain tables, at most 80 columns wide. */
export function knowledgeText(knowledge: KeptKnowledge): string[] {
  const until = knowledge.untilMs === null ? '' : `, until ${isoMinute(knowledge.untilMs)}`;
  const visits = knowledge.learntFromVisits === 1 ? '1 visit' : `${knowledge.learntFromVisits} visits`;
  return [
    `Store ${knowledge.storeId}, learnt from ${visits}${until}`,
    '',
    ...weightLines(knowledge),
    '',
    sharpenedLine(knowledge),
    '',
    ...placeLines(knowledge),
    ...swapLines(knowledge),
    ...sensorLines(knowledge),
    ...reviewerLines(knowledge.reviewers),
    ...(knowledge.decision ? ['', ...decisionText(knowledge.decision)] : []),
  ];
}

/** `2026-01-05 09:12 UTC`. */
function isoMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
