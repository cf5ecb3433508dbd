/** Real brokers on real sockets: Aedes inside this process, and Mosquitto where the machine has it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect as connectSocket } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Aedes } from 'aedes';
import { connect } from 'mqtt';
import type { MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import { observationFromMqtt, storeTopicFilter } from '../../src/contract/index.ts';
import type { Observation, StoreId } from '../../src/domain/index.ts';

export interface TestBroker {
  readonly url: string;
  /** Every connection breaks and nobody listens any more; subscriptions are remembered. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** The open connections, oldest first, where the broker runs in this process. */
  readonly sockets: ReadonlySet<Socket> | null;
  /** What publishers sent and the broker read, as `topic payload`; null where it cannot say. */
  readonly read: ReadonlySet<string> | null;
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

export async function aedesBroker(password?: string): Promise<TestBroker> {
  const aedes = await Aedes.createBroker({
    authenticate: (...[, , given, done]) =>
      done(null, password === undefined || given?.toString() === password),
  });
  const sockets = new Set<Socket>();
  const read = new Set<string>();
  aedes.on('publish', ({ topic, payload }, client) => {
    if (client) read.add(`${topic} ${payload.toString('base64')}`);
  });
  const serve = (): Server =>
    createServer((socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
      aedes.handle(socket);
    });
  let server = serve();
  const port = await listen(server, 0);
  const kill = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(async () => {
    await kill();
    aedes.close();
  });
  const restart = async (): Promise<void> => {
    server = serve();
    await listen(server, port);
  };
  return { url: `mqtt://127.0.0.1:${port}`, kill, restart, sockets, read };
}

const MOSQUITTO = ['mosquitto', '/usr/sbin/mosquitto'].find(
  (name) => spawnSync(name, ['-h']).error === undefined,
);
export const isMosquittoAbsent = MOSQUITTO === undefined;
export const REASON_MOSQUITTO_ABSENT = 'this machine has no mosquitto';

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const socket = connectSocket(port, '127.0.0.1');
    const isOpen = await new Promise((resolve) => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await delay(20);
  }
}

export async function mosquittoBroker(): Promise<TestBroker> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-mosquitto-'));
  const settings = join(directory, 'mosquitto.conf');
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence true'];
  const more = [`persistence_location ${directory}/`, 'max_queued_messages 0', 'set_tcp_nodelay true'];
  writeFileSync(settings, [...lines, ...more, ''].join('\n'));
  const start = async () => {
    const started = spawn(MOSQUITTO ?? '', ['-c', settings], { stdio: 'ignore' });
    await answers(port);
    return started;
  };
  let broker = await start();
  const kill = async (): Promise<void> => {
    if (broker.exitCode !== null || broker.signalCode !== null) return;
    const gone = once(broker, 'exit');
    broker.kill('SIGTERM');
    await gone;
  };
  const restart = async (): Promise<void> => {
    broker = await start();
  };
  onTestFinished(async () => {
    await kill();
    rmSync(directory, { recursive: true, force: true });
  });
  return { url: `mqtt://127.0.0.1:${port}`, kill, restart, sockets: null, read: null };
}

/** A test has no clock: when a message came is told by the recording that it is compared with. */
const RECEIVED_AT_MS = 1_700_000_000_000;

/** A subscriber as a shop would have it: everything that the store's sensors say, as observations. */
export class Subscriber {
  readonly heard: Observation[] = [];
  readonly refused: string[] = [];
  connectionCount = 0;
  private readonly client: MqttClient;
  private readonly filter: string;
  private readonly waiting: { readonly isEnough: () => boolean; readonly resolve: () => void }[] = [];

  private constructor(client: MqttClient, filter: string) {
    this.client = client;
    this.filter = filter;
    client.on('message', (topic, payload) => {
      const read = observationFromMqtt(topic, payload, RECEIVED_AT_MS);
      if (read.ok) this.heard.push(read.value);
      else this.refused.push(`${topic}: ${read.problem}`);
      this.look();
    });
    client.on('connect', () => {
      this.connectionCount++;
      this.look();
    });
    client.on('error', () => undefined);
    onTestFinished(async () => client.endAsync(true));
  }

  static async to(url: string, store: StoreId): Promise<Subscriber> {
    const client = connect(url, { clean: false, clientId: 'subscriber', reconnectPeriod: 20 });
    const subscriber = new Subscriber(client, storeTopicFilter(store));
    await subscriber.listensAfter(0);
    return subscriber;
  }

  /** Until the broker of a later connection than number `count` has taken the subscription: only then does it hear. */
  async listensAfter(count: number): Promise<void> {
    await this.until(() => this.client.connected && this.connectionCount > count);
    await this.client.subscribeAsync(this.filter, { qos: 1 });
  }

  async until(isEnough: () => boolean): Promise<void> {
    if (isEnough()) return;
    await new Promise<void>((resolve) => this.waiting.push({ isEnough, resolve }));
  }

  private look(): void {
    for (const each of this.waiting.filter(({ isEnough }) => isEnough())) {
      this.waiting.splice(this.waiting.indexOf(each), 1);
      each.resolve();
    }
  }
}
