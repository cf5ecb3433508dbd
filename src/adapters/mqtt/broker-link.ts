/**
 * One connection to a broker that comes back by itself: with growing pauses, for a bounded time. Nothing piles up here:
 * whoever sends waits until there is room, which is while the socket's buffer is short, few messages wait for their
 * acknowledgement, and the broker is there. MQTT.js re-sends what was not acknowledged when the connection is back.
 * Once it is stopped nothing is waited for but answers to what is on its way, and those for a moment only.
 */
import type { IClientOptions, IClientPublishOptions, MqttClient } from 'mqtt';
import type { MqttMessage } from '../../contract/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { Unconfirmed } from './unconfirmed.ts';

export interface RetrySettings {
  /** The first pause; each further one is twice as long, up to the longest, and varies by ± a quarter. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** Without the broker for this long we give up. */
  readonly budgetMs: number;
}

export interface LinkSettings {
  /** The address as people may see it: without a password. */
  readonly shownUrl: string;
  readonly retry: RetrySettings;
  readonly report: (problem: DataProblem) => void;
  /** What the broker says for us should we vanish; asked for before every attempt to connect. */
  readonly lastWill: () => MqttMessage;
  /** Said after every connect, before anything else. */
  readonly greeting: () => MqttMessage;
}

/** A socket with more than this waits; a batch of plates has some kilobytes. */
const BUFFERED_BYTES_MAX = 1 << 20;
/** ≤ 64 messages wait for their acknowledgement. */
const IN_FLIGHT_MAX = 64;
/** A broker that is there answers within milliseconds; whoever stops us waits for the rest. */
const STOPPED_WAIT_MS_MAX = 1000;
/** Codes of MQTT 3.1.1 with which a broker refuses for good; 3 (not available) passes. */
const REFUSALS = new Set([1, 2, 4, 5]);

export class BrokerLink {
  connectionCount = 0;
  isStopped = false;
  lostCountMax = 0;
  failure: DataProblem | null = null;
  private readonly client: MqttClient;
  private readonly settings: LinkSettings;
  private readonly unconfirmed = new Unconfirmed();
  private inFlight = 0;
  private attempts = 0;
  private isUp = false;
  private isClosing = false;
  private isAbandoned = false;
  private isWaitOver = false;
  private downSinceMs = Date.now();
  private lastError = 'no answer';
  private waiters: (() => void)[] = [];
  private retryTimer: NodeJS.Timeout | undefined;
  private stopTimer: NodeJS.Timeout | undefined;

  constructor(client: MqttClient, settings: LinkSettings) {
    this.client = client;
    this.settings = settings;
    client.on('connect', () => this.up());
    client.on('close', () => this.down());
    client.on('error', (error) => this.noteError(error));
    client.on('packetsend', (packet) => this.unconfirmed.noteSent(packet));
    client.on('packetreceive', (packet) => {
      this.unconfirmed.noteReceived(packet);
      this.wake();
    });
  }

  /** Whether a message may be sent at this moment. */
  hasRoom(): boolean {
    const isShort = this.client.stream.writableLength < BUFFERED_BYTES_MAX;
    return this.isUp && this.client.connected && isShort && this.inFlight < IN_FLIGHT_MAX;
  }

  /** Resolves once a message may be sent: true; or false once that will never be again, or we are stopped. */
  async room(): Promise<boolean> {
    while (!this.failure && !this.isStopped) {
      if (this.hasRoom()) return true;
      await this.change();
    }
    return false;
  }

  /** Whoever waits here goes on at once; the broker gets a moment to answer what it was sent. */
  stop(): void {
    this.isStopped = true;
    this.stopTimer = setTimeout(() => {
      this.isWaitOver = true;
      this.wake();
    }, STOPPED_WAIT_MS_MAX);
    this.wake();
  }

  /** Only right after `room` or `hasRoom` has said true. */
  send(message: MqttMessage): void {
    const { topic, payload, qos, isRetained } = message;
    const options: IClientPublishOptions = { qos, retain: isRetained };
    const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    if (qos === 0) {
      this.client.publish(topic, bytes, options);
      return;
    }
    this.inFlight++;
    this.client.publish(topic, bytes, options, () => {
      this.inFlight--;
      this.wake();
    });
  }

