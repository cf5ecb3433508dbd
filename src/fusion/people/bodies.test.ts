import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../../base/index.ts';
import { gateId, sourceId, trackId, visitId } from '../../domain/index.ts';
import type { TrackedPerson, TrackFrame } from '../../domain/index.ts';
import { bodyOf, createBodies, everybody, followFrame, forgetBody, setAside } from './bodies.ts';
import type { Bodies } from './bodies.ts';

const START = 1_700_000_000_000;

interface SeenAt {
  readonly id: string;
  readonly x: number;
  readonly isIn?: boolean;
  /** Height of the head. */
  readonly z?: number;
}

const person = ({ id, x, isIn = false, z = 1.7 }: SeenAt): TrackedPerson => ({
  trackId: trackId(id),
  hasEntered: isIn,
  parts: { head: { x, y: 0, z, confidence: 1 } },
});

function show(bodies: Bodies, atMs: number, people: readonly SeenAt[]): void {
  const frame: TrackFrame = {
    kind: 'tracks',
    source: sourceId('tracks'),
    sequence: atMs,
    observedAtMs: epochMs(START + atMs),
    receivedAtMs: epochMs(START + atMs),
    people: people.map(person),
  };
  followFrame(bodies, frame);
}

const idsOf = (bodies: Bodies): string[][] =>
  [...bodies.byVisit.values()].map((body) => body.trackIds.map(String)).sort();

const bodyWith = (bodies: Bodies, id: string) => present(bodies.byTrack.get(trackId(id)), 'NO_BODY');

describe('one body, several ids', () => {
  test('an id that appears where a body was lost is that body', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, 2000, [{ id: 'b', x: 2 }]);
    expect(idsOf(bodies)).toEqual([['a', 'b']]);
    expect(bodies).toMatchObject({ bodyCount: 1, linkCount: 1 });
  });

  test('nobody walks faster than people do', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, 1000, [{ id: 'b', x: 3.2 }]);
    expect(idsOf(bodies)).toEqual([['a'], ['b']]);
  });

  test('after a minute nobody is looked for any more', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, 60_001, [{ id: 'b', x: 0 }]);
    expect(idsOf(bodies)).toEqual([['a'], ['b']]);
  });

  test('of two lost bodies it is the one that fits best', () => {
    const bodies = createBodies(10);
    const both = [
      { id: 'a', x: 0, isIn: true },
      { id: 'b', x: 1.5, isIn: true },
    ];
    show(bodies, 0, both);
    show(bodies, 500, [{ id: 'c', x: 1.2 }]);
    expect(idsOf(bodies)).toEqual([['a'], ['b', 'c']]);
  });

  test('a body that is in the frame is not lost', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, 100, [
      { id: 'b', x: 0.1 },
      { id: 'a', x: 0.1, isIn: true },
    ]);
    expect(idsOf(bodies)).toEqual([['a'], ['b']]);
  });
});

describe('several bodies to choose from', () => {
  test('several who come back at once are each the one whom they fit best, in whatever order they stand', () => {
    const come = (back: readonly SeenAt[]): string[][] => {
      const bodies = createBodies(10);
      show(bodies, 0, [
        { id: 'a', x: 0, isIn: true },
        { id: 'b', x: 1.2, isIn: true },
      ]);
      show(bodies, 3000, back);
      return idsOf(bodies);
    };
    // Alone, c would be a: but a is d still more.
    const back = [
      { id: 'c', x: 0.5 },
      { id: 'd', x: 0.1 },
    ];
    const each = [
      ['a', 'd'],
      ['b', 'c'],
    ];
    expect([come(back), come(back.toReversed())]).toEqual([each, each]);
  });

  test('the tall one who comes back is not the short one, though the short one was nearer', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [
      { id: 'short', x: 0, isIn: true, z: 1.5 },
      { id: 'tall', x: 0.8, isIn: true, z: 1.8 },
    ]);
    show(bodies, 3000, [{ id: 'c', x: 0.3, z: 1.81 }]);
    expect(idsOf(bodies)).toEqual([['short'], ['tall', 'c']]);
  });
});

