/**
 * A store that is killed between any two of its steps, and opens again from what it kept: everybody is charged at most
 * once, by a receipt that says so, whoever was inside is settled in bounded time, and nothing that was issued changes.
 */
import { expect, test } from 'vitest';
import { epochMs, seededRandom } from '../../src/base/index.ts';
import type { Random } from '../../src/base/index.ts';
import { ProcessorModel } from '../../src/adapters/payment-sandbox/index.ts';
import { DECISION_POLICY } from '../../src/decision/index.ts';
import { minor, partyId, paymentId } from '../../src/domain/index.ts';
import type { VisitId } from '../../src/domain/index.ts';
import { SHOP_SETTINGS, StoreFold } from '../../src/engine/index.ts';
import type { LiveSettings, LiveStep, LiveStore, StoreRecord } from '../../src/engine/index.ts';
import { chainChecked, chainEnded, openChainCheck } from '../../src/receipts/index.ts';
import type { ReceiptRevision } from '../../src/receipts/index.ts';
import { busyShopScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording } from '../builders/index.ts';
import { SETTINGS, termsOf } from '../money/counter.ts';
import { booksOf } from './live-shop.ts';

class Killed extends Error {}

const REVIEW_MS = 600_000;

function settingsFor(recording: ScriptedRecording): LiveSettings {
  return {
    shop: SHOP_SETTINGS,
    money: { ...SETTINGS, accountsMax: 100 },
    parties: {
      catalogue: recording.store.catalogue,
      currency: 'USD',
      localTimeOf: () => ({ date: '2023-11-14', minuteOfDay: 600, zone: 'UTC' }),
      seller: {
        legalName: 'Shop',
        storeName: null,
        addressLines: [],
        country: 'US',
        taxIds: [],
        contact: null,
      },
      policy: DECISION_POLICY,
      timing: termsOf(paymentId('any')).timing,
      processor: { isIncremental: true },
      answerWithinMs: 60_000,
      reviewWithinMs: REVIEW_MS,
      unclaimedMax: 100,
    },
  };
}

/** One process after the other over the same records. */
class Street {
  readonly records: StoreRecord[] = [];
  readonly issued = new Map<number, ReceiptRevision>();
  readonly refused: string[] = [];
  readonly model = new ProcessorModel({
    isIncremental: true,
    holdLifeMs: 86_400_000,
    keyLifeMs: 240_000,
    allowsSeveralCaptures: true,
  });
  killCount = 0;
  nowMs: number;
  private store: LiveStore;
  private readonly recording: ScriptedRecording;
  private readonly random: Random;
  private readonly killShare: number;

  constructor(recording: ScriptedRecording, seed: number, killShare: number) {
    this.recording = recording;
    this.random = seededRandom(seed);
    this.killShare = killShare;
    this.nowMs = recording.startsAtMs;
    this.store = this.folded().open(epochMs(this.nowMs)).live;
  }

  get money(): LiveStore['money'] {
    return this.store.money;
  }

  run(): this {
    for (const observation of this.recording.observations()) {
      this.nowMs = Math.max(this.nowMs, observation.receivedAtMs);
      this.live((store) => this.deliver(store, store.hear(observation)));
    }
    this.live((store) => this.deliver(store, store.close()));
    for (let wakes = 0; wakes < 500; wakes++) {
      const wakeAtMs = this.store.wakeAtMs();
      if (wakeAtMs === null) break;
      this.nowMs = Math.max(this.nowMs, wakeAtMs);
      this.live((store) => this.deliver(store, store.tick(epochMs(this.nowMs))));
    }
    return this;
  }

  /** A store that is opened from the same records knows the same. */
  again(): StoreFold {
    return this.folded();
  }

  private folded(): StoreFold {
    const model = this.recording.store;
    const books = booksOf(this.recording);
    const fold = new StoreFold({ model, books, knowledge: null }, settingsFor(this.recording));
    for (const record of this.records) fold.take(record);
    return fold;
  }

  private live(act: (store: LiveStore) => void): void {
    try {
      act(this.store);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.reopen();
    }
  }

  private reopen(): void {
    for (;;) {
      this.killCount++;
      const { live, first } = this.folded().open(epochMs(this.nowMs));
      this.store = live;
      try {
        this.deliver(live, first);
        return;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      }
    }
  }

  private maybeKilled(): void {
    if (this.random.uniform() < this.killShare) throw new Killed();
  }

