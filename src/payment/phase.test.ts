import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAYMENT_TRANSITIONS } from './phase.ts';
import type { PaymentPhase } from './phase.ts';

const phases = Object.keys(PAYMENT_TRANSITIONS) as PaymentPhase[];

function reachableFrom(start: PaymentPhase): Set<PaymentPhase> {
  const reached = new Set<PaymentPhase>([start]);
  for (const phase of reached) for (const next of PAYMENT_TRANSITIONS[phase]) reached.add(next);
  return reached;
}

test('every phase can be reached, and none is kept out of an end', () => {
  expect([...reachableFrom('none')].toSorted()).toEqual(phases.toSorted());
  const ends: readonly PaymentPhase[] = ['captured', 'short-captured', 'refunded', 'released', 'declined'];
  for (const phase of phases)
    expect(
      ends.some((end) => reachableFrom(phase).has(end)),
      phase,
    ).toBe(true);
});

test('nobody pays twice: what is captured is never held or captured again', () => {
  const over: readonly PaymentPhase[] = [
    'captured',
    'short-captured',
    'partly-refunded',
    'refunded',
    'disputed',
  ];
  for (const phase of over)
    for (const next of reachableFrom(phase)) expect(over, `${phase} → ${next}`).toContain(next);
});

test('the guide draws this table', () => {
  const guide = readFileSync(new URL('../../docs/guide/payment.md', import.meta.url), 'utf8');
  const diagram = /```mermaid\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const drawn = [...diagram.matchAll(/^\s*(\S+) --> (\S+?)(?: :.*)?$/gm)].map(
    ([, from, to]) => `${from} ${to}`,
  );
  const declared = phases.flatMap((from) => PAYMENT_TRANSITIONS[from].map((to) => `${from} ${to}`));
  const plain = (arrow: string): string => arrow.replaceAll('-', '_');
  expect(drawn.filter((arrow) => !arrow.includes('[*]')).toSorted()).toEqual(declared.map(plain).toSorted());
});
