/**
 * Runs a live store over a durable log: inputs one after the other; what follows from each is kept, together or not at
 * all, and only then sent and told. Steps are worked out while earlier ones are being kept, so that many share a commit;
 * effects still come in order. A log that fails ends the process: a store that cannot keep must not go on.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { Observation } from '../../domain/index.ts';
import { StoreFold } from '../../engine/index.ts';
import { sendMoneyCommand } from '../send-money-command.ts';
import type {
  LiveSettings,
  LiveStep,
  LiveStore,
  MoneyEvent,
  OpenedStore,
  PartyInput,
  StoreLog,
  StoreRecord,
} from '../../engine/index.ts';
import type { PaymentProcessor } from '../../payment/index.ts';
import type { FiscalDevice } from '../../receipts/index.ts';

export interface StoreProcessParts {
  readonly log: StoreLog;
  readonly store: OpenedStore;
  readonly settings: LiveSettings;
  readonly processor: PaymentProcessor;
  readonly fiscal: FiscalDevice;
  readonly nowMs: () => number;
  /** Everything that is kept by now, in order: for screens, receipts, webhooks. */
  readonly told: (step: LiveStep) => void;
  /** The log has failed; nothing is taken in any more. */
  readonly failed: (reason: unknown) => void;
}

const PAGE_SIZE = 1000;
/** Steps that wait for the log; beyond it sensors have to wait, for the disk does not keep up. */
const WAITING_MAX = 10_000;
const TIMER_MS_MAX = 3_600_000;

type Timeless<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;

export class StoreProcess {
  private readonly parts: StoreProcessParts;
  private readonly live: LiveStore;
  private tail: Promise<void> = Promise.resolve();
  private waiting = 0;
  private timer: NodeJS.Timeout | null = null;
  private isEnded = false;

  private constructor(parts: StoreProcessParts, live: LiveStore) {
    this.parts = parts;
    this.live = live;
  }

  /** Folds what the log holds; rejects where it cannot be read. */
  static async open(parts: StoreProcessParts): Promise<StoreProcess> {
    const fold = new StoreFold(parts.store, parts.settings);
    let afterPosition = 0;
    for (;;) {
      const page = await parts.log.read({ afterPosition, limit: PAGE_SIZE });
      for (const { payload } of page) fold.take(JSON.parse(payload) as StoreRecord);
      const last = page.at(-1);
      if (last === undefined) break;
      afterPosition = last.position;
    }
    const { live, first } = fold.open(epochMs(parts.nowMs()));
    const opened = new StoreProcess(parts, live);
    await opened.follow(first);
    return opened;
  }

  get money(): LiveStore['money'] {
    return this.live.money;
  }

  get parties(): LiveStore['parties'] {
    return this.live.parties;
  }

  /** False where the disk does not keep up, or the process has ended: the sensor's message was not taken. */
  hear(observation: Observation): boolean {
    if (this.isEnded || this.waiting >= WAITING_MAX) return false;
    const step = this.live.hear(observation);
    // Most samples change nothing that anybody has to hear of.
    if (step.records.length + step.shopEvents.length > 0) void this.follow(step);
    return true;
  }

  /** Resolves to what was refused, once what was taken is durable. */
  async tell(input: Timeless<PartyInput>): Promise<readonly string[]> {
    const step = this.live.tell({ ...input, atMs: this.now() } as PartyInput);
    await this.follow(step);
    return step.refused;
  }

  async tellMoney(event: Timeless<MoneyEvent>): Promise<readonly string[]> {
    const step = this.live.tellMoney({ ...event, atMs: this.now() } as MoneyEvent);
    await this.follow(step);
    return step.refused;
  }

  /** When the store wants to be woken; null while it waits for nothing but sensors. */
  wakeAtMs(): EpochMs | null {
    return this.live.wakeAtMs();
  }

  /** Time has passed; the store wakes by itself, but for clocks that a test moves. */
  async tick(): Promise<void> {
    await this.follow(this.live.tick(this.now()));
  }

  /** Everybody leaves; resolves when that is kept and told. */
  async closeDay(): Promise<void> {
    await this.follow(this.live.close());
  }

  /** What is on its way is kept; what then comes back is asked for by the next process. */
  async end(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    await this.tail;
    this.isEnded = true;
    await this.parts.log.close();
  }

  private now(): EpochMs {
    return epochMs(this.parts.nowMs());
  }

  /** Keeps a step, and has it take effect after all before it. */
  private follow(step: LiveStep): Promise<void> {
    if (this.isEnded) return Promise.resolve();
    this.waiting++;
    const kept = this.keep(step);
    const before = this.tail;
    this.tail = Promise.all([before, kept])
      .then(() => this.takeEffect(step))
      .catch((reason: unknown) => this.fail(reason))
      .finally(() => this.waiting--);
    return this.tail;
  }

  private async keep({ records, issued }: LiveStep): Promise<void> {
    if (records.length === 0) return;
    await this.parts.log.append({
      records: records.map((record) => ({
        kind: record.kind,
        atMs: Math.floor(momentOf(record) ?? this.parts.nowMs()),
        payload: JSON.stringify(record),
      })),
      outbox: issued.map((revision) => ({
        topic: 'receipts',
        key: revision.content.paymentId,
        payload: JSON.stringify(revision),
      })),
    });
  }

  private takeEffect(step: LiveStep): void {
    if (this.isEnded) return;
    const { processor, fiscal, nowMs } = this.parts;
    const hear = (news: Timeless<MoneyEvent>): void => void this.tellMoney(news);
    for (const command of step.commands) sendMoneyCommand(command, { processor, fiscal, nowMs, hear });
    this.parts.told(step);
    if (step.records.length > 0) this.planTick();
  }

  private fail(reason: unknown): void {
    if (this.isEnded) return;
    this.isEnded = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.parts.failed(reason);
  }

  private planTick(): void {
    const wakeAtMs = this.live.wakeAtMs();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (wakeAtMs === null || this.isEnded) return;
    const delayMs = Math.min(Math.max(0, wakeAtMs - this.parts.nowMs()), TIMER_MS_MAX);
    // A wait longer than a timer's is taken in several.
    this.timer = setTimeout(() => void this.tick().then(() => this.planTick()), delayMs);
    this.timer.unref();
  }
}

function momentOf(record: StoreRecord): number | null {
  if (record.kind === 'party') return record.input.atMs;
  if (record.kind === 'money') return record.event.atMs;
  return record.kind === 'loop-restarted' ? record.atMs : null;
}
