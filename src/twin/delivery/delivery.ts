/**
 * The way from sensors to the shop: readings go in at their true time, observations come out in the order in which
 * they arrive. Every source numbers its messages and stamps them by its own clock; `receivedAtMs` is by the shop's,
 * which is the true one. Without faults nothing is lost, doubled or overtaken within a source.
 *
 * Memory: one entry per source and one per message under way, which is what is sent during the longest latency.
 */
import { assert, epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import type { Observation, SourceId } from '../../domain/index.ts';
import { isInForce, ownRandom } from '../words/index.ts';
import type { DeliveryFault, Reading } from '../words/index.ts';
import { addArrival, takeArrival } from './arrivals.ts';
import type { Arrival } from './arrivals.ts';
import { arrivalOf, chosenShare, clockErrorMs, createSender, fixtureSender } from './sender.ts';
import type { NewSender, Sender } from './sender.ts';
import { DELIVERY_SETTINGS } from './settings.ts';
import type { DeliverySettings } from './settings.ts';

/** A message that comes twice comes again within this time. */
const AGAIN_MS_MAX = 200;
const TRACKS_SENDER = 'tracks';

export interface DeliveryOptions {
  /** What the shop's clock shows at the start of the run. */
  readonly startsAtMs: EpochMs;
  readonly seed: number;
  /** All fixtures that send: a share of fixtures is a share of these. */
  readonly fixtureIds: readonly string[];
  readonly settings?: DeliverySettings;
  readonly faults?: readonly DeliveryFault[];
}

export interface DeliveryCounts {
  /** Readings that sensors gave; what a fixture that is offline would have given is not among them. */
  readonly sentCount: number;
  readonly receivedCount: number;
  readonly underWayCount: number;
  /** Messages that each kind of fault withheld, lost, doubled, held up or misdated. */
  readonly struckByFault: Readonly<Record<DeliveryFault['kind'], number>>;
}

export interface Delivery {
  readonly startsAtMs: EpochMs;
  readonly settings: DeliverySettings;
  readonly newSender: NewSender;
  readonly senders: Map<SourceId, Sender>;
  readonly underWay: Arrival[];
  readonly struckByFault: Record<DeliveryFault['kind'], number>;
  sentCount: number;
  receivedCount: number;
  orderCount: number;
  receivedTrueMs: number;
}

/** The fixtures, or sources, that each fault hits. */
function hitsOf(faults: readonly DeliveryFault[], options: DeliveryOptions): ReadonlySet<string>[] {
  const fixtures = options.fixtureIds.map(fixtureSender);
  return faults.map((fault, index) => {
    const random = ownRandom(options.seed, `targets of fault ${index}`);
    if (fault.kind === 'clock-step') return chosenShare([...fixtures, TRACKS_SENDER], fault.share, random);
    if (fault.kind !== 'fixture-offline') return new Set<string>();
    const named = (fault.fixtureIds ?? []).map(fixtureSender);
    return new Set([...named, ...chosenShare(fixtures, fault.share ?? 0, random)]);
  });
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { startsAtMs, seed, settings = DELIVERY_SETTINGS, faults = [] } = options;
  const known = new Set([...options.fixtureIds.map(fixtureSender), TRACKS_SENDER]);
  return {
    startsAtMs,
    settings,
    newSender: { seed, settings, faults, known, hitByFault: hitsOf(faults, options) },
    senders: new Map(),
    underWay: [],
    struckByFault: {
      'fixture-offline': 0,
      'batches-late': 0,
      'batches-lost': 0,
      'batches-duplicated': 0,
      'batches-shuffled': 0,
      'clock-skew': 0,
      'clock-step': 0,
      'broker-restart': 0,
    },
    sentCount: 0,
    receivedCount: 0,
    orderCount: 0,
    receivedTrueMs: 0,
  };
}

/** Sends one message at its true time, which must not lie before what was received already. */
export function send(delivery: Delivery, reading: Reading): void {
  const { trueMs } = reading;
  const { receivedTrueMs } = delivery;
  assert(trueMs >= receivedTrueMs, 'READING_SENT_LATE', { source: reading.source, trueMs, receivedTrueMs });
  const sender = senderOf(delivery, reading);
  if (isOffline(delivery, sender, reading)) return;
  delivery.sentCount++;
  const sequence = sender.nextSequence++;
  const usuallyTrueMs = arrivalOf(sender, reading, delivery.settings);
  const { isLost, heldMs, againMs } = strike(delivery, sender, reading);
  if (isLost) return;
  const observedAtMs = stamp(delivery, sender, trueMs);
  const put = (arrivesTrueMs: number): void => {
    if (isRestarting(delivery, trueMs) || isRestarting(delivery, arrivesTrueMs)) {
      delivery.struckByFault['broker-restart']++;
      return;
    }
    const receivedAtMs = epochMs(delivery.startsAtMs + arrivesTrueMs);
    const { trueMs: _, ...message } = reading;
    const observation: Observation = { ...message, sequence, observedAtMs, receivedAtMs };
    addArrival(delivery.underWay, { arrivesTrueMs, order: delivery.orderCount++, observation });
  };
  put(usuallyTrueMs + heldMs);
  if (againMs !== null) put(usuallyTrueMs + heldMs + againMs);
}

/** Everything that arrives up to and with `untilTrueMs` and was not yet received, in the order of `receivedAtMs`. */
export function receive(delivery: Delivery, untilTrueMs: number): Observation[] {
  const { receivedTrueMs } = delivery;
  assert(untilTrueMs >= receivedTrueMs, 'RECEIVED_BACKWARDS', { untilTrueMs, receivedTrueMs });
  const arrived: Observation[] = [];
  while (delivery.underWay.length > 0 && delivery.underWay[0]!.arrivesTrueMs <= untilTrueMs)
    arrived.push(takeArrival(delivery.underWay)!.observation);
  delivery.receivedTrueMs = untilTrueMs;
  delivery.receivedCount += arrived.length;
  return arrived;
}

/** Everything that is still under way; nothing can be sent afterwards. */
export function receiveRest(delivery: Delivery): Observation[] {
  return receive(delivery, Infinity);
}

export function deliveryCounts(delivery: Delivery): DeliveryCounts {
  const { sentCount, receivedCount, underWay, struckByFault } = delivery;
  return { sentCount, receivedCount, underWayCount: underWay.length, struckByFault: { ...struckByFault } };
}

function senderOf(delivery: Delivery, reading: Reading): Sender {
  const known = delivery.senders.get(reading.source);
  if (known) return known;
  const sender = createSender(reading, delivery.newSender);
  delivery.senders.set(reading.source, sender);
  return sender;
}

/** A fixture without power makes no messages: its numbers wait, and go on where they stopped. */
function isOffline(delivery: Delivery, sender: Sender, reading: Reading): boolean {
  const isOff = sender.struck.some(
    ({ fault, isHit }) => isHit && fault.kind === 'fixture-offline' && isInForce(fault, reading.trueMs),
  );
  if (isOff) delivery.struckByFault['fixture-offline']++;
  return isOff;
}

interface Strike {
  readonly isLost: boolean;
  readonly heldMs: number;
  /** Comes again this much later; null where it does not. */
  readonly againMs: number | null;
}

/** What the faults of messages do to this one. They strike what sensors send all the time, each message by itself. */
function strike(delivery: Delivery, sender: Sender, reading: Reading): Strike {
  let isLost = false;
  let heldMs = 0;
  let againMs: number | null = null;
  if (reading.kind !== 'plates' && reading.kind !== 'tracks') return { isLost, heldMs, againMs };
  for (const { fault, random } of sender.struck) {
    if (!isInForce(fault, reading.trueMs) || !fault.kind.startsWith('batches-')) continue;
    const chance = random.uniform();
    const part = random.uniform();
    if ('share' in fault && chance >= (fault.share ?? 0)) continue;
    delivery.struckByFault[fault.kind]++;
    if (fault.kind === 'batches-lost') isLost = true;
    if (fault.kind === 'batches-late') heldMs += part * fault.lateMsMax;
    if (fault.kind === 'batches-shuffled') heldMs += part * fault.withinMs;
    if (fault.kind === 'batches-duplicated') againMs = part * AGAIN_MS_MAX;
  }
  return { isLost, heldMs, againMs };
}

/** What the source's own clock shows. A clock that is off by more than the time since 1970 shows its beginning. */
function stamp(delivery: Delivery, sender: Sender, trueMs: number): EpochMs {
  let errorMs = sender.offsetMs;
  for (const struck of sender.struck) {
    const byFaultMs = clockErrorMs(struck, trueMs);
    if (byFaultMs !== 0) delivery.struckByFault[struck.fault.kind]++;
    errorMs += byFaultMs;
  }
  return epochMs(Math.max(0, delivery.startsAtMs + trueMs + errorMs));
}

function isRestarting(delivery: Delivery, trueMs: number): boolean {
  return delivery.newSender.faults.some(
    (fault) => fault.kind === 'broker-restart' && isInForce(fault, trueMs),
  );
}