  /** Resolves once everything is acknowledged: true; or false once that will never be, or is not waited for. */
  async acknowledged(): Promise<boolean> {
    while (!this.failure && this.inFlight > 0) {
      if (this.isStopped && (!this.isUp || this.isWaitOver)) return false;
      await this.change();
    }
    return !this.failure;
  }

  /** What is still on its way is given up, and counted as lost. */
  abandon(): void {
    this.isAbandoned = true;
    this.lostCountMax += this.unconfirmed.breakOff() + this.inFlight;
  }

  /** Says goodbye where everything is acknowledged; else there is nobody to wait for. */
  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.retryTimer);
    clearTimeout(this.stopTimer);
    const isForced = !this.isUp || this.failure !== null || this.inFlight > 0 || this.isAbandoned;
    await new Promise<void>((resolve) => {
      this.client.end(isForced, {}, () => resolve());
    });
  }

  private up(): void {
    this.isUp = true;
    this.attempts = 0;
    this.connectionCount++;
    const { stream } = this.client;
    // Without this a message waits 27–33 ms for the acknowledgement of the one before it.
    if ('setNoDelay' in stream && typeof stream.setNoDelay === 'function') stream.setNoDelay(true);
    stream.on('drain', () => this.wake());
    this.send(this.settings.greeting());
    this.wake();
  }

  private down(): void {
    if (this.isClosing || this.failure) return;
    if (this.isUp) {
      this.isUp = false;
      this.downSinceMs = Date.now();
      this.reportLoss(this.unconfirmed.breakOff());
      this.wake();
    }
    if (this.isStopped) return;
    const { firstMs, longestMs, budgetMs } = this.settings.retry;
    if (Date.now() - this.downSinceMs > budgetMs) {
      this.fail({
        code: 'MQTT_UNREACHABLE',
        where: this.settings.shownUrl,
        what: `the broker could not be reached for ${budgetMs / 1000} s: ${this.lastError}`,
        remedy:
          'Check that the broker runs, that the address and port are right, and that no firewall is between.',
      });
      return;
    }
    const pauseMs = Math.min(longestMs, firstMs * 2 ** this.attempts++) * (0.75 + Math.random() / 2);
    this.retryTimer = setTimeout(() => this.retry(), pauseMs);
  }

  private retry(): void {
    if (this.isClosing || this.failure || this.isStopped) return;
    const { client } = this;
    client.options.will = willOf(this.settings.lastWill());
    // The same stores: MQTT.js would make new ones and forget what is not acknowledged.
    client.reconnect({ incomingStore: client.incomingStore, outgoingStore: client.outgoingStore });
  }

  private reportLoss(inDoubt: number): void {
    this.lostCountMax += inDoubt;
    this.settings.report({
      code: 'MQTT_CONNECTION_LOST',
      where: this.settings.shownUrl,
      what: `the connection broke; at most ${inDoubt} samples and frames on their way are lost`,
      remedy: 'Nothing to do where the broker was restarted; else look at the network between.',
    });
  }

  private noteError(error: Error & { readonly code?: unknown }): void {
    this.lastError = error.message === '' ? String(error.code) : error.message;
    if (typeof error.code !== 'number' || !REFUSALS.has(error.code)) return;
    this.fail({
      code: 'MQTT_REFUSED',
      where: this.settings.shownUrl,
      what: `the broker refuses us: ${this.lastError}`,
      remedy: 'Check user name and password, and what the broker lets this user do.',
    });
  }

  private fail(problem: DataProblem): void {
    this.failure ??= problem;
    this.client.end(true);
    this.wake();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiters.splice(0)) resolve();
  }
}

/** As MQTT.js wants it. */
export function willOf(message: MqttMessage): NonNullable<IClientOptions['will']> {
  const { topic, payload, qos, isRetained } = message;
  return { topic, payload: Buffer.from(payload), qos, retain: isRetained };
}
