/**
 * The port over HTTP. It never tries again by itself: whether and how a request is repeated is decided where the
 * payment's record is. Whatever is not clearly an answer is `unknown`.
 */
import type { PaymentProcessor, ProcessorReply, ProcessorRequest } from '../../payment/index.ts';
import { IDEMPOTENCY_HEADER } from './sandbox-server.ts';
import { parseReply } from './wire.ts';

export interface SandboxClientSettings {
  readonly url: string;
  readonly isIncremental: boolean;
  /** No longer than the payment waits for a request that is on its way (`inFlightMsMax`). */
  readonly timeoutMs: number;
}

const UNKNOWN: ProcessorReply = { kind: 'unknown' };

export function sandboxProcessor(settings: SandboxClientSettings): PaymentProcessor {
  return {
    features: { isIncremental: settings.isIncremental },
    send: (request, answer) => {
      void exchange(settings, request).then(answer, () => answer(UNKNOWN));
    },
  };
}

async function exchange(settings: SandboxClientSettings, request: ProcessorRequest): Promise<ProcessorReply> {
  const response = await fetch(`${settings.url}/v1/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [IDEMPOTENCY_HEADER]: request.commandId },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(settings.timeoutMs),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status < 500 ? (parseReply(bytes) ?? UNKNOWN) : UNKNOWN;
}
