/**
 * One store of the twin and its shoppers, streamed through one shop that begins with what it has learnt before; every
 * visit judged by the truth. Nothing of the truth reaches the shop.
 */
import { DECISION_POLICY } from '../../../src/decision/index.ts';
import type { ProductId, StoreModel } from '../../../src/domain/index.ts';
import { accept, closeShop, learntBy, openShop, SHOP_SETTINGS } from '../../../src/engine/index.ts';
import type { Shop, ShopEvent, ShopKnowledge } from '../../../src/engine/index.ts';
import {
  createTruthBook,
  generateStore,
  noteTrackIds,
  noteTruth,
  PLAIN_HABITS,
  planScenario,
  runTwin,
  truthOf,
} from '../../../src/twin/index.ts';
import type { Scenario, TwinPlan } from '../../../src/twin/index.ts';
import { answeredTruly } from './answering.ts';
import { HEALTHY_KINDS } from './kinds.ts';
import { judgeTraded } from './judge-traded.ts';
import type { TradedReceipt, TradedVisit } from './judge-traded.ts';

export interface TradeTask {
  readonly kind: 'trade';
  /** Of `HEALTHY_KINDS`. */
  readonly shop: string;
  readonly storeSeed: number;
  /** Who comes. */
  readonly peopleSeed: number;
  readonly minutes: number;
  readonly auditShare: number;
  /** Null: a new shop. */
  readonly learnt: ShopKnowledge | null;
}

export interface Traded {
  readonly visits: readonly TradedVisit[];
  readonly store: ShopKnowledge;
}

type ReceiptIssued = Extract<ShopEvent, { readonly kind: 'receipt-issued' }>;

function planOf({ shop, storeSeed, peopleSeed, minutes }: TradeTask): TwinPlan {
  const { spec, people } = HEALTHY_KINDS.find(({ name }) => name === shop)!;
  const scenario: Scenario = {
    name: `healthy-${shop}`,
    words: '',
    store: spec,
    people: { kind: 'steady', count: people },
    habits: PLAIN_HABITS,
    faults: [],
    minutes,
    cartCount: 0,
    trackLatency: 'usual',
  };
  return planScenario({ scenario, seed: peopleSeed, store: generateStore({ ...spec, seed: storeSeed }) });
}

function openFor({ learnt, auditShare }: TradeTask, store: StoreModel): Shop {
  const settings = { ...SHOP_SETTINGS, policy: { ...DECISION_POLICY, auditShare } };
  return openShop(store, settings, learnt);
}

/** What the receipt says of itself before and after calibration; answers wait for the truth. */
function tradedReceipt({ receipt, alternatives }: ReceiptIssued): TradedReceipt {
  const calibratedLines = receipt.lines.map(({ probability }) => probability);
  return { receipt, alternatives, calibratedLines };
}

export function trade(task: TradeTask): Traded {
  const plan = planOf(task);
  const shop = openFor(task, plan.store.model);
  const book = createTruthBook();
  const receipts: TradedReceipt[] = [];
  const hear = (events: readonly ShopEvent[]): void => {
    for (const event of events) if (event.kind === 'receipt-issued') receipts.push(tradedReceipt(event));
  };
  for (const output of runTwin(plan)) {
    if (output.kind === 'observation') hear(accept(shop, output.observation));
    else if (output.kind === 'track-ids') noteTrackIds(book, output.personNumber, output.trackIds);
    else if (output.kind !== 'process-killed') noteTruth(book, output.event);
  }
  hear(closeShop(shop));
  const answer = (traded: TradedReceipt, real: ReadonlyMap<ProductId, number>) =>
    answeredTruly(traded, real, shop);
  const visits = judgeTraded({ visits: truthOf(book).visits, receipts, answer, storeSeed: task.storeSeed });
  return { visits, store: learntBy(shop) };
}
