/** What goes over the wire between the sandbox and its client: checked on both sides, once, where it comes in. */
import { z } from 'zod';
import { epochMs } from '../../base/index.ts';
import { commandId, CURRENCY_EXPONENT, holdId, isIdText, minor, paymentId } from '../../domain/index.ts';
import type { Currency } from '../../domain/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../payment/index.ts';

const idText = z.string().refine(isIdText);
const wholeMinor = z.int().transform(minor);
const currency = z.custom<Currency>(
  (value) => typeof value === 'string' && Object.hasOwn(CURRENCY_EXPONENT, value),
);

const addressed = { commandId: idText.transform(commandId), paymentId: idText.transform(paymentId) };
const amount = z.object({ minor: wholeMinor, currency });
const ofHold = { ...addressed, holdId: idText.transform(holdId) };

const REQUEST = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hold'), ...addressed, token: z.string().min(1), amount }),
  z.object({ kind: z.literal('increase'), ...ofHold, amount }),
  z.object({ kind: z.literal('capture'), ...ofHold, amount }),
  z.object({ kind: z.literal('release'), ...ofHold }),
  z.object({ kind: z.literal('refund'), ...ofHold, amount }),
  z.object({ kind: z.literal('look-up'), ...addressed, token: z.string().min(1).nullable() }),
]);

const HOLD = z.object({
  holdId: idText.transform(holdId),
  commandId: idText.transform(commandId),
  status: z.enum(['open', 'captured', 'released', 'expired']),
  heldMinor: wholeMinor,
  capturedMinor: wholeMinor,
  expiresAtMs: z.number().nonnegative().transform(epochMs),
  refunds: z.array(z.object({ commandId: idText.transform(commandId), minor: wholeMinor })),
  disputedMinor: wholeMinor,
});

const REFUSALS = [
  'declined',
  'increase-refused',
  'hold-over',
  'hold-unknown',
  'refund-refused',
  'request-unusable',
] as const;

const REPLY = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('told'), holds: z.array(HOLD) }),
  z.object({ kind: z.literal('refused'), code: z.enum(REFUSALS) }),
]);

const WEBHOOK = z.object({
  webhookId: idText,
  paymentId: idText.transform(paymentId),
  kind: z.enum(['hold-expired', 'captured', 'refunded', 'refund-failed', 'disputed', 'dispute-won']),
});

export type SandboxWebhook = z.infer<typeof WEBHOOK>;

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}

export function parseRequest(bytes: Uint8Array): ProcessorRequest | null {
  return REQUEST.safeParse(jsonOf(bytes)).data ?? null;
}

export function parseReply(bytes: Uint8Array): ProcessorReply | null {
  return REPLY.safeParse(jsonOf(bytes)).data ?? null;
}

export function parseWebhook(bytes: Uint8Array): SandboxWebhook | null {
  return WEBHOOK.safeParse(jsonOf(bytes)).data ?? null;
}