describe('ids with an entrance of their own', () => {
  test.each([
    { gapMs: 300, x: 0.3, isSame: true },
    { gapMs: 300, x: 1.5, isSame: false },
    { gapMs: 2000, x: 0.1, isSame: false },
  ])('after $gapMs ms at $x m: same body is $isSame', ({ gapMs, x, isSame }) => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, gapMs, [{ id: 'b', x, isIn: true }]);
    expect(bodies.byVisit.size).toBe(isSame ? 1 : 2);
  });

  test('at a gate one leaves as the next comes in, and they stay two; away from it the tracker lost an id', () => {
    const gate = { gateId: gateId('door'), placeInStore: { x: 0, y: 0, z: 0 }, widthM: 1 };
    const meet = (x: number): number => {
      const bodies = createBodies(10, [gate]);
      show(bodies, 0, [{ id: 'leaves', x, isIn: true }]);
      show(bodies, 200, [{ id: 'comes', x, isIn: true }]);
      return bodies.byVisit.size;
    };
    expect([meet(0.2), meet(1.4), meet(3)]).toEqual([2, 2, 1]);
  });

  test('the id that came in names the body, whichever was seen first', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'ghost', x: 0 }]);
    expect(bodyWith(bodies, 'ghost').enteredAs).toBeNull();
    show(bodies, 200, [{ id: 'a', x: 0.1, isIn: true }]);
    expect(bodyWith(bodies, 'ghost')).toMatchObject({ enteredAs: 'a', trackIds: ['ghost', 'a'] });
  });
});

describe('ids that the tracker mixed up', () => {
  test('go on with the other body, and the ids that came in stay the names', () => {
    const bodies = createBodies(10);
    const [a, b] = [
      { id: 'a', isIn: true },
      { id: 'b', isIn: true },
    ];
    for (const atMs of [0, 70, 140])
      show(bodies, atMs, [
        { ...a, x: 0 },
        { ...b, x: 0.7 },
      ]);
    const [ofA, ofB] = [bodyWith(bodies, 'a'), bodyWith(bodies, 'b')];
    for (const atMs of [210, 280])
      show(bodies, atMs, [
        { ...a, x: 0.7 },
        { ...b, x: 0 },
      ]);
    expect([bodyWith(bodies, 'a'), bodyWith(bodies, 'b')]).toEqual([ofB, ofA]);
    expect([ofA.enteredAs, ofB.enteredAs]).toEqual(['a', 'b']);
    expect(bodies.swapCount).toBe(1);
    forgetBody(bodies, ofA.visitId);
    expect([...bodies.byTrack.keys()]).toEqual(['a']);
    expect(ofB.samples.newest()?.head?.x).toBe(0.7);
  });
});

describe('links that were wrong', () => {
  const linked = (): Bodies => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, 1000, [{ id: 'b', x: 1 }]);
    return bodies;
  };

  test.each([['a before b'], ['b before a']])('both ids at once undo it: %s in the frame', (order) => {
    const bodies = linked();
    const before = bodyWith(bodies, 'a');
    const both = [
      { id: 'a', x: 0, isIn: true },
      { id: 'b', x: 1 },
    ];
    show(bodies, 1100, order === 'a before b' ? both : both.toReversed());
    expect(idsOf(bodies)).toEqual([['a'], ['b']]);
    expect(bodies.undoneLinkCount).toBe(1);
    // Who came in keeps the visit and what is in it; the other begins anew.
    expect(bodyWith(bodies, 'a')).toBe(before);
    expect(bodyWith(bodies, 'b')).toMatchObject({ enteredAs: null, firstSeenAtMs: START + 1100 });
  });

  test('the visit stays with the id that came in, even where a stranger was seen before it', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'ghost', x: 0 }]);
    show(bodies, 200, [{ id: 'a', x: 0.1, isIn: true }]);
    const visit = bodyWith(bodies, 'a').visitId;
    show(bodies, 300, [
      { id: 'ghost', x: 0 },
      { id: 'a', x: 0.2, isIn: true },
    ]);
    expect(bodyWith(bodies, 'a')).toMatchObject({ visitId: visit, trackIds: ['a'], enteredAs: 'a' });
    expect(bodyWith(bodies, 'ghost')).toMatchObject({ trackIds: ['ghost'], enteredAs: null });
  });

  test('an id that stands twice in a frame is one body', () => {
    const bodies = createBodies(10);
    for (const atMs of [0, 100, 200]) {
      show(bodies, atMs, [
        { id: 'a', x: 0, isIn: true },
        { id: 'a', x: 4, isIn: true },
      ]);
    }
    expect(idsOf(bodies)).toEqual([['a']]);
    expect(bodyWith(bodies, 'a').samples.newest()?.head?.x).toBe(0);
  });
});

