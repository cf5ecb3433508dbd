import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../base/index.ts';
import { boxCentre, interactionId, sourceId, trackId, visitId } from '../domain/index.ts';
import type { Facing, Interaction, Plate, PlateId, TrackFrame, VisitId } from '../domain/index.ts';
import { plainFacings, scriptedShop } from '../../test/builders/index.ts';
import { attributionsOf, basketOf, explain, fold } from './fold.ts';
import { bodyOf } from './people/bodies.ts';
import { createFusion, PENDING_MAX } from './fusion-state.ts';
import type { FusionState } from './fusion-state.ts';

const store = scriptedShop({ seed: 5, fixtures: 1, shelvesPerFixture: 3 });
const START = 1_700_000_000_000;
const at = (ms: number) => epochMs(START + ms);
const FIRST = visitId('visit-1');
const SECOND = visitId('visit-2');

const plain = plainFacings(store);
const facing = (index: number): Facing => present(plain[index], 'SHOP_TOO_SMALL');
const TEA = facing(2);
const JAM = facing(9);
const plateOf = (id: PlateId): Plate => present(store.layout.plateById.get(id), 'NO_PLATE');
const weightOf = ({ productId }: Facing): number =>
  present(store.catalogue.byId.get(productId)?.weightGrams, 'NO_WEIGHT');

type Hands = Readonly<Record<string, Facing | null>>;

/** Frames of everybody from `fromMs` to `toMs`, each with a hand at a facing or none. */
function frames(hands: Hands, fromMs: number, toMs: number): TrackFrame[] {
  const all: TrackFrame[] = [];
  for (let ms = fromMs; ms < toMs; ms += 100) {
    const people = Object.entries(hands).map(([name, reached], index) => {
      const place = reached
        ? boxCentre(plateOf(reached.plateIds[0]!).reach)
        : { x: 8 + 3 * index, y: 0, z: 1 };
      const body = { x: place.x, y: place.y - 0.5, confidence: 1 };
      const parts = {
        head: { ...body, z: 1.7 },
        leftWrist: { ...body, z: 0.9 },
        rightWrist: { ...place, confidence: 1 },
      };
      return { trackId: trackId(name), hasEntered: true, parts };
    });
    const observedAtMs = at(ms);
    all.push({
      kind: 'tracks',
      source: sourceId('t'),
      sequence: ms,
      observedAtMs,
      receivedAtMs: observedAtMs,
      people,
    });
  }
  return all;
}

interface StepAt {
  readonly of: Facing;
  readonly atMs: number;
  readonly count: number;
}

/** An interaction in which, at each step, `count` units came to the facing's plate (negative: went). */
function interaction(name: string, phase: Interaction['phase'], steps: readonly StepAt[]): Interaction {
  const plate = plateOf(steps[0]?.of.plateIds[0] ?? TEA.plateIds[0]!);
  const shelf = store.layout.shelves[plate.shelfIndex]!;
  const lastMs = steps.at(-1)?.atMs ?? 0;
  return {
    interactionId: interactionId(name),
    phase,
    shelfId: shelf.shelfId,
    startedAtMs: at((steps[0]?.atMs ?? 0) - 500),
    endedAtMs: at(lastMs + 1000),
    steps: steps.map(({ of, atMs, count }) => ({
      plateId: of.plateIds[0]!,
      leftAtMs: at(atMs - 100),
      settledAtMs: at(atMs),
      deltaGrams: count * weightOf(of),
      sigmaGrams: 1,
    })),
    changes: shelf.plates.map(({ plateId }) => ({ plateId, deltaGrams: 0, sigmaGrams: 1 })),
  };
}

function folded(state: FusionState, frames_: readonly TrackFrame[]): FusionState {
  return frames_.reduce((next, frame) => fold(next, frame), state);
}

const tell = (state: FusionState, told: Interaction): FusionState =>
  fold(state, { kind: 'interaction', interaction: told });
const horizon = (state: FusionState, ms: number): FusionState =>
  fold(state, { kind: 'horizon', atMs: at(ms) });

function held(state: FusionState, visit: VisitId): Record<string, number> {
  return Object.fromEntries(basketOf(state, visit).lines.map((line) => [line.productId, line.quantity]));
}

/** The first shopper takes tea at 1 s; everybody else stands far away. */
function annAtTea(): FusionState {
  return folded(createFusion(store), frames({ first: TEA, second: null }, 0, 3000));
}

