/**
 * A load through the shop's own loop. The twin is made as it is asked for; the clock runs for `accept` only. Observations
 * go in as they come; what the shop takes for one second of the store is its share of a core.
 */
import type { Observation } from '../../src/domain/index.ts';
import { runTwin } from '../../src/twin/index.ts';
import type * as Engine from '../../src/engine/index.ts';
import { resultHash } from '../result-hash.ts';
import { memoryNow } from '../rounds.ts';
import { planLoad } from './loads.ts';
import type { Load } from './loads.ts';
import { watchStages } from './stages.ts';
import type { StageShare } from './stages.ts';

/** The loop that is measured: this checkout's, or another's. */
export type ShopEngine = Pick<typeof Engine, 'accept' | 'openShop'>;

export interface LoadOptions {
  readonly load: Load;
  readonly seed: number;
  readonly engine: ShopEngine;
  readonly withStages: boolean;
  readonly watch?: (look: LoadLook) => void;
}

/** What a stretch of the load was like; a sixth of it. */
export interface LoadLook {
  readonly untilS: number;
  readonly inside: number;
  readonly coreShare: number;
  readonly acceptMsMax: number;
  readonly heldBytes: number;
}

export interface LoadResult {
  readonly plates: number;
  /** CPU seconds a second of the store: 1 is one core. */
  readonly coreShare: number;
  /** Of the worst stretch. */
  readonly coreShareMax: number;
  /** How long one `accept` took, milliseconds. */
  readonly acceptMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Store seconds from when a visit was last seen to its receipt, in rising order. */
  readonly receiptDelaysS: readonly number[];
  /** After collecting garbage, the twin's own included, at the end of each stretch. */
  readonly heldBytes: readonly number[];
  readonly stages: readonly StageShare[];
  readonly hash: string;
}

const LOOKS = 6;
const BLOCK_MESSAGES = 256;

function cpuNowMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What is counted while observations go in. */
class Meter {
  cpuMs = 0;
  acceptMs: number[] = [];
  stretchMsMax = 0;
  readonly delaysS: number[] = [];
  readonly receipts: unknown[] = [];
  private readonly shop: ReturnType<ShopEngine['openShop']>;
  private readonly engine: ShopEngine;
  private block: Observation[] = [];

  constructor(engine: ShopEngine, shop: ReturnType<ShopEngine['openShop']>) {
    this.engine = engine;
    this.shop = shop;
  }

  take(observation: Observation): void {
    this.block.push(observation);
    if (this.block.length >= BLOCK_MESSAGES) this.flush();
  }

  flush(): void {
    const startedMs = cpuNowMs();
    for (const observation of this.block) this.accept(observation);
    this.cpuMs += cpuNowMs() - startedMs;
    this.block = [];
  }

  private accept(observation: Observation): void {
    const startedMs = performance.now();
    const events = this.engine.accept(this.shop, observation);
    const tookMs = performance.now() - startedMs;
    this.acceptMs.push(tookMs);
    this.stretchMsMax = Math.max(this.stretchMsMax, tookMs);
    for (const event of events) {
      if (event.kind !== 'receipt-issued') continue;
      this.delaysS.push((observation.receivedAtMs - event.receipt.leftAtMs) / 1000);
      this.receipts.push(event.receipt);
    }
  }
}

function quantilesOf(times: readonly number[]): LoadResult['acceptMs'] {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

interface Stretch {
  readonly coreShare: number;
  readonly heldBytes: number;
}

/** Feeds the whole load; gives the stretches that count. */
function feedLoad(meter: Meter, plan: ReturnType<typeof planLoad>, options: LoadOptions): Stretch[] {
  const { load, watch } = options;
  const lookS = (load.untilS - load.fromS) / LOOKS;
  const stretches: Stretch[] = [];
  let inside = 0;
  let nextS = load.fromS;
  let isFull = false;
  const look = (untilS: number): void => {
    meter.flush();
    const { heldBytes } = memoryNow();
    const seconds = isFull ? lookS : load.fromS;
    const coreShare = meter.cpuMs / 1000 / seconds;
    watch?.({ untilS, inside, coreShare, acceptMsMax: meter.stretchMsMax, heldBytes });
    if (isFull) stretches.push({ coreShare, heldBytes });
    else meter.acceptMs = [];
    isFull = true;
    meter.cpuMs = 0;
    meter.stretchMsMax = 0;
    nextS += lookS;
  };
  for (const output of runTwin(plan)) {
    if (output.kind === 'truth') {
      if (output.event.kind === 'entered') inside++;
      else if (output.event.kind === 'left') inside--;
    }
    if (output.kind !== 'observation') continue;
    const atS = (output.observation.receivedAtMs - plan.startsAtMs) / 1000;
    if (atS >= nextS) look(nextS);
    if (stretches.length === LOOKS) break;
    meter.take(output.observation);
  }
  return stretches;
}

export function runLoad(options: LoadOptions): LoadResult {
  const plan = planLoad(options.load, options.seed);
  const { model } = plan.store;
  const meter = new Meter(options.engine, options.engine.openShop(model));
  const stageWatch = options.withStages ? watchStages() : null;
  const stretches = feedLoad(meter, plan, options);
  const stages = stageWatch?.end() ?? [];
  const shares = stretches.map(({ coreShare }) => coreShare);
  return {
    plates: model.layout.plates.length,
    coreShare: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    coreShareMax: Math.max(...shares),
    acceptMs: quantilesOf(meter.acceptMs),
    receiptDelaysS: meter.delaysS.toSorted((a, b) => a - b),
    heldBytes: stretches.map(({ heldBytes }) => heldBytes),
    stages,
    hash: resultHash(meter.receipts),
  };
}
