/** Runs one recording through the shop's loop, the same that a live shop runs, and gathers what came of it. */
import { setTimeout as delay } from 'node:timers/promises';
import type {
  Attribution,
  DataProblem,
  DeviceHealth,
  Interaction,
  Observation,
  ObservationKind,
  PlateReport,
  Receipt,
  WeightNotice,
} from '../domain/index.ts';
import { accept, closeShop, currencyOf, learntBy, openShop, SHOP_SETTINGS } from '../engine/index.ts';
import type { GateCounters, Recording, Shop, ShopEvent, ShopKnowledge } from '../engine/index.ts';
import type { DecisionPolicy } from '../decision/index.ts';
import { ProblemTally } from './commands/problem-tally.ts';
import type { ProblemCount } from './commands/problem-tally.ts';
import type { KeptDecision } from './decision-document.ts';

export interface ReplayWatcher {
  /** Before the observation has effect. */
  observe(observation: Observation): void;
  /** Every event, right after the observation that caused it. */
  hear(event: ShopEvent): void;
  /** The shop was killed and is back without memory: it counts its visits from the start again. */
  restart?(): void;
}

export interface ReplayOptions {
  /** Waits between observations as long as the shop did. */
  readonly isRealtime?: boolean;
  readonly watchers?: readonly ReplayWatcher[];
  /** Wraps the stream, for progress. */
  readonly through?: (observations: AsyncIterable<Observation>) => AsyncIterable<Observation>;
  /**
   * When the shop's process is killed, by `receivedAtMs`: a new one, without memory, hears what comes from then on, and
   * receipts that were not issued are lost with the old one.
   */
  readonly killedAtMs?: readonly number[];
  /** What the store has learnt before. */
  readonly knowledge?: ShopKnowledge | null;
  /** Where it is not the usual one. */
  readonly policy?: DecisionPolicy;
}

export interface Replay {
  readonly recording: Recording;
  readonly receipts: readonly Receipt[];
  /** Interactions that left a step, in the order in which they ended, each with what was made of it. */
  readonly interactions: readonly ReplayedInteraction[];
  /** What was made of moments that no scale saw, in order. */
  readonly moments: readonly Attribution[];
  readonly problems: readonly ProblemCount[];
  /** Plates that did not work when the recording ended. */
  readonly faultyPlates: readonly PlateReport[];
  /** What each device last said of itself. */
  readonly devices: readonly DeviceHealth[];
  /** Observations that passed the door, by kind; as `gates`, of the last process where the shop was killed. */
  readonly heard: Readonly<Record<ObservationKind, number>>;
  readonly gates: Readonly<GateCounters>;
  readonly observationCount: number;
  /** Catalogue weights that were noticed to be wrong, or taken back, in order. */
  readonly weightNotices: readonly WeightNotice[];
  /** What the store knows now; of the last process where the shop was killed. */
  readonly knowledge: LearntKnowledge;
}

export interface LearntKnowledge extends ShopKnowledge {
  readonly decision: KeptDecision;
}

export interface ReplayedInteraction {
  readonly interaction: Interaction;
  readonly attributions: readonly Attribution[];
}

class Gathering {
  readonly receipts: Receipt[] = [];
  readonly problems = new ProblemTally();
  readonly devices = new Map<string, DeviceHealth>();
  readonly weightNotices: WeightNotice[] = [];
  private readonly plates = new Map<string, PlateReport>();
  private readonly interactions = new Map<string, Interaction>();
  private readonly attributions = new Map<string, Attribution[]>();
  private readonly told: ReplayedInteraction[] = [];
  private readonly toldMoments: Attribution[] = [];

  hear(event: ShopEvent): void {
    if (event.kind === 'receipt-issued') {
      this.receipts.push(event.receipt);
      // The evidence at settlement knows more than the first attribution did.
      for (const attribution of event.evidence) this.explain(attribution);
    } else if (event.kind === 'interaction-told') this.tell(event.interaction);
    else if (event.kind === 'interaction-attributed') this.explain(event.attribution);
    else if (event.kind === 'observation-refused') this.problems.add(event.problem);
    else if (event.kind === 'plate-reported') this.plates.set(event.report.plateId, event.report);
    else if (event.kind === 'weight-noticed') this.weightNotices.push(event.notice);
    else if (event.kind === 'device-reported') this.devices.set(event.health.deviceId, event.health);
  }

  faultyPlates(): PlateReport[] {
    return [...this.plates.values()].filter((report) => report.condition !== 'working');
  }

  /** A new shop numbers its interactions from the start, and knows no plate yet. */
  restart(): void {
    this.told.push(...this.current());
    this.toldMoments.push(...this.currentMoments());
    for (const known of [this.plates, this.interactions, this.attributions]) known.clear();
  }

