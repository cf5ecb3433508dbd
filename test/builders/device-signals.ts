/** What a tag reader, a smart cart and a gateway would say beside plates and tracker. SIMULATED, a test builder. */
import { epochMs } from '../../src/base/index.ts';
import { cartId, deviceId, productId, readerId, sourceId, tagId } from '../../src/domain/index.ts';
import type { Observation } from '../../src/domain/index.ts';

const PERIOD_MS = 1000;
/** The gateway is unwell in every fifth second. */
const STATES = ['online', 'online', 'online', 'online', 'degraded'] as const;

function deviceMessages(sequence: number, atMs: number): Observation[] {
  const sent = (source: string) => ({
    source: sourceId(source),
    sequence,
    observedAtMs: epochMs(atMs),
    receivedAtMs: epochMs(atMs),
  });
  const state = STATES[sequence % STATES.length]!;
  const note = state === 'online' ? '' : 'the supply is at 4.4 V';
  const read = { tagId: tagId(`tag-${sequence}`), productId: productId('1'), rssiDbm: -50 - (sequence % 20) };
  return [
    { kind: 'tags', ...sent('tags/exit'), readerId: readerId('exit'), reads: [read] },
    { kind: 'cart', ...sent('cart 7'), cartId: cartId('7'), weightGrams: 120 * sequence, isStable: true },
    { kind: 'health', ...sent('health/gateway'), deviceId: deviceId('gateway'), state, note },
  ];
}

/** The observations, with those of three devices between them once a second of receive time. */
export function* withDevices(observations: Iterable<Observation>): Generator<Observation> {
  let nextMs = -Infinity;
  let sequence = 0;
  for (const observation of observations) {
    if (observation.receivedAtMs >= nextMs) {
      yield* deviceMessages(sequence++, observation.receivedAtMs);
      nextMs = observation.receivedAtMs + PERIOD_MS;
    }
    yield observation;
  }
}