describe('provisional, final, retracted', () => {
  const once: StepAt = { of: TEA, atMs: 1000, count: -1 };

  test('a provisional interaction is in the live basket at once, and uncommitted', () => {
    const state = tell(annAtTea(), interaction('a', 'provisional', [once]));
    expect(held(state, FIRST)).toEqual({ [TEA.productId]: 1 });
    expect(held(state, SECOND)).toEqual({});
    expect(horizon(state, 9000).committed).toEqual([]);
    expect(state.pending.size).toBe(1);
  });

  test('the final one replaces it', () => {
    let state = tell(annAtTea(), interaction('a', 'provisional', [once]));
    state = tell(state, interaction('a', 'final', [{ ...once, count: -2 }]));
    expect(held(state, FIRST)).toEqual({ [TEA.productId]: 2 });
    state = horizon(state, 9000);
    expect(state.committed).toHaveLength(1);
    expect(state.pending.size).toBe(0);
    expect(held(state, FIRST)).toEqual({ [TEA.productId]: 2 });
  });

  test('one that ends without steps takes back what was told', () => {
    let state = tell(annAtTea(), interaction('a', 'provisional', [once]));
    state = tell(state, interaction('a', 'final', []));
    expect(held(state, FIRST)).toEqual({});
    expect(horizon(state, 9000).committed).toEqual([]);
  });

  test('nothing is committed that lies ahead of the horizon', () => {
    let state = tell(annAtTea(), interaction('a', 'final', [once]));
    state = horizon(state, 900);
    expect(state.committed).toEqual([]);
    state = horizon(state, 1100);
    expect(state.committed).toHaveLength(1);
    expect(horizon(state, 1200).committed).toEqual([]);
  });
});

describe('a visit that has its receipt while the shelf is still in contact', () => {
  const once: StepAt = { of: TEA, atMs: 1000, count: -1 };
  const twice: StepAt = { of: TEA, atMs: 2600, count: -1 };

  /**
   * Both stand at the tea, and no arm of the second is seen; the first reaches twice and leaves after one step has been
   * told.
   */
  function gone(): FusionState {
    const reaches = [
      ...frames({ first: TEA, second: TEA }, 0, 1400),
      ...frames({ first: null, second: TEA }, 1400, 2200),
      ...frames({ first: TEA, second: TEA }, 2200, 3000),
    ];
    const beside = reaches.map((frame) => ({
      ...frame,
      people: frame.people.map(({ parts: { rightWrist, ...parts }, ...person }) => ({
        ...person,
        parts: person.trackId === 'first' ? { ...parts, rightWrist: rightWrist! } : parts,
      })),
    }));
    let state = folded(createFusion(store), beside);
    state = tell(state, interaction('a', 'provisional', [once]));
    state = fold(state, { kind: 'visit-left', visitId: FIRST });
    return fold(state, { kind: 'visit-ended', visitId: FIRST, isTrusted: true });
  }

  test('has done what is told of that time later, and nobody else has', () => {
    let state = horizon(gone(), 5000);
    expect([...state.ended.keys()]).toEqual([FIRST]);
    state = tell(state, interaction('a', 'final', [once, twice]));
    expect(held(state, FIRST)).toEqual({ [TEA.productId]: 2 });
    expect(held(state, SECOND)).toEqual({});
    state = horizon(state, 9000);
    expect(state.committed.map(({ candidates }) => candidates[0]!.moves[0]!.visitId)).toEqual([FIRST, FIRST]);
    expect(state.ended.size + state.bodies.aside.size).toBe(0);
    expect(held(state, FIRST)).toEqual({});
  });

  test('has no part in what happens after it', () => {
    let state = folded(gone(), frames({ second: null }, 3000, 9000));
    state = tell(state, interaction('b', 'final', [{ of: TEA, atMs: 8000, count: -1 }]));
    expect(attributionsOf(state, FIRST).map(({ interactionId: id }) => id)).not.toContain('b');
  });

  test('is forgotten in time where nothing that is pending is of its time', () => {
    const state = tell(gone(), interaction('a', 'final', []));
    expect(horizon(state, 4000).ended.size).toBe(1);
    expect(horizon(state, 4500).ended.size).toBe(0);
    expect(bodyOf(state.bodies, FIRST)).toBeNull();
  });
});

