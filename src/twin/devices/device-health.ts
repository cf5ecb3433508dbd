/**
 * What devices say of themselves: that they are there, at the start and every so often; what is wrong with them, when
 * it begins; and that they are well again. For one that is offline its broker speaks, once, as its last will.
 */
import type { DeviceHealth as HealthMessage, DeviceId } from '../../domain/index.ts';
import { deviceId, sourceId } from '../../domain/index.ts';
import { ownRandom } from '../words/index.ts';
import type { ReadingOf } from '../words/index.ts';

export const HEARTBEAT_MS = 30_000;
/** Devices start one after another within this time. */
const START_MS_MAX = 1000;

/** A device that is not well for a while. */
export interface DeviceTrouble {
  readonly deviceId: string;
  readonly fromTrueMs: number;
  /** Infinity to the end of the run. */
  readonly untilTrueMs: number;
  readonly state: 'degraded' | 'offline';
  readonly note: string;
}

interface WatchedDevice {
  readonly deviceId: DeviceId;
  readonly troubles: readonly DeviceTrouble[];
  /** When troubles begin or end, in order; the next of them. */
  readonly edgesTrueMs: readonly number[];
  edgeIndex: number;
  nextHeartbeatTrueMs: number;
  told: Pick<HealthMessage, 'state' | 'note'> | null;
}

export interface DevicesHealth {
  readonly devices: readonly WatchedDevice[];
}

export interface DeviceHealthOptions {
  readonly seed: number;
  readonly deviceIds: readonly string[];
  readonly troubles?: readonly DeviceTrouble[];
}

export function createDeviceHealth({ seed, deviceIds, troubles = [] }: DeviceHealthOptions): DevicesHealth {
  const random = ownRandom(seed, 'device health');
  const devices = deviceIds.map((name): WatchedDevice => {
    const own = troubles.filter((trouble) => trouble.deviceId === name);
    const edges = own.flatMap(({ fromTrueMs, untilTrueMs }) => [fromTrueMs, untilTrueMs]);
    const startsTrueMs = random.uniform() * START_MS_MAX;
    return {
      deviceId: deviceId(name),
      troubles: own,
      edgesTrueMs: edges.filter((edge) => edge > startsTrueMs && edge < Infinity).sort((a, b) => a - b),
      edgeIndex: 0,
      nextHeartbeatTrueMs: startsTrueMs,
      told: null,
    };
  });
  return { devices };
}

/** What all devices tell up to and with `untilTrueMs`, in order of time. */
export function readHealth(
  health: DevicesHealth,
  untilTrueMs: number,
  emit: (reading: ReadingOf<'health'>) => void,
): void {
  for (;;) {
    let next: WatchedDevice | null = null;
    for (const device of health.devices)
      if (next === null || nextMoment(device) < nextMoment(next)) next = device;
    if (next === null || nextMoment(next) > untilTrueMs) return;
    tell(next, emit);
  }
}

function nextMoment({ nextHeartbeatTrueMs, edgesTrueMs, edgeIndex }: WatchedDevice): number {
  return Math.min(nextHeartbeatTrueMs, edgesTrueMs[edgeIndex] ?? Infinity);
}

/** The device's next moment: a heartbeat tells how it is, the edge of a trouble only what has changed. */
function tell(device: WatchedDevice, emit: (reading: ReadingOf<'health'>) => void): void {
  const trueMs = nextMoment(device);
  const { state, note } = stateAt(device, trueMs);
  const isHeartbeat = trueMs === device.nextHeartbeatTrueMs;
  if (isHeartbeat) device.nextHeartbeatTrueMs += HEARTBEAT_MS;
  while (device.edgesTrueMs[device.edgeIndex] === trueMs) device.edgeIndex++;
  const isChanged = device.told?.state !== state || device.told.note !== note;
  if (!isChanged && (!isHeartbeat || state === 'offline')) return;
  device.told = { state, note };
  const { deviceId: id } = device;
  emit({ kind: 'health', source: sourceId(`health/${id}`), deviceId: id, state, note, trueMs });
}

/** Of troubles at the same time the worst tells. */
function stateAt(device: WatchedDevice, trueMs: number): Pick<HealthMessage, 'state' | 'note'> {
  const now = device.troubles.filter((each) => each.fromTrueMs <= trueMs && trueMs < each.untilTrueMs);
  return now.find(({ state }) => state === 'offline') ?? now[0] ?? { state: 'online', note: '' };
}
