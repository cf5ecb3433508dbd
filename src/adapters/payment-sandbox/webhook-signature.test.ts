import { expect, test } from 'vitest';
import { signatureHeader, WebhookGate } from './webhook-signature.ts';

const NOW_MS = 1_700_000_000_000;
const TOLERANCE_MS = 300_000;
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const BODY = bytes('{"webhookId":"webhook-1","paymentId":"pay-1","kind":"captured"}');

function gate(...secrets: string[]): WebhookGate {
  return new WebhookGate({ secrets, toleranceMs: TOLERANCE_MS });
}

function codeOf(at: WebhookGate, header: string | undefined, rawBody: Uint8Array = BODY): string {
  const admitted = at.admit({ header, rawBody, nowMs: NOW_MS });
  return admitted.ok ? 'ok' : admitted.problem.code;
}

const signed = (secrets: readonly string[], atMs = NOW_MS, rawBody: Uint8Array = BODY): string =>
  signatureHeader({ atMs, rawBody }, secrets);

test('the signature is that of the known algorithm', () => {
  // printf '1700000000000.{"a":1}' | openssl dgst -sha256 -hmac secret
  expect(signed(['secret'], NOW_MS, bytes('{"a":1}'))).toBe(
    't=1700000000000,v1=4ef2732b0d632a6897af3a6d02a6de287f60d6c5f15dabdb0ceb045a34e3c5a7',
  );
});

test('either of two secrets lets a webhook in, on both sides of a change', () => {
  expect(codeOf(gate('old', 'new'), signed(['old']))).toBe('ok');
  expect(codeOf(gate('new'), signed(['old', 'new']))).toBe('ok');
  expect(codeOf(gate('new'), signed(['old']))).toBe('PAYMENT_WEBHOOK_SIGNATURE');
});

test.each([
  undefined,
  '',
  't=1700000000000',
  'v1=00',
  't=x,v1=00',
  `t=1700000000000,v1=${'0'.repeat(64)}`,
  `t=1700000000000,v1=${'0'.repeat(63)}`,
])('the header %s is no signature', (header) => {
  expect(codeOf(gate('secret'), header)).toBe('PAYMENT_WEBHOOK_SIGNATURE');
});

test('a byte more, or the time changed, and the signature is wrong', () => {
  const header = signed(['secret']);
  expect(codeOf(gate('secret'), header, bytes(`${BODY.toString()} `))).toBe('PAYMENT_WEBHOOK_SIGNATURE');
  expect(codeOf(gate('secret'), header.replace('t=17', 't=16'))).toBe('PAYMENT_WEBHOOK_SIGNATURE');
});

test('what was signed too long ago, or in the future, is refused', () => {
  const at = gate('secret');
  expect(codeOf(at, signed(['secret'], NOW_MS - TOLERANCE_MS - 1))).toBe('PAYMENT_WEBHOOK_TIME');
  expect(codeOf(at, signed(['secret'], NOW_MS + TOLERANCE_MS + 1))).toBe('PAYMENT_WEBHOOK_TIME');
  expect(codeOf(at, signed(['secret'], NOW_MS - TOLERANCE_MS))).toBe('ok');
});

test('the same webhook again is a replay; signed anew it is another attempt', () => {
  const at = gate('secret');
  expect(codeOf(at, signed(['secret']))).toBe('ok');
  expect(codeOf(at, signed(['secret']))).toBe('PAYMENT_WEBHOOK_REPLAYED');
  expect(codeOf(at, signed(['secret'], NOW_MS + 1))).toBe('ok');
  expect(at.forgottenCount).toBe(0);
});

test('what is signed but no message is refused after all else', () => {
  for (const text of ['', '{', '{"webhookId":"w","paymentId":"p","kind":"paid"}', '[]'])
    expect(codeOf(gate('s'), signed(['s'], NOW_MS, bytes(text)), bytes(text))).toBe(
      'PAYMENT_WEBHOOK_UNREADABLE',
    );
});
