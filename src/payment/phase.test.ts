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

test('the guide draws nothing that cannot be, and lists all that can', () => {
  const guide = readFileSync(new URL('../../docs/guide/payment.md', import.meta.url), 'utf8');
  const diagram = /```mermaid\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const drawn = [...diagram.matchAll(/^\s*(\w+) --> (\w+)/gm)].map(([, from, to]) => ({ from, to }));
  const named = (name: string | undefined): PaymentPhase => (name ?? '').replaceAll('_', '-') as PaymentPhase;
  for (const { from, to } of drawn) expect(PAYMENT_TRANSITIONS[named(from)], from).toContain(named(to));
  expect(new Set(drawn.flatMap(({ from, to }) => [named(from), named(to)]))).toEqual(new Set(phases));
  const rows = [...guide.matchAll(/^\| ([a-z-]+) +\| ([a-z-]+(?:, [a-z-]+)*) +\|$/gm)];
  const listed = new Map(rows.map(([, from, to]) => [from, to?.split(', ')]));
  for (const phase of phases) expect(listed.get(phase), phase).toEqual(PAYMENT_TRANSITIONS[phase]);
});
