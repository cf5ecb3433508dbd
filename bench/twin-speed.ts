/** How fast the twin makes a shop's observations, and how much memory it holds while it does. */
import { createHash } from 'node:crypto';
import { planScenario, runTwin, scenarioNamed } from '../src/twin/index.ts';
import type { TwinOutput } from '../src/twin/index.ts';
import { present } from '../src/base/index.ts';
import { memoryNow } from './rounds.ts';

export interface TwinSpeedOptions {
  readonly scenario: string;
  readonly minutes: number;
  readonly seed: number;
  /** Simulated minutes from one look at memory to the next. */
  readonly lookMinutes: number;
  readonly watch?: (simulatedMinutes: number, heldBytes: number) => void;
}

export interface TwinSpeed {
  readonly scenario: string;
  readonly plates: number;
  readonly visits: number;
  readonly simulatedMs: number;
  readonly cpuMs: number;
  readonly plateSamples: number;
  readonly observations: number;
  /** Held memory at the looks, in order: store, stock and sensors, and whatever grows. */
  readonly heldBytes: readonly number[];
  readonly rssBytesMax: number;
  /** Of every byte that was told. */
  readonly hash: string;
}

function cpuNowMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

class Tally {
  plateSamples = 0;
  observations = 0;
  visits = 0;
  private readonly sha = createHash('sha256');

  add(output: TwinOutput): void {
    if (output.kind === 'truth' && output.event.kind === 'entered') this.visits++;
    if (output.kind !== 'observation') {
      this.sha.update(JSON.stringify(output));
      return;
    }
    const { observation } = output;
    this.observations++;
    if (observation.kind !== 'plates') {
      this.sha.update(JSON.stringify(observation));
      return;
    }
    const { samplesGrams, observedAtMs, receivedAtMs, sequence, fixtureId } = observation;
    this.plateSamples += samplesGrams.length;
    this.sha.update(`${fixtureId} ${sequence} ${observedAtMs} ${receivedAtMs}`);
    this.sha.update(new Uint8Array(samplesGrams.buffer, samplesGrams.byteOffset, samplesGrams.byteLength));
  }

  hash(): string {
    return this.sha.digest('hex').slice(0, 12);
  }
}

/** Runs the whole scenario. CPU time includes the hash over every byte (about a tenth). */
export function measureTwin(options: TwinSpeedOptions): TwinSpeed {
  const ready = present(scenarioNamed(options.scenario), 'SCENARIO_UNKNOWN');
  const plan = planScenario({ scenario: { ...ready, minutes: options.minutes }, seed: options.seed });
  const tally = new Tally();
  const heldBytes: number[] = [];
  let rssBytesMax = 0;
  let cpuMs = 0;
  let lastMs: number = plan.startsAtMs;
  let lookAtMs = plan.startsAtMs + options.lookMinutes * 60_000;
  let startedMs = cpuNowMs();
  const look = (): void => {
    cpuMs += cpuNowMs() - startedMs;
    const memory = memoryNow();
    heldBytes.push(memory.heldBytes);
    rssBytesMax = Math.max(rssBytesMax, memory.rssBytes);
    options.watch?.((lastMs - plan.startsAtMs) / 60_000, memory.heldBytes);
    startedMs = cpuNowMs();
  };
  for (const output of runTwin(plan)) {
    tally.add(output);
    if (output.kind === 'observation') lastMs = output.observation.receivedAtMs;
    if (lastMs < lookAtMs) continue;
    look();
    lookAtMs += options.lookMinutes * 60_000;
  }
  cpuMs += cpuNowMs() - startedMs;
  const { plateSamples, observations, visits } = tally;
  return {
    scenario: options.scenario,
    plates: plan.store.model.layout.plates.length,
    visits,
    simulatedMs: lastMs - plan.startsAtMs,
    cpuMs,
    plateSamples,
    observations,
    heldBytes,
    rssBytesMax,
    hash: tally.hash(),
  };
}
