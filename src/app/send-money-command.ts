/** Sends what a store's money wants sent, to whoever it is for; each answer is news for the same account. */
import { epochMs } from '../base/index.ts';
import type { PaymentId } from '../domain/index.ts';
import type { MoneyCommand, MoneyNews } from '../engine/index.ts';
import type { PaymentProcessor } from '../payment/index.ts';
import type { FiscalDevice } from '../receipts/index.ts';

type Timeless<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;

export interface MoneyOutside {
  readonly processor: PaymentProcessor;
  readonly fiscal: FiscalDevice;
  readonly nowMs: () => number;
  readonly hear: (news: Timeless<MoneyNews>) => void;
}

export function sendMoneyCommand(
  command: MoneyCommand & { readonly accountId: PaymentId },
  { processor, fiscal, nowMs, hear }: MoneyOutside,
): void {
  const { accountId } = command;
  if (command.to === 'processor') {
    const { paymentId, commandId } = command.request;
    processor.send(command.request, (reply) => {
      const news = { kind: 'reply', atMs: epochMs(nowMs()), commandId, reply } as const;
      hear({ kind: 'payment-told', accountId, paymentId, news });
    });
    return;
  }
  const { fiscalId } = command.request;
  fiscal.register(command.request, (reply) => hear({ kind: 'fiscal-told', accountId, fiscalId, reply }));
}
