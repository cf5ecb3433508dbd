/** The steps of a run in words, for whoever has to find out what went wrong. */
import { moneyText } from '../../../src/domain/index.ts';
import type {
  PaymentDecision,
  PaymentEvent,
  ProcessorReply,
  ProcessorRequest,
} from '../../../src/payment/index.ts';
import { totalOf } from '../../../src/payment/index.ts';

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
      return `${hold.holdId} ${hold.status} ${hold.heldMinor}, captured ${hold.capturedMinor}${refunds}`;
    })
    .join('; ');
}

export function decisionWords(decision: PaymentDecision): string {
  switch (decision.kind) {
    case 'begin': {
      const { card, prepaid, capMinor } = decision.terms;
      const tenders = [
        card && `card, ${card.firstHoldMinor} to begin with`,
        prepaid && `prepaid ${prepaid.reservedMinor}`,
      ];
      return `begin, ${tenders.filter((tender) => tender !== null).join(', ')}, cap ${capMinor}`;
    }
    case 'basket-changed':
      return `basket ${moneyText(decision.total)}`;
    case 'settle':
      return `settle ${totalOf(decision.sale)}`;
    case 'correct':
      return `correct to ${totalOf(decision.sale)} ${decision.hasConsent ? 'with' : 'without'} consent`;
    case 'supplement':
      return `supplement ${moneyText(decision.amount)}`;
    case 'give-up':
    case 'write-off':
      return decision.kind;
  }
}

export function eventWords(event: PaymentEvent): string {
  switch (event.kind) {
    case 'reply':
      return `answer to ${event.commandId}: ${replyWords(event.reply)}`;
    case 'webhook':
    case 'tick':
    case 'restarted':
      return event.kind;
    default:
      return decisionWords(event);
  }
}
