/**
 * What the publishing device says of itself: online when it connects, offline when it goes, and offline by the broker's
 * mouth should it vanish. The number of its last words is kept free, so that whichever of the two is said fits in.
 */
import { assert, epochMs } from '../../base/index.ts';
import { mqttMessage } from '../../contract/index.ts';
import type { MqttMessage } from '../../contract/index.ts';
import { sourceId } from '../../domain/index.ts';
import type { DeviceHealth, DeviceId, StoreId } from '../../domain/index.ts';

export class Gateway {
  private readonly storeId: StoreId;
  private readonly deviceId: DeviceId;
  private sequence = 0;

  constructor(storeId: StoreId, deviceId: DeviceId) {
    this.storeId = storeId;
    this.deviceId = deviceId;
  }

  /** Of the connection that is about to be made. */
  lastWill(): MqttMessage {
    return this.message(this.sequence + 1, 'offline', 'the connection broke');
  }

  greeting(): MqttMessage {
    const greeting = this.message(this.sequence, 'online', '');
    this.sequence += 2;
    return greeting;
  }

  farewell(): MqttMessage {
    return this.message(this.sequence - 1, 'offline', 'publishing ended');
  }

  private message(sequence: number, state: DeviceHealth['state'], note: string): MqttMessage {
    const nowMs = epochMs(Date.now());
    const message = mqttMessage(this.storeId, {
      kind: 'health',
      source: sourceId(`health/${this.deviceId}`),
      sequence,
      observedAtMs: nowMs,
      receivedAtMs: nowMs,
      deviceId: this.deviceId,
      state,
      note,
    });
    assert(message.ok, 'HEALTH_NOT_A_MESSAGE');
    return message.value;
  }
}
