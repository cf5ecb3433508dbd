/**
 * A line of a journal: an event with its position and a check over it and the check before it. What carries the right
 * check is what this program wrote, so it is not parsed a second time; anything else is refused with its line.
 */
import { createHash } from 'node:crypto';
import type { StoreId } from '../../domain/index.ts';
import type { MoneyEvent } from '../../engine/index.ts';

export interface JournalHeader {
  readonly format: 'tillfree-money';
  readonly formatVersion: 1;
  readonly storeId: StoreId;
  readonly series: string;
}

/** Half of SHA-256 is plenty against accidents; who means harm can rewrite the whole file in any case. */
const CHECK_DIGITS = 32;

export function checkOf(before: string, content: string): string {
  return createHash('sha256').update(before).update(content).digest('hex').slice(0, CHECK_DIGITS);
}

export function headerLine(header: JournalHeader): string {
  return JSON.stringify(header);
}

/** @param before the check of the line before; the header's own text before the first. */
export function eventLine(
  event: MoneyEvent,
  at: { readonly position: number; readonly before: string },
): { readonly line: string; readonly check: string } {
  const content = JSON.stringify(event);
  const check = checkOf(at.before, content);
  return { line: `{"position":${at.position},"check":"${check}","event":${content}}`, check };
}

const LINE = /^\{"position":(\d+),"check":"([0-9a-f]+)","event":(.*)\}$/s;

/** Null where the line is none, or not the one that follows. */
export function readEventLine(
  line: string,
  at: { readonly position: number; readonly before: string },
): { readonly event: MoneyEvent; readonly check: string } | null {
  const [, position, check, content] = LINE.exec(line) ?? [];
  if (content === undefined || Number(position) !== at.position) return null;
  if (check === undefined || checkOf(at.before, content) !== check) return null;
  return { event: JSON.parse(content) as MoneyEvent, check };
}
