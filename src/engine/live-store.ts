/**
 * A live store: the loop over its sensors, the parties inside, and its money, as one writer. Each input gives a step:
 * records to keep, and what may be sent and told once they are kept. Whoever runs it keeps the records durably before
 * anything else, and stops where it cannot, for a store that forgets must not go on.
 *
 * Raw samples are not among the records: after a kill the loop begins anew and knows nobody. What the records hold is
 * enough that every visit still settles: accounts as they stood, who pays for whom, what was last told of each basket.
 */
import { epochMs } from '../base/index.ts';
import type { EpochMs } from '../base/index.ts';
import type { Observation, PaymentId, StoreModel } from '../domain/index.ts';
import type { LedgerEntry } from '../payment/index.ts';
import type { Books } from '../pricing/index.ts';
import type { ReceiptRevision } from '../receipts/index.ts';
import { StoreMoney } from './money/index.ts';
import type { MoneyCommand, MoneyEvent, MoneySettings } from './money/index.ts';
import { Parties } from './parties/index.ts';
import type { PartyInput, PartyNotice, PartySettings, PartyStep } from './parties/index.ts';
import { accept, closeShop } from './shop.ts';
import type { ShopEvent } from './shop-event.ts';
import { openShop } from './shop-state.ts';
import type { Shop, ShopKnowledge, ShopSettings } from './shop-state.ts';

/** What is kept, in order; folded again it gives the same parties and the same money. */
export type StoreRecord =
  | { readonly kind: 'party'; readonly input: PartyInput }
  | { readonly kind: 'money'; readonly event: MoneyEvent }
  /** The store's money did not let the party in; its visits are nobody's. */
  | { readonly kind: 'party-refused'; readonly accountId: PaymentId }
  | { readonly kind: 'loop-restarted'; readonly atMs: EpochMs };

export interface LiveStep {
  /** To be kept first, all together or none. */
  readonly records: readonly StoreRecord[];
  /** To be sent once they are. */
  readonly commands: readonly (MoneyCommand & { readonly accountId: PaymentId })[];
  readonly shopEvents: readonly ShopEvent[];
  readonly notices: readonly PartyNotice[];
  readonly issued: readonly ReceiptRevision[];
  readonly entries: readonly LedgerEntry[];
  /** Codes of what was refused; nothing has changed by it. */
  readonly refused: readonly string[];
}

export interface LiveSettings {
  readonly shop: ShopSettings;
  readonly parties: PartySettings;
  readonly money: MoneySettings;
}

interface Building {
  readonly records: StoreRecord[];
  readonly commands: (MoneyCommand & { readonly accountId: PaymentId })[];
  readonly shopEvents: ShopEvent[];
  readonly notices: PartyNotice[];
  readonly issued: ReceiptRevision[];
  readonly entries: LedgerEntry[];
  readonly refused: string[];
}

function emptyStep(): Building {
  return { records: [], commands: [], shopEvents: [], notices: [], issued: [], entries: [], refused: [] };
}

/** The events of the loop that parties live by; the others need not be kept. */
const PARTY_EVENTS: ReadonlySet<ShopEvent['kind']> = new Set([
  'visit-entered',
  'basket-changed',
  'receipt-issued',
]);

/** Of the visit that a record says has begun; 0 for any other record. */
function visitNumberIn(record: StoreRecord): number {
  if (record.kind !== 'party' || record.input.kind !== 'shop') return 0;
  const { event } = record.input;
  if (event.kind !== 'visit-entered') return 0;
  return Number(/^visit-(\d+)$/.exec(event.visit.visitId)?.[1] ?? 0);
}

export interface OpenedStore {
  readonly model: StoreModel;
  readonly books: Books;
  readonly knowledge: ShopKnowledge | null;
}

/** What was kept, folded record by record; then it opens, once. */
export class StoreFold {
  readonly money: StoreMoney;
  readonly parties: Parties;
  private readonly store: OpenedStore;
  private readonly settings: LiveSettings;
  private visitsBefore = 0;
  private recordCount = 0;

  constructor(store: OpenedStore, settings: LiveSettings) {
    this.store = store;
    this.settings = settings;
    this.money = new StoreMoney(settings.money);
    this.parties = new Parties(settings.parties, store.books);
  }

  take(record: StoreRecord): this {
    this.recordCount++;
    this.visitsBefore = Math.max(this.visitsBefore, visitNumberIn(record));
    if (record.kind === 'party') this.parties.replay(record.input);
    else if (record.kind === 'loop-restarted') this.parties.replayRestart(record.atMs);
    else if (record.kind === 'party-refused') this.parties.noteGone(record.accountId);
    else {
      this.money.apply(this.money.stepped(record.event));
      if (record.event.kind === 'sold') this.parties.noteGone(record.event.accountId);
    }
    return this;
  }

