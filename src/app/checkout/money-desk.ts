/**
 * Runs a store's money over a real journal and a real processor: one event after the other, each kept before it has
 * effect. The loop of a shop will do the same with many accounts at once; this is what a counter, a script or a test
 * of an integration needs.
 */
import { epochMs, ok } from '../../base/index.ts';
import type { DataProblem, PaymentId } from '../../domain/index.ts';
import { MoneyJournal } from '../../adapters/money-journal/index.ts';
import { StoreMoney } from '../../engine/index.ts';
import { sendMoneyCommand } from '../send-money-command.ts';
import type { MoneyEvent, MoneyProblem, MoneySettings } from '../../engine/index.ts';
import type { PaymentProcessor } from '../../payment/index.ts';
import type { FiscalDevice, ReceiptRevision } from '../../receipts/index.ts';
import type { Result } from '../../base/index.ts';

export interface DeskSettings {
  readonly directory: string;
  readonly money: MoneySettings;
  readonly processor: PaymentProcessor;
  readonly fiscal: FiscalDevice;
}

export type Timeless<Event> = Event extends MoneyEvent ? Omit<Event, 'atMs'> : never;

export class MoneyDesk {
  readonly money: StoreMoney;
  /** All that was ever issued here, in order. */
  readonly revisions: ReceiptRevision[] = [];
  private readonly settings: DeskSettings;
  private journal: MoneyJournal | null = null;
  private queue: Promise<void> = Promise.resolve();
  private waiters: (() => void)[] = [];
  private timer: NodeJS.Timeout | null = null;

  private constructor(settings: DeskSettings) {
    this.settings = settings;
    this.money = new StoreMoney(settings.money);
  }

  /** Begins with what the journal holds; whatever was on its way is asked about first. */
  static async open(settings: DeskSettings): Promise<Result<MoneyDesk, DataProblem>> {
    const desk = new MoneyDesk(settings);
    const { storeId, series } = settings.money;
    const place = { directory: settings.directory, storeId, series };
    const journal = await MoneyJournal.open(place, (event) => {
      const step = desk.money.stepped(event);
      desk.money.apply(step);
      desk.revisions.push(...step.issued);
    });
    if (!journal.ok) return journal;
    desk.journal = journal.value;
    for (const accountId of desk.money.accountIds())
      if (!desk.money.isAtRest(accountId)) await desk.tell({ kind: 'restarted', accountId });
    return ok(desk);
  }

  /** Null where the event was taken, and is durable; commands are on their way then. */
  tell(event: Timeless<MoneyEvent>): Promise<MoneyProblem | null> {
    const told = this.queue.then(() => this.take(event));
    this.queue = told.then(
      () => undefined,
      () => undefined,
    );
    return told;
  }

  /** Resolves to true once the account is at rest, to false after `timeoutMs`. */
  async rested(accountId: PaymentId, timeoutMs: number): Promise<boolean> {
    const untilMs = Date.now() + timeoutMs;
    while (!this.money.isAtRest(accountId)) {
      const leftMs = untilMs - Date.now();
      if (leftMs <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.waiters.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return true;
  }

  async close(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    await this.queue;
    await this.journal?.close();
    this.journal = null;
  }

  private async take(event: Timeless<MoneyEvent>): Promise<MoneyProblem | null> {
    // Answers that come after the end are asked for again by whoever opens the journal next.
    if (this.journal === null) return null;
    const dated = { ...event, atMs: epochMs(Date.now()) } as MoneyEvent;
    const step = this.money.stepped(dated);
    if (!step.isChange) return step.problem;
    await this.journal.append(dated);
    this.money.apply(step);
    this.revisions.push(...step.issued);
    const { accountId } = step;
    const { processor, fiscal } = this.settings;
    const hear = (news: Timeless<MoneyEvent>): void => void this.tell(news);
    for (const command of step.commands)
      sendMoneyCommand({ ...command, accountId }, { processor, fiscal, nowMs: Date.now, hear });
    this.planTick();
    for (const waiter of this.waiters.splice(0)) waiter();
    return null;
  }

  /** One timer for whoever wants to be woken first. */
  private planTick(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const wakeAtMs = this.money.wakeAtMs();
    if (wakeAtMs === null || this.journal === null) return;
    const delayMs = Math.min(Math.max(0, wakeAtMs - Date.now()), TIMER_MS_MAX);
    this.timer = setTimeout(() => void this.tickDue(), delayMs);
    this.timer.unref();
  }

  private async tickDue(): Promise<void> {
    for (const accountId of this.money.dueAt(epochMs(Date.now())))
      await this.tell({ kind: 'ticked', accountId });
    this.planTick();
  }
}

/** Longer waits are taken in several; a timer of the platform ends at 2^31 ms. */
const TIMER_MS_MAX = 3_600_000;
