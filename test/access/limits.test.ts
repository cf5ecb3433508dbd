import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GATE_DEFAULTS, RateLimit, SignInGate } from '../../src/access/index.ts';
import { codeOf, NOW } from './people.ts';

describe('a rate limit', () => {
  test('lets through, over any span, no more than the burst and what was refilled in it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3000 }), { maxLength: 200 }), (pauses) => {
        const settings = { burst: 5, refillMs: 1000, capacity: 10 };
        const limit = new RateLimit(settings);
        const passed: number[] = [];
        let ms = NOW;
        for (const pause of pauses) {
          ms += pause;
          if (limit.take('a', ms) === 0) passed.push(ms);
        }
        const allowed = (fromMs: number, toMs: number): number =>
          settings.burst + (toMs - fromMs) / settings.refillMs + 1e-6;
        const excess = passed.flatMap((from, first) =>
          passed.slice(first).filter((to, later) => later + 1 > allowed(from, to)),
        );
        expect(excess).toEqual([]);
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  test('says how long to wait, and that is enough', () => {
    const limit = new RateLimit({ burst: 2, refillMs: 1000, capacity: 10 });
    expect([limit.take('a', 0), limit.take('a', 0)]).toEqual([0, 0]);
    expect(limit.take('a', 400)).toBe(600);
    expect(limit.take('b', 400)).toBe(0);
    expect(limit.take('a', 1000)).toBe(0);
  });

  test('refills nothing when a clock steps back', () => {
    const limit = new RateLimit({ burst: 1, refillMs: 1000, capacity: 10 });
    expect(limit.take('a', 10_000)).toBe(0);
    expect(limit.take('a', 0)).toBe(1000);
    expect(limit.take('a', 10_999)).toBeGreaterThan(0);
    expect(limit.take('a', 11_000)).toBe(0);
    const pair = new RateLimit({ burst: 2, refillMs: 1000, capacity: 10 });
    expect([pair.take('a', 10_000), pair.take('a', 0)]).toEqual([0, 0]);
    expect(pair.take('a', 10_000)).toBe(1000);
  });

  test('keeps no more names than its capacity, and a flood of names does not make it forget who is under attack', () => {
    const limit = new RateLimit({ burst: 5, refillMs: 60_000, capacity: 100 });
    for (let attempt = 0; attempt < 5; attempt++) limit.take('victim', NOW);
    for (let stranger = 0; stranger < 5000; stranger++) {
      limit.take(`stranger-${stranger}`, NOW + 1);
      expect(limit.nameCount).toBeLessThanOrEqual(100);
    }
    expect(limit.take('victim', NOW + 2)).toBeGreaterThan(0);
    expect(limit.forgottenCount).toBe(4901);
  });

  test('forgets without loss what is full again', () => {
    const limit = new RateLimit({ burst: 2, refillMs: 1000, capacity: 3 });
    for (const name of ['a', 'b', 'c']) limit.take(name, 0);
    limit.take('d', 5000);
    expect([limit.nameCount, limit.forgottenCount]).toEqual([3, 0]);
  });
});

describe('signing in', () => {
  const owner = { who: 'acme/mira', address: 'home', atMs: NOW };

  test('stops who guesses from one place, and for no longer than a refill', () => {
    const gate = new SignInGate();
    const answers = Array.from({ length: 8 }, () => codeOf(gate.enter(owner)));
    expect(answers.filter((code) => code === null)).toHaveLength(GATE_DEFAULTS.pair.burst);
    expect(answers.at(-1)).toBe('RATE_LIMITED');
    expect(gate.enter({ ...owner, atMs: NOW + GATE_DEFAULTS.pair.refillMs }).ok).toBe(true);
  });

  test('stops who tries many logins from one place, and one login from many places', () => {
    const passed = (attempt: (n: number) => { who: string; address: string }): number => {
      const gate = new SignInGate();
      return Array.from({ length: 100 }, (_, n) => gate.enter({ ...attempt(n), atMs: NOW })).filter(
        (each) => each.ok,
      ).length;
    };
    expect(passed((n) => ({ who: `acme/${n}`, address: 'evil' }))).toBe(GATE_DEFAULTS.address.burst);
    expect(passed((n) => ({ who: 'acme/mira', address: `evil-${n}` }))).toBe(GATE_DEFAULTS.login.burst);
  });

  test('cannot be used to lock somebody out: from where they were before they get in, elsewhere within a refill', () => {
    const gate = new SignInGate();
    expect(gate.enter(owner).ok).toBe(true);
    gate.succeeded(owner);
    for (let n = 0; n < 500; n++) gate.enter({ who: owner.who, address: `evil-${n}`, atMs: NOW });
    expect(gate.enter(owner).ok).toBe(true);
    const elsewhere = { who: owner.who, address: 'hotel', atMs: NOW };
    expect(codeOf(gate.enter(elsewhere))).toBe('RATE_LIMITED');
    expect(gate.enter({ ...elsewhere, atMs: NOW + GATE_DEFAULTS.login.refillMs }).ok).toBe(true);
  });

  test('costs nothing when it goes well', () => {
    const gate = new SignInGate();
    for (let n = 0; n < 100; n++) {
      expect(gate.enter(owner).ok).toBe(true);
      gate.succeeded(owner);
    }
  });
});
