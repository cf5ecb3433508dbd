/** The visits of a recording as checkouts: replayed by the loop that a live shop runs, each visit a party of its own. */
import { ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import { paymentId } from '../../domain/index.ts';
import type { DataProblem } from '../../domain/index.ts';
import { judgedLineFacts, linesToPrice } from '../../engine/index.ts';
import type { ShopEvent } from '../../engine/index.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import { replayRecording } from '../replay-recording.ts';
import type { Checkout, JudgedBasket } from './checkout-document.ts';

export interface JudgedCheckout {
  readonly checkout: Checkout;
  readonly judged: JudgedBasket;
  /** What the loop decided: only a receipt that is to be charged is sure enough to be charged at once. */
  readonly decision: string;
}

export async function judgedCheckouts(
  checkout: Checkout,
  path: string,
): Promise<Result<readonly JudgedCheckout[], readonly DataProblem[]>> {
  const made: JudgedCheckout[] = [];
  for (const found of findRecordings([path])) {
    const opened = await openFound(found);
    if (!opened.ok) return refused([opened.problem]);
    const { catalogue } = opened.value.store;
    const hear = (event: ShopEvent): void => {
      if (event.kind !== 'receipt-issued') return;
      const { receipt, evidence } = event;
      const { visitId, leftAtMs, decision } = receipt;
      const facts = judgedLineFacts(receipt, evidence, catalogue).map((line) => {
        const productId = line.lineId.slice(visitId.length + 1);
        return { ...line, name: checkout.names[productId] ?? line.name };
      });
      const payer = { ...checkout.payer, paymentId: paymentId(`${checkout.payer.paymentId}-${visitId}`) };
      made.push({
        checkout: { ...checkout, payer },
        judged: { atMs: leftAtMs, lines: linesToPrice(receipt), facts },
        decision,
      });
    };
    await replayRecording(opened.value, { watchers: [{ observe: () => undefined, hear }] });
  }
  return ok(made);
}
