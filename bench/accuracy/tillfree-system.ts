/** Tillfree itself, through the same loop that a live shop and a replay run. */
import { epochMs } from '../../src/base/index.ts';
import type { Interaction, Observation, StoreModel } from '../../src/domain/index.ts';
import { DECISION_POLICY } from '../../src/decision/index.ts';
import { accept, closeShop, openShop, SHOP_SETTINGS } from '../../src/engine/index.ts';
import type { Shop, ShopEvent, ShopSettings } from '../../src/engine/index.ts';
import { createFusion, FUSION_SETTINGS } from '../../src/fusion/index.ts';
import type { FusionSettings } from '../../src/fusion/index.ts';
import type { BenchRun, IssuedReceipt, SystemRun, SystemUnderTest } from './benchmark-run.ts';
import { feed } from './feed.ts';

/** Each run is a new shop of a few visits, too short to keep a budget of looks: every look that is worth it is taken. */
const BENCH_SETTINGS: ShopSettings = {
  ...SHOP_SETTINGS,
  policy: { ...DECISION_POLICY, lookShareMax: 1, looksSavedMax: 1000 },
};

/** Tillfree with something else: what an ablation compares. */
export interface Variant {
  readonly name: string;
  readonly fusion?: Partial<FusionSettings>;
  /** Called after every observation. */
  readonly after?: (shop: Shop) => void;
}

function openVariant(store: StoreModel, { fusion }: Variant): Shop {
  const shop = openShop(store, BENCH_SETTINGS);
  if (fusion) shop.fusion = createFusion(store, { ...FUSION_SETTINGS, ...fusion });
  return shop;
}

function runTillfree(run: BenchRun, variant: Variant): SystemRun {
  let shop = openVariant(run.store, variant);
  let nowMs = 0;
  let deafUntilMs = Number.NEGATIVE_INFINITY;
  const receipts: IssuedReceipt[] = [];
  const told = new Map<string, Interaction>();
  let shopCount = 1;
  const restarts = (run.restarts ?? []).toSorted((a, b) => a.atMs - b.atMs);
  const hear = (events: readonly ShopEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'receipt-issued')
        receipts.push({ receipt: event.receipt, issuedAtMs: epochMs(nowMs) });
      // A shop that was opened again counts its contacts from the beginning.
      else if (event.kind === 'interaction-told')
        told.set(`${shopCount} ${event.interaction.interactionId}`, event.interaction);
    }
  };
  const cost = feed(run.observations(), {
    take(observation: Observation): void {
      nowMs = observation.receivedAtMs;
      while (restarts.length > 0 && restarts[0]!.atMs <= nowMs) {
        const { atMs, backAtMs = atMs } = restarts.shift()!;
        deafUntilMs = backAtMs;
        shop = openVariant(run.store, variant);
        shopCount++;
      }
      if (nowMs >= deafUntilMs) hear(accept(shop, observation));
      variant.after?.(shop);
    },
    end: () => hear(closeShop(shop)),
  });
  return { receipts, interactions: [...told.values()], cost };
}

export function tillfreeSystem(variant: Variant): SystemUnderTest {
  return {
    name: variant.name,
    statesProbabilities: true,
    isLive: true,
    run: (run) => runTillfree(run, variant),
  };
}

export const TILLFREE = tillfreeSystem({ name: 'Tillfree' });
