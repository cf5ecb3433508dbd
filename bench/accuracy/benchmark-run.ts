/**
 * What the accuracy benchmark hands to a system, and what it gets back. A run is one stretch of one shop with its
 * whole truth; where it came from (scripts, the twin, a real recording) is of no concern to whoever measures.
 */
import type { EpochMs } from '../../src/base/index.ts';
import type {
  Interaction,
  Observation,
  PlateId,
  ProductId,
  Receipt,
  StoreModel,
} from '../../src/domain/index.ts';
import type { AuditFinding } from '../../src/twin/index.ts';

/** One body that came in through the entrance, and what it truly carried out. */
export interface TrueVisit {
  readonly personNumber: number;
  /** The first id under which the tracker saw the body: how receipts and visits find each other. */
  readonly trackId: string;
  /** All ids under which the tracker saw it, where they are known. */
  readonly trackIds?: readonly string[];
  readonly enteredAtMs: EpochMs;
  readonly leftAtMs: EpochMs;
  /** Units, at least 1 each; products of which nothing is left are not in it. */
  readonly items: ReadonlyMap<ProductId, number>;
}

/** One thing that truly happened to goods; `kind` is the world's own word for it. */
export interface TrueDeed {
  readonly atMs: EpochMs;
  readonly kind: string;
  readonly personNumber: number;
  readonly productId: ProductId | null;
  readonly count: number;
  /** Which units of the world they were, where it counts them. */
  readonly unitNumbers?: readonly number[];
  readonly plateIds: readonly PlateId[];
  /** What the plates lost (−) or gained (+) in truth. */
  readonly deltaGrams: number;
}

export interface RunTruth {
  readonly visits: readonly TrueVisit[];
  readonly deeds: readonly TrueDeed[];
}

/** The process of the system is killed: what it knew is gone, and what arrives before `backAtMs` is not heard. */
export interface Restart {
  /** By `receivedAtMs`. */
  readonly atMs: EpochMs;
  /** At once where it is missing. */
  readonly backAtMs?: EpochMs;
}

/** One run of one family: everything needed to judge a system. */
export interface BenchRun {
  readonly family: string;
  readonly seed: number;
  readonly store: StoreModel;
  /** In order of `receivedAtMs`; every call starts anew and gives the same. */
  observations(): Iterable<Observation>;
  readonly truth: RunTruth;
  readonly restarts?: readonly Restart[];
  /** What an auditor with books of its own finds in a system's receipts; missing where nobody keeps such books. */
  audit?(issued: readonly IssuedReceipt[]): readonly AuditFinding[];
}

export interface IssuedReceipt {
  readonly receipt: Receipt;
  /** The receive time at which the system told it. */
  readonly issuedAtMs: EpochMs;
}

/** How much a system was fed, and what that cost. */
export interface FeedCost {
  /** User and system time of the process while observations were taken in; making them is not in it. */
  readonly cpuMs: number;
  readonly observationCount: number;
  /** Between the first and the last receive time. */
  readonly spanMs: number;
}

export interface SystemRun {
  readonly receipts: readonly IssuedReceipt[];
  /** What plates were found to have done, as it was told last; missing where a system does not tell. */
  readonly interactions?: readonly Interaction[];
  readonly cost: FeedCost;
}

export interface SystemUnderTest {
  readonly name: string;
  /** False: its receipts say nothing of how sure they are, and nothing is measured that needs it. */
  readonly statesProbabilities: boolean;
  /** False: receipts come when the whole recording is known, so that it has no delay to be measured. */
  readonly isLive: boolean;
  run(run: BenchRun): SystemRun;
}
