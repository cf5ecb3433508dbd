/**
 * People who walk make every fixture near them ring, step by step. The story does not say where feet come down, so
 * walks past a fixture come at random, and some transfers are followed by one. A step is felt by 1 / (1 + (d/r)²) at
 * the distance d between the middles of two fixtures.
 */
import { transformPoint } from '../../domain/index.ts';
import type { Fixture, Point3 } from '../../domain/index.ts';
import type { Random } from '../../base/index.ts';
import { within } from './draw.ts';
import type { FixtureState } from './fixture-state.ts';
import { insertByStart } from './plate-effects.ts';
import type { PlateSettings } from './settings.ts';

/** Weaker than this nobody feels a step. */
const FELT_SHARE_MIN = 0.04;
/** One step is so much stronger or weaker than another. */
const STEP_STRENGTH = { least: 0.4, most: 1.6 };
/** A foot comes down in so many jolts, either way, while it rolls. */
const STEP_JOLTS = 8;
const STEP_ROLLS_S = { least: 0, most: 0.35 };
const JOLT_STRENGTH = { least: -0.85, most: 0.85 };

export interface Walk {
  readonly startsAtMs: number;
  readonly nearFixtureIndex: number;
  /** Passing by grows and fades; walking away only fades. */
  readonly isPassing: boolean;
}

function middleOf(fixture: Fixture): Point3 {
  const { storeFromBox, sizeM } = fixture.body;
  return transformPoint(storeFromBox, { x: sizeM.x / 2, y: sizeM.y / 2, z: 0 });
}

/** Share of a step at one fixture that another feels. */
function feltShare(at: { readonly near: Fixture; readonly far: Fixture }, reachM: number): number {
  const a = middleOf(at.near);
  const b = middleOf(at.far);
  const squareM2 = (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
  return 1 / (1 + squareM2 / (reachM * reachM));
}

/** How strong each jolt of each step of a walk is, and when it comes. */
function joltsOf(walk: Walk, settings: PlateSettings, random: Random): { atMs: number; strength: number }[] {
  const count = Math.round(within(random, settings.walkSteps));
  let atMs = walk.startsAtMs;
  return Array.from({ length: count }, (_, index) => {
    const through = (index + 1) / (count + 1);
    const nearness = walk.isPassing ? 4 * through * (1 - through) : settings.walkAwayStrength * (1 - through);
    const strength = nearness * within(random, STEP_STRENGTH);
    const jolts = Array.from({ length: STEP_JOLTS }, () => ({
      atMs: atMs + within(random, STEP_ROLLS_S) * 1000,
      strength: strength * within(random, JOLT_STRENGTH),
    }));
    atMs += within(random, settings.footstepEveryS) * 1000;
    return jolts;
  }).flat();
}

/** Makes a walk felt by all fixtures near it. */
export function walkPast(
  walk: Walk,
  at: {
    readonly states: readonly FixtureState[];
    readonly settings: PlateSettings;
    readonly random: Random;
  },
): void {
  const jolts = joltsOf(walk, at.settings, at.random);
  const near = at.states[walk.nearFixtureIndex]!.fixture;
  for (const state of at.states) {
    const felt = feltShare({ near, far: state.fixture }, at.settings.footstepReachM);
    if (felt < FELT_SHARE_MIN) continue;
    for (const { atMs, strength } of jolts)
      insertByStart(state.kicks, {
        startsAtMs: atMs,
        fromColumn: 0,
        toColumn: state.fixture.plates.length,
        grams: strength * felt,
        by: 'footstep',
      });
  }
}
