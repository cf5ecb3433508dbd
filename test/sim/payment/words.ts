/** The steps of a run in words, for whoever has to find out what went wrong. */
import { moneyText } from '../../../src/domain/index.ts';
import type { MoneyEvent } from '../../../src/engine/index.ts';
import type { ProcessorReply, ProcessorRequest } from '../../../src/payment/index.ts';

export function requestWords(request: ProcessorRequest): string {
  return 'amount' in request ? `${request.commandId} of ${moneyText(request.amount)}` : request.commandId;
}

export function replyWords(reply: ProcessorReply): string {
  if (reply.kind === 'unknown') return 'nobody knows';
  if (reply.kind === 'refused') return `refused, ${reply.code}`;
  if (reply.holds.length === 0) return 'no holds';
  return reply.holds
    .map((hold) => {
      const refunds = hold.refunds.map((refund) => `, refunded ${refund.minor}`).join('');
      const disputed = hold.disputedMinor === 0 ? '' : `, disputed ${hold.disputedMinor}`;
      return `${hold.holdId} ${hold.status} ${hold.heldMinor}, captured ${hold.capturedMinor}${refunds}${disputed}`;
    })
    .join('; ');
}

export function eventWords(event: MoneyEvent): string {
  switch (event.kind) {
    case 'began': {
      const { card, prepaid, capMinor } = event.terms;
      const tenders = [
        card && `card, ${card.firstHoldMinor} to begin with`,
        prepaid && `prepaid ${prepaid.reservedMinor}`,
      ];
      return `begin, ${tenders.filter((tender) => tender !== null).join(', ')}, cap ${capMinor}`;
    }
    case 'basket-changed':
      return `basket ${moneyText(event.total)}`;
    case 'sold':
      return `sold for ${event.goods.sums.toPayMinor}`;
    case 'corrected':
      return `${event.correction.change.kind} as ${event.correction.reason} ${event.hasConsent ? 'with' : 'without'} consent`;
    case 'claimed':
      return `claim ${event.claim.kind}`;
    case 'prepaid-loaded':
      return `${moneyText(event.amount)} into ${event.balanceId}`;
    case 'payment-told':
      return event.news.kind === 'reply'
        ? `answer to ${event.news.commandId}: ${replyWords(event.news.reply)}`
        : `${event.news.kind} of ${event.paymentId}`;
    case 'fiscal-told':
      return `mark of ${event.fiscalId}: ${event.reply.kind}`;
    case 'dispute-accepted':
    case 'gave-up':
    case 'wrote-off':
    case 'ticked':
    case 'restarted':
      return event.kind;
  }
}