describe('a body', () => {
  test('ids of 64 bits stay apart', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [
      { id: '3325379692103139202', x: 0, isIn: true },
      { id: '3325379692103139203', x: 5, isIn: true },
    ]);
    expect(idsOf(bodies)).toEqual([['3325379692103139202'], ['3325379692103139203']]);
  });

  test('the order of people in a frame changes nothing', () => {
    const people = [
      { id: 'a', x: 0, isIn: true },
      { id: 'b', x: 2, isIn: true },
      { id: 'c', x: 4 },
    ];
    const one = createBodies(10);
    const other = createBodies(10);
    for (const atMs of [0, 100, 200]) {
      show(one, atMs, people);
      show(other, atMs, people.toReversed());
    }
    const told = (bodies: Bodies) =>
      ['a', 'b', 'c'].map((id) => ({
        ids: bodyWith(bodies, id).trackIds,
        enteredAs: bodyWith(bodies, id).enteredAs,
        places: [...bodyWith(bodies, id).samples].map((sample) => sample.head?.x),
      }));
    expect(told(other)).toEqual(told(one));
  });

  test('keeps its newest places only, and its time never goes back', () => {
    const bodies = createBodies(3);
    for (const atMs of [0, 100, 200, 300, 280]) show(bodies, atMs, [{ id: 'a', x: atMs }]);
    const body = bodyWith(bodies, 'a');
    expect([...body.samples].map((sample) => sample.head?.x)).toEqual([200, 300, 280]);
    expect(body.lastSeenAtMs).toBe(START + 300);
  });

  test('is found again by whatever part is seen', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    const shoulder = { x: 0.2, y: 0, z: 1.4, confidence: 1 };
    followFrame(bodies, {
      kind: 'tracks',
      source: sourceId('tracks'),
      sequence: 1,
      observedAtMs: epochMs(START + 500),
      receivedAtMs: epochMs(START + 500),
      people: [
        { trackId: trackId('b'), hasEntered: false, parts: { rightShoulder: shoulder } },
        { trackId: trackId('nowhere'), hasEntered: false, parts: {} },
      ],
    });
    expect(idsOf(bodies)).toEqual([['a', 'b'], ['nowhere']]);
  });
});

describe('a body that is gone', () => {
  test('is known, but nobody who is seen from then on is it', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    const left = bodyWith(bodies, 'a');
    setAside(bodies, left.visitId);
    expect([...everybody(bodies)]).toEqual([left]);
    expect(bodyOf(bodies, left.visitId)).toBe(left);
    expect(left.leftAtMs).toBe(left.lastSeenAtMs);
    show(bodies, 500, [{ id: 'b', x: 0.1 }]);
    show(bodies, 600, [
      { id: 'b', x: 0.1 },
      { id: 'a', x: 5, isIn: true },
    ]);
    expect(left.trackIds).toEqual(['a']);
    expect(bodies.byVisit.size).toBe(2);
    expect(left.samples.size).toBe(1);
  });

  test('is forgotten with all its ids', () => {
    const bodies = createBodies(10);
    show(bodies, 0, [{ id: 'a', x: 0, isIn: true }]);
    show(bodies, 1000, [{ id: 'b', x: 1 }]);
    forgetBody(bodies, bodyWith(bodies, 'b').visitId);
    forgetBody(bodies, visitId('never'));
    expect(bodies.byTrack.size + bodies.byVisit.size + bodies.aside.size).toBe(0);
  });
});
