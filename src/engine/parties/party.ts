/** A party in the shop: who pays for which visits, and what has become of each. */
import type { EpochMs } from '../../base/index.ts';
import type {
  Attribution,
  BasketAlternative,
  ItemCount,
  PartyId,
  PaymentId,
  Question,
  Receipt,
  VisitId,
} from '../../domain/index.ts';
import type { Reply } from '../../decision/index.ts';
import type { ReceiptTender } from '../../receipts/index.ts';
import type { CardTender, PrepaidTender } from '../../payment/index.ts';

/** What an entry gate, an app or a card reader says of somebody who comes in. A guest is a token and nothing else. */
export interface Payer {
  readonly partyId: PartyId;
  readonly accountId: PaymentId;
  /** All who come in together; paid and priced together. */
  readonly visitIds: readonly VisitId[];
  readonly card: CardTender | null;
  readonly prepaid: PrepaidTender | null;
  readonly capMinor: number;
  /** What the payer knows the tenders by. */
  readonly tenders: readonly ReceiptTender[];
  readonly isMember: boolean;
  readonly coupons: readonly string[];
}

/** What the loop made of a visit when it settled. */
export interface JudgedVisit {
  readonly receipt: Receipt;
  readonly evidence: readonly Attribution[];
  readonly alternatives: readonly BasketAlternative[];
}

export type VisitStanding =
  /** Still in the shop, or on its way out. */
  | { readonly kind: 'inside' }
  | {
      readonly kind: 'asked';
      readonly judged: JudgedVisit;
      readonly question: Question;
      readonly replies: readonly Reply[];
      readonly dueAtMs: EpochMs;
    }
  | { readonly kind: 'in-review'; readonly judged: JudgedVisit; readonly dueAtMs: EpochMs }
  /** What is charged for it is known. */
  | { readonly kind: 'decided'; readonly judged: JudgedVisit; readonly items: readonly ItemCount[] };

export interface Party {
  readonly payer: Payer;
  readonly visits: ReadonlyMap<VisitId, VisitStanding>;
  /** What the basket was last said to cost, so that only changes are told. */
  readonly toldMinor: number | null;
}

export function newParty(payer: Payer): Party {
  return {
    payer,
    visits: new Map(payer.visitIds.map((visitId) => [visitId, { kind: 'inside' }])),
    toldMinor: null,
  };
}

export function withStanding(party: Party, visitId: VisitId, standing: VisitStanding): Party {
  return { ...party, visits: new Map([...party.visits, [visitId, standing]]) };
}

/** When somebody has to have answered; null where nobody is waited for. */
export function dueAtMsOf({ visits }: Party): EpochMs | null {
  let due: EpochMs | null = null;
  for (const standing of visits.values())
    if ('dueAtMs' in standing && (due === null || standing.dueAtMs < due)) due = standing.dueAtMs;
  return due;
}