  /** The store with its loop, which knows nobody yet, and what has to happen before anything else does. */
  open(atMs: EpochMs): { readonly live: LiveStore; readonly first: LiveStep } {
    const { model, knowledge } = this.store;
    const shop = openShop(model, { ...this.settings.shop, visitsBefore: this.visitsBefore }, knowledge);
    const live = new LiveStore(shop, this);
    return { live, first: live.begin(this.recordCount > 0, atMs) };
  }
}

export class LiveStore {
  readonly money: StoreMoney;
  readonly parties: Parties;
  private readonly shop: Shop;

  constructor(shop: Shop, { money, parties }: Pick<StoreFold, 'money' | 'parties'>) {
    this.shop = shop;
    this.money = money;
    this.parties = parties;
  }

  /** Asks about what was on its way, and settles who was inside when the loop before this one ended. */
  begin(hasRecords: boolean, atMs: EpochMs): LiveStep {
    const step = emptyStep();
    if (!hasRecords) return step;
    step.records.push({ kind: 'loop-restarted', atMs });
    for (const accountId of this.money.accountIds())
      this.takeMoney({ kind: 'restarted', accountId, atMs }, step);
    this.follow(this.parties.loopRestarted(atMs), step);
    return step;
  }

  /** One observation of a sensor, with everything that follows from it. Never throws for what a sensor says. */
  hear(observation: Observation): LiveStep {
    return this.tellShop(accept(this.shop, observation));
  }

  /** The day ends: everybody leaves and gets a receipt. */
  close(): LiveStep {
    return this.tellShop(closeShop(this.shop));
  }

  /** Who pays, an answer, a review, new books. */
  tell(input: PartyInput): LiveStep {
    const step = emptyStep();
    this.takeParty(input, step);
    return step;
  }

  /** An answer of the processor or the fiscal device, a webhook, a correction, a claim. */
  tellMoney(event: MoneyEvent): LiveStep {
    const step = emptyStep();
    this.takeMoney(event, step);
    return step;
  }

  /** Whoever is due hears that time has passed. */
  tick(atMs: EpochMs): LiveStep {
    const step = emptyStep();
    const partyDueMs = this.parties.wakeAtMs();
    if (partyDueMs !== null && partyDueMs <= atMs) this.takeParty({ kind: 'ticked', atMs }, step);
    for (const accountId of this.money.dueAt(atMs)) this.takeMoney({ kind: 'ticked', accountId, atMs }, step);
    return step;
  }

  /** When the next tick is wanted; null while nothing is waited for. */
  wakeAtMs(): EpochMs | null {
    const due = [this.money.wakeAtMs(), this.parties.wakeAtMs()].filter((wake) => wake !== null);
    return due.length === 0 ? null : epochMs(Math.min(...due));
  }

  private tellShop(events: readonly ShopEvent[]): LiveStep {
    const step = emptyStep();
    const atMs = epochMs(this.shop.nowMs);
    for (const event of events) {
      step.shopEvents.push(event);
      if (PARTY_EVENTS.has(event.kind)) this.takeParty({ kind: 'shop', atMs, event }, step);
    }
    return step;
  }

  private takeParty(input: PartyInput, step: Building): void {
    const taken = this.parties.accept(input, this.shop.decisions);
    // Books are kept where they come from, and are what they are when the store opens again.
    if (taken.recorded !== null && taken.recorded.kind !== 'books')
      step.records.push({ kind: 'party', input: taken.recorded });
    this.follow(taken, step);
  }

  private follow({ decisions, notices, problem }: PartyStep, step: Building): void {
    step.notices.push(...notices);
    if (problem !== null) step.refused.push(problem.code);
    for (const decision of decisions) {
      const isTaken = this.takeMoney(decision, step);
      if (isTaken || decision.kind !== 'began') continue;
      step.records.push({ kind: 'party-refused', accountId: decision.accountId });
      this.parties.noteGone(decision.accountId);
    }
  }

  /** False where it was refused. */
  private takeMoney(event: MoneyEvent, step: Building): boolean {
    const taken = this.money.stepped(event);
    if (taken.problem !== null) step.refused.push(taken.problem.code);
    if (!taken.isChange) return taken.problem === null;
    this.money.apply(taken);
    step.records.push({ kind: 'money', event });
    step.commands.push(...taken.commands.map((command) => ({ ...command, accountId: taken.accountId })));
    step.issued.push(...taken.issued);
    step.entries.push(...taken.entries);
    return true;
  }
}
