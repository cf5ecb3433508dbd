import { expect, test } from 'vitest';
import { epochMs } from '../base/index.ts';
import { trackId, visitId } from './ids.ts';
import { moveVisitTo, VISIT_TRANSITIONS } from './visit.ts';
import type { Visit, VisitState } from './visit.ts';

const states = Object.keys(VISIT_TRANSITIONS) as VisitState[];

function reachableFrom(start: VisitState): Set<VisitState> {
  const reached = new Set<VisitState>([start]);
  for (const state of reached) for (const next of VISIT_TRANSITIONS[state]) reached.add(next);
  return reached;
}

const visitIn = (state: VisitState): Visit => ({
  visitId: visitId('v1'),
  state,
  trackIds: [trackId('t1')],
  enteredAtMs: epochMs(0),
  lastSeenAtMs: epochMs(1),
});

test('every state can be reached from entering', () => {
  expect([...reachableFrom('entering')].toSorted()).toEqual(states.toSorted());
});

test('every visit can come to an end: closed or abandoned', () => {
  const ends = states.filter((state) => VISIT_TRANSITIONS[state].length === 0);
  expect(ends.toSorted()).toEqual(['abandoned', 'closed']);
  for (const state of states)
    expect(
      ends.some((end) => reachableFrom(state).has(end)),
      state,
    ).toBe(true);
});

test('a visit moves as the table says, and not otherwise', () => {
  for (const from of states) {
    for (const to of states) {
      const move = (): Visit => moveVisitTo(visitIn(from), to);
      if (VISIT_TRANSITIONS[from].includes(to)) expect(move()).toEqual(visitIn(to));
      else expect(move).toThrow('VISIT_TRANSITION_UNKNOWN');
    }
  }
});

test('no state follows itself', () => {
  for (const state of states) expect(VISIT_TRANSITIONS[state]).not.toContain(state);
});