describe('a day that ends while a shelf is still in contact', () => {
  const first: StepAt = { of: TEA, atMs: 1000, count: -1 };
  const later: StepAt = { of: TEA, atMs: 20_000, count: -1 };

  test('what was committed early is not taken twice', () => {
    let state = tell(annAtTea(), interaction('a', 'provisional', [first]));
    state = fold(state, { kind: 'settle', atMs: at(4000) });
    expect(state.committed).toHaveLength(1);
    state = tell(state, interaction('a', 'final', [{ ...first, atMs: 1100 }]));
    expect(horizon(state, 9000).committed).toEqual([]);
    expect(held(state, FIRST)).toEqual({ [TEA.productId]: 1 });
    expect(state.counters.lateFinals).toBe(1);
    expect(state.committedEarly.size).toBe(0);
  });

  test('what the next shopper does in the same contact is theirs', () => {
    let state = tell(annAtTea(), interaction('a', 'provisional', [first]));
    state = fold(state, { kind: 'settle', atMs: at(4000) });
    state = fold(state, { kind: 'visit-ended', visitId: FIRST, isTrusted: false });
    state = folded(state, frames({ second: TEA }, 19_000, 22_000));
    state = tell(state, interaction('a', 'provisional', [first, later]));
    expect(held(state, SECOND)).toEqual({ [TEA.productId]: 1 });
    state = tell(state, interaction('a', 'final', [first, later]));
    state = horizon(state, 30_000);
    expect(state.committed).toHaveLength(1);
    expect(held(state, SECOND)).toEqual({ [TEA.productId]: 1 });
  });

  test('what happened after it waits', () => {
    let state = tell(annAtTea(), interaction('a', 'final', [{ of: JAM, atMs: 9000, count: -1 }]));
    state = fold(state, { kind: 'settle', atMs: at(4000) });
    expect(state.committed).toEqual([]);
    expect(state.pending.size).toBe(1);
  });
});

describe('order', () => {
  test('a put-back told before the pick that it undoes is applied after it', () => {
    const reaching = [
      ...frames({ first: TEA }, 0, 3000),
      ...frames({ first: null }, 3000, 4000),
      ...frames({ first: TEA }, 4000, 7000),
    ];
    let state = folded(createFusion(store), reaching);
    const pick = interaction('pick', 'final', [{ of: TEA, atMs: 1000, count: -1 }]);
    const back = interaction('back', 'final', [{ of: TEA, atMs: 5000, count: 1 }]);
    state = tell(tell(state, back), pick);
    state = horizon(state, 9000);
    expect(state.committed.map((told) => told.candidates[0]?.moves[0]?.kind)).toEqual(['pick', 'put-back']);
    expect(held(state, FIRST)).toEqual({});
    expect(basketOf(state, FIRST).probabilityAllRight).toBeGreaterThan(0.9);
  });

  test('what one takes and another puts back a second later, in one contact, is of two people', () => {
    const walk = (name: string, atMs: number): TrackFrame[] => frames({ [name]: TEA }, atMs, atMs + 700);
    let state = folded(annAtTea(), [
      ...frames({ first: null, second: null }, 3000, 4000),
      ...walk('second', 4000),
      ...frames({ first: null, second: null }, 4700, 5000),
      ...walk('first', 5000),
    ]);
    state = tell(state, interaction('first', 'final', [{ of: TEA, atMs: 1000, count: -1 }]));
    const both = [
      { of: TEA, atMs: 4350, count: -1 },
      { of: TEA, atMs: 5350, count: 1 },
    ];
    state = horizon(tell(state, interaction('both', 'final', both)), 9000);
    expect(held(state, SECOND)).toEqual({ [TEA.productId]: 1 });
    expect(held(state, FIRST)).toEqual({});
  });

  test('a provisional one that is earlier holds later ones back', () => {
    let state = folded(annAtTea(), frames({ first: JAM }, 3000, 6000));
    state = tell(state, interaction('early', 'provisional', [{ of: TEA, atMs: 1000, count: -1 }]));
    state = tell(state, interaction('late', 'final', [{ of: JAM, atMs: 4500, count: -1 }]));
    expect(horizon(state, 9000).committed).toEqual([]);
    state = tell(state, interaction('early', 'final', [{ of: TEA, atMs: 1000, count: -1 }]));
    expect(horizon(state, 9000).committed).toHaveLength(2);
  });

  test('one that stays open for long is committed as it stands, before what came later', () => {
    let state = folded(annAtTea(), frames({ first: JAM }, 3000, 6000));
    state = tell(state, interaction('early', 'provisional', [{ of: TEA, atMs: 1000, count: -1 }]));
    state = tell(state, interaction('late', 'final', [{ of: JAM, atMs: 4500, count: -1 }]));
    const { committed } = horizon(state, 15_000);
    expect(committed.map(({ interactionId: id }) => id)).toEqual(['early', 'late']);
  });

  test('a horizon that comes in many small parts commits the same', () => {
    const steps = [1000, 4500].map((atMs, index) => ({ of: index === 0 ? TEA : JAM, atMs, count: -1 }));
    const run = (horizons: readonly number[]): unknown => {
      let state = folded(annAtTea(), frames({ first: JAM, second: null }, 3000, 6000));
      const committed: unknown[] = [];
      steps.forEach((step, index) => (state = tell(state, interaction(`i${index}`, 'final', [step]))));
      for (const ms of horizons) {
        state = horizon(state, ms);
        committed.push(...state.committed);
      }
      return [committed, basketOf(state, FIRST), attributionsOf(state, FIRST)];
    };
    const small = Array.from({ length: 90 }, (_, index) => index * 100);
    expect(run(small)).toEqual(run([9000]));
  });
});