  gathered(): ReplayedInteraction[] {
    return [...this.told, ...this.current()];
  }

  moments(): Attribution[] {
    return [...this.toldMoments, ...this.currentMoments()];
  }

  private tell(interaction: Interaction): void {
    if (interaction.phase !== 'final') return;
    if (interaction.steps.length > 0) this.interactions.set(interaction.interactionId, interaction);
  }

  private explain(attribution: Attribution): void {
    const told = this.attributions.get(attribution.interactionId) ?? [];
    const others = told.filter((other) => !isSameMoment(other, attribution));
    this.attributions.set(attribution.interactionId, [...others, attribution]);
  }

  private current(): ReplayedInteraction[] {
    return [...this.interactions.values()].map((interaction) => ({
      interaction,
      attributions: (this.attributions.get(interaction.interactionId) ?? []).toSorted(
        (a, b) => a.atMs - b.atMs,
      ),
    }));
  }

  private currentMoments(): Attribution[] {
    return [...this.attributions]
      .flatMap(([interactionId, told]) => (this.interactions.has(interactionId) ? [] : told))
      .toSorted((a, b) => a.atMs - b.atMs);
  }
}

function isSameMoment(a: Attribution, b: Attribution): boolean {
  return a.atMs === b.atMs && a.plateIds.join() === b.plateIds.join();
}

/** Waits so that observations pass at the pace at which they were received. */
class Pace {
  private startedAtMs: number | null = null;
  private firstAtMs = 0;

  async follow(receivedAtMs: number): Promise<void> {
    if (this.startedAtMs === null) {
      this.startedAtMs = Date.now();
      this.firstAtMs = receivedAtMs;
    }
    const waitMs = receivedAtMs - this.firstAtMs - (Date.now() - this.startedAtMs);
    if (waitMs > 1) await delay(waitMs);
  }
}

/** Longer names are cut: a name of a visit has a bounded length. */
const NAME_LENGTH_MAX = 40;

/**
 * Before the names of visits where decisions keep them: `monday 2026-01-05T09:00:00.000Z/visit-1`. A shop that is back
 * after it was killed counts anew, and is the next life.
 */
export function visitPrefixOf({ name, span }: Pick<Recording, 'name' | 'span'>, life = 1): string {
  const printable = [...name.replaceAll(/\p{Cc}/gu, '?')].slice(0, NAME_LENGTH_MAX).join('');
  const since = span ? ` ${new Date(span.startsAtMs).toISOString()}` : '';
  return `${printable}${since}${life > 1 ? `, life ${life}` : ''}/`;
}

export async function replayRecording(recording: Recording, options: ReplayOptions = {}): Promise<Replay> {
  const { isRealtime = false, watchers = [], through = (observations) => observations } = options;
  let lives = 0;
  const open = (): Shop => {
    const { policy = SHOP_SETTINGS.policy, knowledge = null } = options;
    const visitPrefix = visitPrefixOf(recording, ++lives);
    return openShop(recording.store, { ...SHOP_SETTINGS, policy, visitPrefix }, knowledge);
  };
  let shop = open();
  const kills = (options.killedAtMs ?? []).toSorted((a, b) => a - b);
  const gathering = new Gathering();
  const pace = new Pace();
  let observationCount = 0;
  const tell = (events: readonly ShopEvent[]): void => {
    for (const event of events) {
      gathering.hear(event);
      for (const watcher of watchers) watcher.hear(event);
    }
  };
  const hearProblem = (problem: DataProblem): void => tell([{ kind: 'observation-refused', problem }]);
  recording.problems.forEach(hearProblem);
  for await (const observation of through(recording.observations(hearProblem))) {
    if (isRealtime) await pace.follow(observation.receivedAtMs);
    while (kills.length > 0 && kills[0]! <= observation.receivedAtMs) {
      kills.shift();
      shop = open();
      for (const heard of [gathering, ...watchers]) heard.restart?.();
    }
    for (const watcher of watchers) watcher.observe(observation);
    tell(accept(shop, observation));
    observationCount++;
  }
  tell(closeShop(shop));
  return {
    recording,
    receipts: gathering.receipts,
    interactions: gathering.gathered(),
    moments: gathering.moments(),
    problems: gathering.problems.counts(),
    faultyPlates: gathering.faultyPlates(),
    devices: [...gathering.devices.values()],
    heard: shop.heardCounts,
    gates: shop.gates.counters,
    observationCount,
    weightNotices: gathering.weightNotices,
    knowledge: {
      ...learntBy(shop),
      decision: { ...shop.decisions, currency: currencyOf(recording.store.catalogue) },
    },
  };
}
