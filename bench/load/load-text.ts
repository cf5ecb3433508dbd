/** The figures of a load as lines of text. */
import { megabytes } from '../table.ts';
import type { Load } from './loads.ts';
import type { LoadLook, LoadResult } from './run-load.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function lookText({ untilS, inside, coreShare, acceptMsMax, heldBytes }: LoadLook): string {
  return [
    `${untilS.toFixed(0).padStart(6)} s`,
    `${String(inside).padStart(4)} inside`,
    `${percent(coreShare).padStart(8)} of a core`,
    `longest ${acceptMsMax.toFixed(1).padStart(6)} ms`,
    `held ${megabytes(heldBytes).padStart(9)}`,
  ].join('  ');
}

function delayText(delaysS: readonly number[]): string {
  const middle = delaysS[Math.floor(delaysS.length / 2)];
  const longest = delaysS.at(-1);
  if (middle === undefined || longest === undefined) return 'no receipts';
  return `${delaysS.length} receipts, ${middle.toFixed(1)} s after leaving (longest ${longest.toFixed(1)} s)`;
}

export function resultText(load: Load, result: LoadResult): string[] {
  const { plates, coreShare, coreShareMax, acceptMs, stages, hash } = result;
  const { p50, p99, max } = acceptMs;
  return [
    `${load.name}: ${load.words}, ${plates} plates, seconds ${load.fromS} to ${load.untilS}`,
    `  ${percent(coreShare)} of a core, ${percent(coreShareMax)} at most`,
    `  one observation: ${p50.toFixed(3)} ms, 99 % ${p99.toFixed(2)} ms, longest ${max.toFixed(1)} ms`,
    `  ${delayText(result.receiptDelaysS)}`,
    ...(stages.length > 0
      ? [`  of the time: ${stages.map(({ stage, share }) => `${stage} ${percent(share)}`).join(', ')}`]
      : []),
    `  result ${hash}`,
  ];
}
