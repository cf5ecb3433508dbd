/** What the store does about doubt, and what of it is proven, in plain words for the operator. */
import { moneyText, money } from '../domain/index.ts';
import type { Currency } from '../domain/index.ts';
import type { DecisionKnowledge } from './knowledge.ts';
import type { DecisionPolicy } from './settings.ts';
import type { Threshold } from './threshold.ts';

const DECIMALS_MAX = 3;

function percent(share: number): string {
  return `${Number((100 * share).toFixed(DECIMALS_MAX))} %`;
}

function thresholdWords(threshold: Threshold, policy: DecisionPolicy): string[] {
  if (threshold.kind === 'proven')
    return [
      `Proven on the last ${threshold.visits} visits, ${threshold.judged} of them looked at: with ${percent(threshold.confidence)} confidence, at most ${percent(threshold.wrongAtMost)} of visits are charged unlooked-at and wrong, and at most ${percent(threshold.overchargedAtMost)} are overcharged.`,
      `For that, receipts are charged as told from a stated certainty of ${percent(threshold.probabilityAllRight)} on; ${percent(threshold.lookShare)} of visits are below.${
        threshold.lookShare > policy.lookShareMax
          ? ` That is more than may be looked at, ${percent(policy.lookShareMax)}: doubtful lines of the rest are left out.`
          : ''
      }`,
    ];
  const fallback = 'Receipts are decided by expected cost with the calibrated probability until then.';
  if (threshold.kind === 'too-few-visits') {
    const needed =
      threshold.visitsNeeded === null
        ? 'Without audits nothing can be proven, whatever the number of visits.'
        : `Nothing is proven yet: ${threshold.visits} visits, at least ${threshold.visitsNeeded} are needed with ${percent(policy.auditShare)} audited.`;
    return [needed, fallback];
  }
  return [
    `Nothing is proven: of ${threshold.visits} visits, ${threshold.judged} looked at, too many sure receipts were wrong, or their verdicts are missing.`,
    fallback,
  ];
}

function countWords({ counts, visits }: DecisionKnowledge, currency: Currency): string {
  const share = (count: number): string => `${count} (${percent(count / Math.max(1, visits))})`;
  return `Of ${visits} visits, ${share(counts.charged)} were charged as told, ${share(counts.asked)} asked, ${share(counts.reviewed)} reviewed, and ${share(counts.waived)} resolved in the shopper's favour, which left out ${moneyText(money(counts.waivedMinor, currency))}.`;
}

function judgeWords({ judges, shopperTrust }: DecisionKnowledge): string[] {
  const doubted = judges.filter(({ weight }) => weight < 1);
  return [
    ...doubted.map(
      ({ judgedBy, verdicts, audited, differences, weight }) =>
        `The ${verdicts} verdicts of ${judgedBy === 'shopper' ? 'shoppers' : `reviewer ${judgedBy}`} disagree with the rest beyond chance (audits differ on ${differences} of ${audited}); they count ${percent(weight)}.`,
    ),
    `Shoppers' answers are believed at ${percent(shopperTrust)}.`,
  ];
}

/** One sentence or two a line. */
export function describePolicy(
  knowledge: DecisionKnowledge,
  policy: DecisionPolicy,
  currency: Currency,
): string[] {
  const cost = (minorUnits: number): string => moneyText(money(Math.round(minorUnits), currency));
  const { costs } = policy;
  return [
    ...thresholdWords(knowledge.threshold, policy),
    countWords(knowledge, currency),
    `At most ${percent(policy.lookShareMax)} of visits may be asked or reviewed; a minute of looking must now save at least ${cost(knowledge.looks.minuteMinor)} beyond its own cost. Beside that, ${percent(policy.auditShare)} of all visits are audited at random.`,
    `An overcharged receipt is taken to cost ${cost(costs.overchargedReceiptMinor)} and ${costs.overchargeFactor} times the amount, an undercharged one ${cost(costs.underchargedReceiptMinor)} and ${costs.underchargeFactor} times the amount; a question ${cost(costs.askMinor)}, a review ${cost(costs.reviewMinor)}.`,
    ...judgeWords(knowledge),
    `Probabilities are calibrated on verdicts worth ${Math.round(knowledge.receipts.cases)} receipts and ${Math.round(knowledge.lines.cases)} lines.`,
  ];
}