  /** Keeps, then sends, and hears what comes back. */
  private deliver(store: LiveStore, step: LiveStep): void {
    this.maybeKilled();
    this.records.push(...step.records);
    this.maybeKilled();
    this.refused.push(...step.refused);
    for (const revision of step.issued) {
      const before = this.issued.get(revision.position);
      if (before !== undefined && before.hash !== revision.hash) throw new Error('an issued receipt changed');
      this.issued.set(revision.position, revision);
    }
    for (const { accountId, ...command } of step.commands) {
      this.maybeKilled();
      if (command.to !== 'processor') continue;
      const { request } = command;
      const { commandId, paymentId: ofPayment } = request;
      const atMs = epochMs(this.nowMs);
      const reply = this.model.receive({ request, idempotencyKey: commandId, atMs, whim: 'none' });
      this.maybeKilled();
      const news = { kind: 'reply', atMs, commandId, reply } as const;
      this.deliver(
        store,
        store.tellMoney({ kind: 'payment-told', accountId, atMs, paymentId: ofPayment, news }),
      );
    }
    for (const event of step.shopEvents)
      if (event.kind === 'visit-entered') this.comesToPay(store, event.visit.visitId);
  }

  private comesToPay(store: LiveStore, visit: VisitId): void {
    const name = `pay-${visit}`;
    const step = store.tell({
      kind: 'payer',
      atMs: epochMs(this.nowMs),
      isDenied: false,
      payer: {
        partyId: partyId(name),
        accountId: paymentId(name),
        visitIds: [visit],
        card: { token: `card-${name}`, firstHoldMinor: minor(500) },
        prepaid: null,
        capMinor: 20_000,
        tenders: [{ kind: 'card', label: 'Visa 4242' }],
        isMember: false,
        coupons: [],
      },
    });
    this.deliver(store, step);
  }
}

function checkSettled(street: Street): void {
  const again = street.again();
  expect(again.parties.openCount).toBe(0);
  let check = openChainCheck();
  for (const accountId of again.money.accountIds()) {
    const account = again.money.accountOf(accountId)!;
    expect(again.money.isAtRest(accountId), accountId).toBe(true);
    const holds = street.model.holdsOf(accountId);
    const captured = holds.reduce((sum, hold) => sum + hold.capturedMinor, 0);
    expect(
      holds.reduce((sum, hold) => sum + hold.captureCount, 0),
      accountId,
    ).toBeLessThanOrEqual(1);
    expect(
      holds.every(({ status }) => status !== 'open'),
      accountId,
    ).toBe(true);
    expect(captured, accountId).toBe(account.revisions.at(-1)?.content.sums.toPayMinor ?? 0);
  }
  const kept = again.money
    .accountIds()
    .flatMap((accountId) => again.money.accountOf(accountId)!.revisions)
    .toSorted((a, b) => a.position - b.position);
  for (const revision of kept) {
    const checked = chainChecked(check, revision);
    expect(checked.problems).toEqual([]);
    check = checked.check;
  }
  expect(chainEnded(check)).toEqual([]);
  for (const [position, revision] of street.issued) expect(kept[position - 1]?.hash).toBe(revision.hash);
}

function busy(seed: number): ScriptedRecording {
  const shop = scriptedShop({ seed, fixtures: 2, shelvesPerFixture: 4 });
  return scriptRecording(shop, busyShopScript(shop, seed), { seed });
}

test('a store that is never killed sells to everybody who came in', () => {
  const recording = busy(11);
  const street = new Street(recording, 1, 0).run();
  expect(street.killCount).toBe(0);
  expect(street.refused).toEqual([]);
  expect(street.issued.size).toBe(recording.people.length);
  checkSettled(street);
});

test.each([21, 22, 23, 24, 25, 26])(
  'killed between any two steps (seed %i), everybody is settled once',
  (seed) => {
    const street = new Street(busy(seed), seed, 0.02).run();
    checkSettled(street);
    expect(street.again().money.accountIds().length).toBeGreaterThan(0);
  },
);

test('over those seeds the store is killed often, and receipts come of visits that a kill had interrupted', () => {
  const streets = [31, 32, 33, 34].map((seed) => new Street(busy(seed), seed, 0.03).run());
  for (const street of streets) checkSettled(street);
  expect(streets.reduce((sum, { killCount }) => sum + killCount, 0)).toBeGreaterThan(8);
  const interrupted = streets.flatMap(({ issued }) =>
    [...issued.values()].filter(({ content }) =>
      content.lines.every(({ evidence }) => evidence.length === 0),
    ),
  );
  expect(interrupted.length).toBeGreaterThan(0);
});

test('records are plain data: from JSON they give the same store', () => {
  const street = new Street(busy(11), 1, 0).run();
  const json = JSON.parse(JSON.stringify(street.records)) as StoreRecord[];
  const recording = busy(11);
  const store = { model: recording.store, books: booksOf(recording), knowledge: null };
  const again = new StoreFold(store, settingsFor(recording));
  for (const record of json) again.take(record);
  expect(again.money.book).toEqual(street.money.book);
  for (const accountId of street.money.accountIds())
    expect(again.money.accountOf(accountId)).toEqual(street.money.accountOf(accountId));
});
