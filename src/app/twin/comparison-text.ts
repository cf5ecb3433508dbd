/** The comparison of a run with its truth, for people and for programs. */
import { moneyText, money } from '../../domain/index.ts';
import type { Currency } from '../../domain/index.ts';
import { currencyOf } from '../../engine/index.ts';
import { AUDIT_FINDINGS } from '../../twin/index.ts';
import type { AuditBlame, AuditCode, AuditFinding } from '../../twin/index.ts';
import { clockText } from '../replay-text.ts';
import type { Comparison } from './comparison.ts';
import { countText, wrapped } from './text-lines.ts';
import type { TwinRecording } from './twin-recording.ts';

const FINDINGS_TOLD = 3;

const BLAME_WORDS: Readonly<Record<AuditBlame, string>> = {
  world: 'the twin broke its own laws',
  system: 'the system broke its contract',
  judgement: 'judged wrongly',
};

function findingLines(finding: AuditFinding, currency: Currency): string[] {
  const { atTrueMs, personNumber, what, amountMinor } = finding;
  const who = personNumber === null ? '' : `person ${personNumber}: `;
  const stake = amountMinor === 0 ? '' : `, ${moneyText(money(amountMinor, currency))}`;
  return wrapped(`${who}${what}${stake}`, ' '.repeat(14), `    ${clockText(atTrueMs).padStart(8)}  `);
}

function codeLines(code: AuditCode, findings: readonly AuditFinding[], currency: Currency): string[] {
  const [blame, meaning] = AUDIT_FINDINGS[code];
  const more = findings.length - FINDINGS_TOLD;
  return [
    `  ${findings.length} × ${code}, ${BLAME_WORDS[blame]}`,
    ...wrapped(meaning, '    '),
    ...findings.slice(0, FINDINGS_TOLD).flatMap((finding) => findingLines(finding, currency)),
    ...(more > 0 ? [`              and ${more} more`] : []),
  ];
}

function byCode(findings: readonly AuditFinding[]): [AuditCode, AuditFinding[]][] {
  const groups = [...Map.groupBy(findings, ({ code }) => code)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length);
}

function auditLines(findings: readonly AuditFinding[], currency: Currency): string[] {
  if (findings.length === 0) return ['The auditor, with books of its own, found nothing amiss.'];
  return [
    'The auditor, with books of its own, found:',
    ...byCode(findings).flatMap(([code, group]) => codeLines(code, group, currency)),
  ];
}

/** Louder than anything else, as it makes everything else worthless. */
export function brokenLawsText(broken: readonly AuditFinding[], recording: TwinRecording): string {
  const currency = currencyOf(recording.store.catalogue);
  const lines = byCode(broken).flatMap(([code, group]) => codeLines(code, group, currency));
  const { name, seed } = recording.run;
  return [
    `the simulation itself is WRONG in scenario ${name}, seed ${seed}: ${countText(broken.length, 'finding')}.`,
    'Nothing of this run can be trusted. It is a bug of Tillfree; please report it.',
    ...lines,
  ].join('\n');
}

export function comparisonText(comparison: Comparison, recording: TwinRecording): string[] {
  const { score, visits, insideCount, associateCount } = comparison;
  const right = visits.filter(({ isExact }) => isExact).length;
  const share = visits.length === 0 ? '' : ` (${(100 * score.exact).toFixed(1)} %)`;
  const notes: string[] = [];
  if (insideCount > 0) notes.push(`${countText(insideCount, 'person was', 'people were')} still inside`);
  if (associateCount > 0)
    notes.push(`${countText(associateCount, 'associate')} came, whose picks are no sale`);
  const { name, seed } = recording.run;
  return [
    ...wrapped(`What the shop said, against what truly happened (SIMULATED ${name}, seed ${seed})`, ''),
    `  receipts exactly right  ${right} of ${visits.length}${share}`,
    `  mean F1 of the items    ${score.f1.toFixed(3)}`,
    ...(notes.length > 0 ? wrapped(`not counted: ${notes.join('; ')}`, '  ') : []),
    '',
    ...auditLines(comparison.findings, currencyOf(recording.store.catalogue)),
  ];
}

/** Fields beside those of a replay. Times are milliseconds since 1970. */
export function comparisonDocument(
  { score, visits, findings, insideCount, associateCount }: Comparison,
  { run, isStopped, elapsedMs }: TwinRecording,
): Readonly<Record<string, unknown>> {
  const { startsAtMs } = run.plan;
  return {
    simulated: { scenario: run.name, seed: run.seed, words: run.words, isStopped, elapsedMs },
    score: { ...score, perVisit: visits },
    notCounted: { inside: insideCount, associates: associateCount },
    audit: findings.map(({ code, blame, atTrueMs, personNumber, what, amountMinor }) => ({
      code,
      blame,
      atMs: Math.round(startsAtMs + atTrueMs),
      person: personNumber,
      what,
      amountMinor,
    })),
  };
}
