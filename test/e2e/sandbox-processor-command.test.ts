/** `tillfree sandbox-processor`: through the command line, and as the process that a shell starts and stops. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import {
  NO_FAULTS,
  sandboxProcessor,
  SIGNATURE_HEADER,
  WebhookGate,
} from '../../src/adapters/payment-sandbox/index.ts';
import { commandId, holdId, money, paymentId } from '../../src/domain/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../src/payment/index.ts';
import { call, emptyDirectory } from './command-line.ts';

const GUIDE = fileURLToPath(new URL('../../docs/guide/payment.md', import.meta.url));
const TILLFREE = fileURLToPath(new URL('../../bin/tillfree.js', import.meta.url));

class Run {
  out = '';
  readonly closed: Promise<unknown[]>;
  private readonly child: ReturnType<typeof spawn>;
  private waiters: (() => void)[] = [];

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, [TILLFREE, 'sandbox-processor', '--port', '0', ...args]);
    this.closed = once(this.child, 'close');
    onTestFinished(() => void this.child.kill('SIGKILL'));
    const hear = (): void => {
      for (const waiter of this.waiters.splice(0)) waiter();
    };
    this.child.stdout?.on('data', (data: Buffer) => {
      this.out += data.toString();
      hear();
    });
    void this.closed.then(hear);
  }

  async url(): Promise<string> {
    for (;;) {
      const [, url] = / at (\S+), SIMULATED: no money moves\n/.exec(this.out) ?? [];
      if (url !== undefined) return url;
      await new Promise<void>((resolve) => this.waiters.push(resolve));
    }
  }

  stop(signal: 'SIGINT' | 'SIGTERM'): void {
    this.child.kill(signal);
  }
}

function send(url: string, request: ProcessorRequest): Promise<ProcessorReply> {
  const processor = sandboxProcessor({ url, isIncremental: true, timeoutMs: 5000 });
  return new Promise((resolve) => {
    processor.send(request, resolve);
  });
}

const HOLD = {
  kind: 'hold',
  commandId: commandId('pay-1/1-hold'),
  paymentId: paymentId('pay-1'),
  token: 'guest-1',
  amount: money(1000, 'USD'),
} as const;

function faultFile(content: unknown): string {
  const file = join(emptyDirectory(), 'faults.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test.each(['SIGINT', 'SIGTERM'] as const)('it holds money that is not there until %s', async (signal) => {
  const run = new Run();
  const url = await run.url();
  expect(await send(url, HOLD)).toMatchObject({ kind: 'told', holds: [{ status: 'open', heldMinor: 1000 }] });
  run.stop(signal);
  expect(await run.closed).toEqual([0, null]);
  expect(run.out).toContain('without faults\n');
  expect(run.out).toMatch(/stopped\n$/);
});

test('it does wrong what the fault file says, and sends signed webhooks', async () => {
  const gate = new WebhookGate({ secrets: ['s3cret'], toleranceMs: Number.MAX_SAFE_INTEGER });
  const kinds: string[] = [];
  const heard = new Promise<void>((resolve) => {
    const office = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const header = String(request.headers[SIGNATURE_HEADER]);
        const came = gate.admit({ header, rawBody: Buffer.concat(chunks), nowMs: 0 });
        if (came.ok) kinds.push(came.value.kind);
        response.writeHead(came.ok ? 204 : 400).end();
        resolve();
      });
    });
    office.listen(0, '127.0.0.1', () => {
      void shopping(`http://127.0.0.1:${(office.address() as AddressInfo).port}/hooks`);
    });
    onTestFinished(() => void office.close());
  });
  async function shopping(webhooks: string): Promise<void> {
    const faults = faultFile({ formatVersion: 1, capturedPartly: 1 });
    const run = new Run('--faults', faults, '--webhooks', webhooks, '--secret', 's3cret', '--seed', '7');
    const url = await run.url();
    await send(url, HOLD);
    const capture = {
      ...HOLD,
      kind: 'capture',
      commandId: commandId('c'),
      holdId: holdId('hold-1'),
    } as const;
    expect(await send(url, capture)).toMatchObject({ holds: [{ capturedMinor: 500 }] });
    expect(run.out).toContain('faults: capturedPartly 1\n');
  }
  await heard;
  expect(kinds).toEqual(['captured']);
});

test('a fault file that cannot be is told with file, field and remedy', async () => {
  const file = faultFile({ formatVersion: 2, replyLots: 0.1, replyLate: 1.5 });
  const { code, err } = await call('sandbox-processor', '--faults', file);
  expect(code).toBe(1);
  expect(err).toContain('FAULT_FILE_FORM');
  expect(err).toContain(`${file}:replyLate`);
  expect(err).toContain(`${file}:formatVersion`);
  expect(err).toMatch(/replyLots means nothing here\. Did you mean replyLost\?.*FAULT_FILE_KEY_UNKNOWN/);
  expect(err).toContain('docs/guide/payment.md shows the form.');
  expect(err).toContain('cannot be used: 3 problems');
});

test.each(['{', '/nowhere/faults.json'])('%s is no fault file', async (content) => {
  const file = content === '{' ? faultFile(content) : content;
  const { code, err } = await call('sandbox-processor', '--faults', file);
  expect(code).toBe(1);
  expect(err).toContain('FAULT_FILE_UNREADABLE');
});

test.each([
  { args: ['--webhooks', 'http://127.0.0.1:1'], says: 'need each other' },
  { args: ['--secret', 's'], says: 'need each other' },
  { args: ['--webhooks', 'ftp://here', '--secret', 's'], says: 'is no http or https address' },
  { args: ['--port', '65536'], says: 'A whole number from 0 to 65535.' },
  { args: ['--seed', '-1'], says: 'A whole number from 0 to' },
])('the call $args is wrong', async ({ args, says }) => {
  const { code, err } = await call('sandbox-processor', ...args);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test('a port that is taken is said', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const port = (taken.address() as AddressInfo).port;
  const { code, err } = await call('sandbox-processor', '--port', String(port));
  expect(code).toBe(1);
  expect(err).toContain(`port ${port} is taken`);
});

test('the guide names every fault, and its fault file is one', async () => {
  const guide = readFileSync(GUIDE, 'utf8');
  for (const name of Object.keys(NO_FAULTS)) expect(guide).toContain(`\`${name}\``);
  const [, shown = ''] = /```json\n([^]*?)```/.exec(guide) ?? [];
  const run = new Run('--faults', faultFile(shown));
  await run.url();
  expect(run.out).toContain('faults: replyLost 0.3, webhookTwice 0.5\n');
});
