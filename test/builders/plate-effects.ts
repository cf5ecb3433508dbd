/**
 * What a disturbance does to the plates of a fixture, as sums of simple curves. SIMULATED, a test builder; sizes are
 * those measured on one real recording: a step, hand force around it, ringing of 4–18 g that dies within two seconds,
 * neighbours that move by 0.5–1.6 % of the step with its sign (a −623 g step was seen with −7 and −10 g beside it),
 * and bursts up to ±100 g on a whole fixture.
 */
import type { Random } from '../../src/base/index.ts';
import type { Fixture, Plate, Shelf } from '../../src/domain/index.ts';
import type { Disturbance, PlateShare } from './story.ts';

/** Adds `gramsAt(ms)` to one column from `startsAtMs`; at `endsAtMs` only `lastingGrams` stays. */
export interface PlateEffect {
  readonly columnIndex: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly lastingGrams: number;
  gramsAt(ms: number): number;
}

const STEP_RAMP_MS = 60;
const RINGING_MS = 2000;
const TOUCH_SHARE = 0.3;

interface Wave {
  readonly columnIndex: number;
  readonly startsAtMs: number;
  readonly peakGrams: number;
  readonly decayMs: number;
  readonly hz: number;
  readonly phase: number;
}

/** A decaying oscillation: A · cos(2πft + φ) · e^(−t/τ), cut off after 2 s. */
function ringing(wave: Wave): PlateEffect {
  const { columnIndex, startsAtMs } = wave;
  const radPerMs = (2 * Math.PI * wave.hz) / 1000;
  return {
    columnIndex,
    startsAtMs,
    endsAtMs: startsAtMs + RINGING_MS,
    lastingGrams: 0,
    gramsAt: (ms) => {
      const sinceMs = ms - startsAtMs;
      return wave.peakGrams * Math.cos(radPerMs * sinceMs + wave.phase) * Math.exp(-sinceMs / wave.decayMs);
    },
  };
}

function randomRinging(
  random: Random,
  at: Pick<Wave, 'columnIndex' | 'startsAtMs' | 'peakGrams'>,
): PlateEffect {
  const decayMs = 250 + random.uniform() * 350;
  const hz = 2.5 + random.uniform() * 5;
  return ringing({ ...at, decayMs, hz, phase: random.uniform() * 2 * Math.PI });
}

function step(columnIndex: number, atMs: number, deltaGrams: number): PlateEffect {
  const startsAtMs = atMs - STEP_RAMP_MS / 2;
  return {
    columnIndex,
    startsAtMs,
    endsAtMs: startsAtMs + STEP_RAMP_MS,
    lastingGrams: deltaGrams,
    gramsAt: (ms) => (deltaGrams * (ms - startsAtMs)) / STEP_RAMP_MS,
  };
}

/** A push that swells and fades: F · sin(πu). */
function push(
  at: { columnIndex: number; startsAtMs: number; endsAtMs: number },
  forceGrams: number,
): PlateEffect {
  const lastsMs = at.endsAtMs - at.startsAtMs;
  return {
    ...at,
    lastingGrams: 0,
    gramsAt: (ms) => forceGrams * Math.sin((Math.PI * (ms - at.startsAtMs)) / lastsMs),
  };
}

type StepDisturbance = Extract<Disturbance, { kind: 'step' }>;

function crossTalk(random: Random, it: StepDisturbance, source: PlateShare): PlateEffect[] {
  const { plates } = it.shelf;
  const position = plates.indexOf(source.plate);
  return [-2, -1, 1, 2].flatMap((offset) => {
    const neighbour = plates[position + offset];
    // Two plates away only some feel it.
    if (!neighbour || (Math.abs(offset) === 2 && random.uniform() < 0.6)) return [];
    const share = 0.005 + random.uniform() * 0.011;
    const { columnIndex } = neighbour;
    const peakGrams = 1 + random.uniform() * 4;
    return [
      step(columnIndex, it.atMs, source.deltaGrams * share),
      randomRinging(random, { columnIndex, startsAtMs: it.atMs, peakGrams }),
    ];
  });
}

function stepEffects(random: Random, it: StepDisturbance): PlateEffect[] {
  const effects: PlateEffect[] = [];
  for (const share of it.shares) {
    const { columnIndex } = share.plate;
    const startsAtMs = it.atMs - it.forceMs * 0.7;
    effects.push(
      push({ columnIndex, startsAtMs, endsAtMs: startsAtMs + it.forceMs }, it.forceGrams),
      step(columnIndex, it.atMs, share.deltaGrams),
      randomRinging(random, { columnIndex, startsAtMs: it.atMs, peakGrams: 4 + random.uniform() * 14 }),
      ...crossTalk(random, it, share),
    );
  }
  if (random.uniform() < TOUCH_SHARE)
    effects.push(...burst(random, it.shelf.plates, { atMs: it.atMs - it.forceMs * 0.5, peakGrams: 30 }));
  return effects;
}

function burst(
  random: Random,
  plates: readonly Plate[],
  size: { readonly atMs: number; readonly peakGrams: number },
): PlateEffect[] {
  return plates.map((plate) => {
    const peakGrams = size.peakGrams * (0.2 + 0.8 * random.uniform());
    return randomRinging(random, { columnIndex: plate.columnIndex, startsAtMs: size.atMs, peakGrams });
  });
}

/** An arm on the shelf: three plates carry it, it comes and goes within 0.3 s and sways by a twentieth. */
function leanEffects(
  random: Random,
  shelf: Shelf,
  it: Extract<Disturbance, { kind: 'lean' }>,
): PlateEffect[] {
  const first = random.below(Math.max(1, shelf.plates.length - 2));
  const endsAtMs = it.atMs + it.durationMs;
  return shelf.plates.slice(first, first + 3).map((plate, index) => {
    const forceGrams = it.forceGrams * [0.3, 0.5, 0.2][index]!;
    const swayRadPerMs = (2 * Math.PI * (0.3 + random.uniform() * 0.5)) / 1000;
    return {
      columnIndex: plate.columnIndex,
      startsAtMs: it.atMs,
      endsAtMs,
      lastingGrams: 0,
      gramsAt: (ms: number) => {
        const edge = Math.min(1, (ms - it.atMs) / 300, (endsAtMs - ms) / 300);
        return forceGrams * edge * (1 + 0.05 * Math.sin(swayRadPerMs * (ms - it.atMs)));
      },
    };
  });
}

/** Everything `disturbances` do to one fixture, by start. */
export function effectsOn(
  fixture: Fixture,
  disturbances: readonly Disturbance[],
  random: Random,
): readonly PlateEffect[] {
  const effects = disturbances.flatMap((it) => {
    if (it.kind === 'bump')
      return it.fixture === fixture
        ? burst(random, fixture.plates, { atMs: it.atMs, peakGrams: it.peakGrams })
        : [];
    if (it.shelf.fixtureIndex !== fixture.fixtureIndex) return [];
    return it.kind === 'step' ? stepEffects(random, it) : leanEffects(random, it.shelf, it);
  });
  return effects.toSorted((a, b) => a.startsAtMs - b.startsAtMs);
}