describe('what is taken and put back again within one contact', () => {
  const steps: readonly StepAt[] = [
    { of: TEA, atMs: 1000, count: -1 },
    { of: TEA, atMs: 2500, count: 1 },
  ];

  test('is told as both, though nobody held it yet when the contact was read', () => {
    const state = horizon(tell(annAtTea(), interaction('a', 'final', steps)), 9000);
    expect(state.committed.map((told) => told.candidates[0]?.moves[0])).toMatchObject([
      { kind: 'pick', visitId: FIRST, items: [{ productId: TEA.productId, count: 1 }] },
      { kind: 'put-back', visitId: FIRST, items: [{ productId: TEA.productId, count: 1 }] },
    ]);
    expect(held(state, FIRST)).toEqual({});
  });
});

describe('a thing of somebody’s own that weighs about what a product does', () => {
  const taken: StepAt = { of: TEA, atMs: 1000, count: -1 };
  const told = (...steps: readonly StepAt[]): FusionState =>
    steps.reduce(
      (state, step) => tell(state, interaction(`at ${step.atMs}`, 'final', [step])),
      folded(createFusion(store), frames({ first: TEA }, 0, 9000)),
    );

  test.each([1, 1.02, 0.98])(
    'laid down at %f of it and taken away again takes and gives nothing',
    (count) => {
      const down: StepAt = { of: TEA, atMs: 4000, count };
      const away: StepAt = { of: TEA, atMs: 7000, count: -count };
      const state = horizon(told(taken, down, away), 9000);
      expect(held(state, FIRST)).toEqual({ [TEA.productId]: 1 });
      expect(basketOf(state, FIRST).probabilityAllRight).toBeGreaterThan(0.9);
    },
  );

  test('may be the product itself while it lies there, and is the more likely that', () => {
    const state = horizon(told(taken, { of: TEA, atMs: 4000, count: 1 }), 9000);
    expect(held(state, FIRST)).toEqual({});
  });
});

describe('what is remembered', () => {
  test('pending interactions are bounded: the oldest is committed', () => {
    let state = annAtTea();
    for (let index = 0; index < PENDING_MAX + 5; index++)
      state = tell(
        state,
        interaction(`i${index}`, 'provisional', [{ of: TEA, atMs: 1000 + index, count: -1 }]),
      );
    expect(state.pending.size).toBe(PENDING_MAX);
    expect(state.counters.forced).toBe(5);
    expect(state.committedEarly.size).toBe(5);
  });

  test('every line can be explained, and what is forgotten cannot', () => {
    let state = tell(annAtTea(), interaction('a', 'final', [{ of: TEA, atMs: 1000, count: -1 }]));
    state = horizon(state, 9000);
    const [why] = explain(state, FIRST, TEA.productId);
    expect(why).toMatchObject({ interactionId: 'a', plateIds: [TEA.plateIds[0]] });
    expect(why!.candidates[0]!.moves).toEqual([
      { kind: 'pick', visitId: FIRST, items: [{ productId: TEA.productId, count: 1 }] },
    ]);
    expect(explain(state, FIRST, JAM.productId)).toEqual([]);
    state = fold(state, { kind: 'visit-ended', visitId: FIRST, isTrusted: true });
    state = horizon(state, 9100);
    expect(attributionsOf(state, FIRST)).toEqual([]);
    expect(state.groups.has(FIRST) || bodyOf(state.bodies, FIRST) !== null || state.ended.has(FIRST)).toBe(
      false,
    );
    expect(state.weights.get(TEA.productId)?.listed?.observations).toBe(1);
  });

  test('a visit that is not trusted teaches nothing', () => {
    let state = tell(annAtTea(), interaction('a', 'final', [{ of: TEA, atMs: 1000, count: -1 }]));
    state = fold(horizon(state, 9000), { kind: 'visit-ended', visitId: FIRST, isTrusted: false });
    state = horizon(state, 9100);
    expect(state.weights.get(TEA.productId)?.listed?.observations).toBe(0);
  });

  test('looking at a basket changes nothing', () => {
    const state = tell(annAtTea(), interaction('a', 'provisional', [{ of: TEA, atMs: 1000, count: -1 }]));
    const before = JSON.stringify([...state.groups.keys(), ...state.places.things]);
    const first = basketOf(state, FIRST);
    expect(basketOf(state, FIRST)).toEqual(first);
    expect(JSON.stringify([...state.groups.keys(), ...state.places.things])).toBe(before);
  });
});
