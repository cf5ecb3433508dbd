/**
 * The published rules of the AutoCheckout competition's winner, as a baseline. Written from a description of the
 * rules alone: hard decisions one after the other, weights and places scored by fixed numbers, the nearest person
 * charged. Where the description leaves a choice, the choice that serves the rules better was taken. Offline as the
 * original: receipts come when the recording is over, late messages are in their places. No body is linked to another
 * id: whoever goes on under a new one takes into a basket that nobody pays for unless that id entered too.
 */
import type { Observation, ProductId, StoreModel, TrackFrame, TrackId } from '../../../src/domain/index.ts';
import { feed } from '../feed.ts';
import type { BenchRun, IssuedReceipt, SystemRun, SystemUnderTest } from '../benchmark-run.ts';
import { returnedItem, takenItem } from './item-choice.ts';
import { createLivingPlanogram } from './living-planogram.ts';
import type { LivingPlanogram } from './living-planogram.ts';
import { People } from './nearest-person.ts';
import { mostChanged, plateGroups } from './plate-groups.ts';
import type { PlateGroup } from './plate-groups.ts';
import { createSensorOrder } from './sensor-order.ts';
import { ShelfWatch } from './shelf-events.ts';
import type { ShelfEvent } from './shelf-events.ts';
import { writtenReceipts } from './written-receipts.ts';
import type { Stay } from './written-receipts.ts';

class WinnerShop {
  readonly stays = new Map<TrackId, Stay>();
  private readonly store: StoreModel;
  private readonly planogram: LivingPlanogram;
  private readonly watches: (ShelfWatch | undefined)[] = [];
  private readonly people = new People();
  /** Events wait until the tracker has shown everybody up to their peak. */
  private waiting: ShelfEvent[] = [];

  constructor(store: StoreModel) {
    this.store = store;
    this.planogram = createLivingPlanogram(store);
  }

  take(observation: Observation): void {
    if (observation.kind === 'plates') {
      const fixture = this.store.layout.fixtureById.get(observation.fixtureId);
      for (const shelf of fixture?.shelves ?? []) {
        const watch = (this.watches[shelf.shelfIndex] ??= new ShelfWatch(shelf, observation.rateHz));
        this.waiting.push(...watch.take(observation, fixture!.plates.length));
      }
    } else if (observation.kind === 'tracks') this.see(observation);
  }

  end(): void {
    this.waiting.push(...this.watches.flatMap((watch) => watch?.end() ?? []));
    this.decide(Number.POSITIVE_INFINITY);
  }

  private see(frame: TrackFrame): void {
    this.people.see(frame);
    for (const { trackId, hasEntered } of frame.people) {
      const stay = this.stays.get(trackId) ?? {
        trackId,
        hasEntered: false,
        enteredAtMs: frame.observedAtMs,
        leftAtMs: frame.observedAtMs,
        basket: new Map<ProductId, number>(),
      };
      stay.hasEntered ||= hasEntered;
      stay.leftAtMs = frame.observedAtMs;
      this.stays.set(trackId, stay);
    }
    if (this.waiting.length > 0) this.decide(this.people.seenUntilMs);
  }

  private decide(seenUntilMs: number): void {
    const due = this.waiting.filter(({ peakAtMs }) => peakAtMs < seenUntilMs);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter(({ peakAtMs }) => peakAtMs >= seenUntilMs);
    for (const event of due.sort((a, b) => a.peakAtMs - b.peakAtMs))
      for (const group of plateGroups(event, this.planogram)) this.judge(group);
  }

  private judge(group: PlateGroup): void {
    const { startedAtMs, peakAtMs } = group.event;
    const moment = { plate: mostChanged(group), fromMs: startedAtMs, untilMs: peakAtMs };
    const trackId = this.people.nearest(moment);
    const basket = trackId === null ? null : this.stays.get(trackId)?.basket;
    if (!basket) return;
    if (group.deltaGrams < 0) {
      const taken = takenItem(group, this.planogram);
      if (taken) add(basket, taken.productId, taken.count);
      return;
    }
    const returned = returnedItem(group.deltaGrams, basket, this.store.catalogue.byId);
    if (!returned) return;
    add(basket, returned.productId, -returned.count);
    this.planogram.gain(
      returned.productId,
      group.plates.map(({ plate }) => plate.plateId),
    );
  }
}

function add(basket: Map<ProductId, number>, productId: ProductId, count: number): void {
  const held = (basket.get(productId) ?? 0) + count;
  if (held > 0) basket.set(productId, held);
  else basket.delete(productId);
}

function runWinnerRules(run: BenchRun): SystemRun {
  const shop = new WinnerShop(run.store);
  const order = createSensorOrder();
  let receipts: readonly IssuedReceipt[] = [];
  const cost = feed(run.observations(), {
    take: (observation) => order.push(observation).forEach((each) => shop.take(each)),
    end() {
      order.rest().forEach((each) => shop.take(each));
      shop.end();
      receipts = writtenReceipts([...shop.stays.values()], run.store.catalogue);
    },
  });
  return { receipts, cost };
}

export const WINNER_RULES: SystemUnderTest = {
  name: "winner's rules",
  statesProbabilities: false,
  isLive: false,
  run: runWinnerRules,
};
