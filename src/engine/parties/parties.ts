/**
 * The parties of a shop: joins who came in and pays with what the loop makes of their visits, and says what the store's
 * money is to be told. The live basket is priced as it grows, so that enough is held; at the exit a receipt that is sure
 * is sold at once, one in doubt waits, bounded, for an answer or a look, and then what is sure is charged. It keeps no
 * clock and sends nothing: the same inputs in the same order give the same decisions.
 */
import { epochMs } from '../../base/index.ts';
import type { EpochMs } from '../../base/index.ts';
import { minor, money } from '../../domain/index.ts';
import type { Basket, ItemCount, PartyId, PaymentId, VisitId } from '../../domain/index.ts';
import { chargeAfterAnswers, NO_KNOWLEDGE } from '../../decision/index.ts';
import type { DecisionKnowledge, DecisionPolicy } from '../../decision/index.ts';
import type { PaymentTiming, ProcessorFeatures } from '../../payment/index.ts';
import type { Books } from '../../pricing/index.ts';
import type { Seller } from '../../receipts/index.ts';
import type { MoneyDecision } from '../money/index.ts';
import type { ShopEvent } from '../shop-event.ts';
import type { PartyInput, PartyNotice, PartyProblemCode, PartyStep } from './party-input.ts';
import { dueAtMsOf, newParty, withStanding } from './party.ts';
import { interruptedVisit } from './interrupted-visit.ts';
import type { JudgedVisit, Party, Payer, VisitStanding } from './party.ts';
import { partyGoods, pricedParty } from './price-party.ts';
import type { HeldItems, Pricing } from './price-party.ts';

export interface PartySettings extends Omit<Pricing, 'books'> {
  readonly seller: Seller;
  readonly policy: DecisionPolicy;
  readonly timing: PaymentTiming;
  readonly processor: ProcessorFeatures;
  /** So long a shopper is waited for; then what is sure is charged. */
  readonly answerWithinMs: number;
  readonly reviewWithinMs: number;
  /** Visits that went out unpaid and may still be claimed; beyond it the oldest are let go. */
  readonly unclaimedMax: number;
}

const NONE: PartyStep = { decisions: [], notices: [], problem: null, recorded: null };

export class Parties {
  /** Visits that were let go because nobody came to pay for them. */
  lostCount = 0;
  private readonly settings: PartySettings;
  private books: Books;
  private isReplaying = false;
  private readonly parties = new Map<PartyId, Party>();
  private readonly partyOf = new Map<VisitId, PartyId>();
  private readonly baskets = new Map<VisitId, Basket>();
  private readonly inside = new Set<VisitId>();
  private readonly unclaimed = new Map<VisitId, JudgedVisit>();

  constructor(settings: PartySettings, books: Books) {
    this.settings = settings;
    this.books = books;
  }

  /** @param knowledge what the store knows about deciding, for what an answer is worth. */
  accept(input: PartyInput, knowledge: DecisionKnowledge): PartyStep {
    const step = this.take(input, knowledge);
    return { ...step, recorded: step.problem === null ? (step.recorded ?? input) : null };
  }

  /**
   * Takes in again what was recorded, without pricing anything: whether a party was sold is the money's record to say.
   */
  replay(recorded: PartyInput): void {
    this.isReplaying = true;
    this.take(recorded, NO_KNOWLEDGE);
    this.isReplaying = false;
  }

  replayRestart(atMs: EpochMs): void {
    this.isReplaying = true;
    this.loopRestarted(atMs);
    this.isReplaying = false;
  }

  /** The money's record says that the party has its receipt, or was never let in. */
  noteGone(accountId: PaymentId): void {
    for (const { payer } of [...this.parties.values()]) if (payer.accountId === accountId) this.forget(payer);
  }

  /**
   * The loop was killed and begins anew: it knows nobody any more. What was told of those inside is looked at by a
   * person, bounded; then what was sure of it is charged. Nobody is charged for what nobody remembers.
   */
  loopRestarted(atMs: EpochMs): PartyStep {
    let step = NONE;
    for (const visitId of [...this.inside]) {
      this.inside.delete(visitId);
      const judged = interruptedVisit(visitId, this.baskets.get(visitId) ?? null, { ...this.settings, atMs });
      this.baskets.delete(visitId);
      const party = this.partyWith(visitId);
      if (party !== null) step = joined(step, this.judge(party, judged, atMs));
      else if (judged.receipt.lines.length > 0) this.unclaimed.set(visitId, judged);
    }
    return joined(step, this.sellWaiting(atMs));
  }

  private take(input: PartyInput, knowledge: DecisionKnowledge): PartyStep {
    switch (input.kind) {
      case 'shop':
        return this.hear(input.event, input.atMs);
      case 'payer':
        return this.begin(input);
      case 'answered':
        return this.answer(input, knowledge);
      case 'asked-on':
        return this.askOn(input);
      case 'reviewed':
        return this.review(input);
      case 'books':
        this.books = input.books;
        return this.sellWaiting(input.atMs);
      case 'ticked':
        return this.tick(input.atMs);
    }
  }

  /** Parties that have no receipt yet. */
  get openCount(): number {
    return this.parties.size;
  }

  /** When somebody's time to answer ends; null while nobody is waited for. */
  wakeAtMs(): EpochMs | null {
    const dues = [...this.parties.values()].map(dueAtMsOf).filter((due) => due !== null);
    return dues.length === 0 ? null : epochMs(Math.min(...dues));
  }

  private hear(event: ShopEvent, atMs: EpochMs): PartyStep {
    if (event.kind === 'visit-entered') this.inside.add(event.visit.visitId);
    if (event.kind === 'basket-changed') {
      const { basket } = event;
      this.baskets.set(basket.visitId, basket);
      const party = this.partyWith(basket.visitId);
      return party === null ? NONE : this.priceLive(party, atMs);
    }
    if (event.kind !== 'receipt-issued') return NONE;
    const { receipt, evidence, alternatives } = event;
    const { visitId } = receipt;
    this.baskets.delete(visitId);
    this.inside.delete(visitId);
    const judged = { receipt, evidence, alternatives };
    const party = this.partyWith(visitId);
    if (party !== null) return this.judge(party, judged, atMs);
    this.unclaimed.set(visitId, judged);
    return { ...NONE, notices: [{ kind: 'visit-unclaimed', visitId }, ...this.dropOldest()] };
  }

  /** What is dropped is no refusal: the visit that came in has been taken, and is recorded. */
  private dropOldest(): PartyNotice[] {
    const [oldest] = this.unclaimed.keys();
    if (this.unclaimed.size <= this.settings.unclaimedMax || oldest === undefined) return [];
    this.unclaimed.delete(oldest);
    this.lostCount++;
    return [{ kind: 'unclaimed-dropped', visitId: oldest }];
  }

  private begin({ payer, isDenied, atMs }: Extract<PartyInput, { kind: 'payer' }>): PartyStep {
    const isTaken = payer.visitIds.some((visitId) => this.partyOf.has(visitId));
    if (this.parties.has(payer.partyId) || isTaken) return refusal('PARTY_TWICE');
    const isHere = payer.visitIds.every((visitId) => this.inside.has(visitId) || this.unclaimed.has(visitId));
    if (payer.visitIds.length === 0 || !isHere) return refusal('PARTY_VISIT_UNKNOWN');
    const { card, prepaid, capMinor, accountId, partyId, visitIds } = payer;
    const { timing, processor, currency } = this.settings;
    const began: MoneyDecision = {
      kind: 'began',
      accountId,
      atMs,
      isDenied,
      terms: {
        paymentId: accountId,
        partyId,
        visitIds,
        currency,
        card,
        prepaid,
        capMinor: minor(capMinor),
        supplementOf: null,
        processor,
        timing,
      },
    };
    // Who is denied is told so by the store's money, and is nobody's party here.
    if (isDenied) return { ...NONE, decisions: [began] };
    let party = newParty(payer);
    this.parties.set(partyId, party);
    for (const visitId of visitIds) this.partyOf.set(visitId, partyId);
    let step: PartyStep = { ...NONE, decisions: [began] };
    for (const visitId of visitIds) {
      const judged = this.unclaimed.get(visitId);
      if (judged === undefined) continue;
      this.unclaimed.delete(visitId);
      step = joined(step, this.judge(party, judged, atMs));
      party = this.parties.get(partyId) ?? party;
    }
    return joined(step, this.priceLive(party, atMs));
  }

  /** The loop has settled a visit: decided, asked about, or to be looked at. */
  private judge(party: Party, judged: JudgedVisit, atMs: EpochMs): PartyStep {
    const { visitId, decision, question, charge } = judged.receipt;
    const { partyId } = party.payer;
    const { answerWithinMs, reviewWithinMs } = this.settings;
    if (decision === 'ask' && question !== null) {
      const dueAtMs = epochMs(atMs + answerWithinMs);
      const notice = { kind: 'party-asked', partyId, visitId, question, dueAtMs } as const;
      return this.stand(party, visitId, {
        standing: { kind: 'asked', judged, question, replies: [], dueAtMs },
        notice,
      });
    }
    if (decision === 'review') {
      const dueAtMs = epochMs(atMs + reviewWithinMs);
      const notice = { kind: 'party-in-review', partyId, visitId, dueAtMs } as const;
      return this.stand(party, visitId, { standing: { kind: 'in-review', judged, dueAtMs }, notice });
    }
    return this.decide(party, { visitId, judged, items: charge.items, atMs });
  }

  private stand(
    party: Party,
    visitId: VisitId,
    { standing, notice }: { readonly standing: VisitStanding; readonly notice: PartyNotice },
  ): PartyStep {
    this.parties.set(party.payer.partyId, withStanding(party, visitId, standing));
    return { ...NONE, notices: [notice] };
  }

  /** What is charged for a visit is known; the party is sold once that is so for all of its visits. */
  private decide(
    party: Party,
    decided: {
      readonly visitId: VisitId;
      readonly judged: JudgedVisit;
      readonly items: readonly ItemCount[];
      readonly atMs: EpochMs;
    },
  ): PartyStep {
    const { visitId, judged, items, atMs } = decided;
    const next = withStanding(party, visitId, { kind: 'decided', judged, items });
    this.parties.set(party.payer.partyId, next);
    const standings = [...next.visits.values()];
    return standings.every(({ kind }) => kind === 'decided') ? this.sell(next, atMs) : NONE;
  }

  private sell(party: Party, atMs: EpochMs): PartyStep {
    if (this.isReplaying) return NONE;
    const { payer, visits } = party;
    const { partyId, accountId, tenders } = payer;
    const decided = [...visits].flatMap(([visitId, standing]) =>
      standing.kind === 'decided' ? [{ visitId, ...standing }] : [],
    );
    const pricing = this.pricing();
    const priced = pricedParty(decided, { payer, atMs }, pricing);
    if (!priced.ok)
      return { ...NONE, notices: [{ kind: 'party-unpriced', partyId, problems: priced.problem }] };
    const { basket, unpriced } = priced.value;
    const goods = partyGoods(
      basket,
      decided.map(({ judged }) => judged),
      pricing,
    );
    this.forget(payer);
    return {
      decisions: [{ kind: 'sold', accountId, atMs, goods, seller: this.settings.seller, tenders }],
      notices: [
        { kind: 'party-priced', partyId, basket },
        ...unpriced.map((productId): PartyNotice => ({ kind: 'item-unpriced', partyId, productId })),
      ],
      problem: null,
      recorded: null,
    };
  }

  /** Who could not be priced by the books before may be by new ones. */
  private sellWaiting(atMs: EpochMs): PartyStep {
    let step = NONE;
    for (const party of [...this.parties.values()]) {
      const isReady = [...party.visits.values()].every(({ kind }) => kind === 'decided');
      step = joined(step, isReady ? this.sell(party, atMs) : this.priceLive(party, atMs));
    }
    return step;
  }

  /** What is in everybody's hands by now, so that enough is held and the shopper sees the total with tax and savings. */
  private priceLive(party: Party, atMs: EpochMs): PartyStep {
    const { payer } = party;
    if (this.isReplaying || !this.parties.has(payer.partyId)) return NONE;
    const held = payer.visitIds.map((visitId): HeldItems => {
      const standing = party.visits.get(visitId);
      if (standing?.kind === 'decided') return { visitId, items: standing.items };
      return { visitId, items: this.baskets.get(visitId)?.lines ?? [] };
    });
    const priced = pricedParty(held, { payer, atMs }, this.pricing());
    if (!priced.ok || priced.value.basket.totals.toPayMinor === party.toldMinor) return NONE;
    const { basket } = priced.value;
    const { toPayMinor } = basket.totals;
    this.parties.set(payer.partyId, { ...party, toldMinor: toPayMinor });
    const { accountId, partyId } = payer;
    const total = money(toPayMinor, this.settings.currency);
    return {
      decisions: [{ kind: 'basket-changed', accountId, atMs, total }],
      notices: [{ kind: 'party-priced', partyId, basket }],
      problem: null,
      recorded: null,
    };
  }

  private answer(
    { visitId, reply, atMs }: Extract<PartyInput, { kind: 'answered' }>,
    knowledge: DecisionKnowledge,
  ): PartyStep {
    const party = this.partyWith(visitId);
    const standing = party?.visits.get(visitId);
    if (party === null || standing === undefined) return refusal('PARTY_VISIT_UNKNOWN');
    const isOfQuestion =
      standing.kind === 'asked' &&
      standing.question.questionId === reply.question.questionId &&
      standing.question.answers.some(({ answerId }) => answerId === reply.answerId);
    if (!isOfQuestion) return refusal('PARTY_NOT_ASKED');
    const { judged } = standing;
    const replies = [...standing.replies, { question: standing.question, answerId: reply.answerId }];
    const { receipt, alternatives } = judged;
    const { lines, unlikely, uncalibrated } = receipt;
    const { byId } = this.settings.catalogue;
    const inDoubt = {
      receipt: { visitId, lines, unlikely, probabilityAllRight: uncalibrated.probabilityAllRight },
      alternatives,
      unitPriceMinor: (productId: Parameters<typeof byId.get>[0]) =>
        byId.get(productId)?.price?.minor ?? null,
    };
    const { policy } = this.settings;
    const after = chargeAfterAnswers(inDoubt, replies, { knowledge, policy });
    const recorded: PartyInput =
      after.nextQuestion === null
        ? { kind: 'reviewed', atMs, visitId, items: after.charged }
        : { kind: 'asked-on', atMs, visitId, question: { ...after.nextQuestion, visitId }, replies };
    return { ...this.take(recorded, knowledge), recorded };
  }

  private askOn({ visitId, question, replies, atMs }: Extract<PartyInput, { kind: 'asked-on' }>): PartyStep {
    const party = this.partyWith(visitId);
    const standing = party?.visits.get(visitId);
    if (party === null || standing?.kind !== 'asked') return refusal('PARTY_NOT_ASKED');
    const { partyId } = party.payer;
    const dueAtMs = epochMs(atMs + this.settings.answerWithinMs);
    return this.stand(party, visitId, {
      standing: { kind: 'asked', judged: standing.judged, question, replies, dueAtMs },
      notice: { kind: 'party-asked', partyId, visitId, question, dueAtMs },
    });
  }

  private review({ visitId, items, atMs }: Extract<PartyInput, { kind: 'reviewed' }>): PartyStep {
    const party = this.partyWith(visitId);
    const standing = party?.visits.get(visitId);
    if (party === null || standing === undefined) return refusal('PARTY_VISIT_UNKNOWN');
    if (standing.kind !== 'in-review' && standing.kind !== 'asked') return refusal('PARTY_NOT_ASKED');
    return this.decide(party, { visitId, judged: standing.judged, items, atMs });
  }

  /** Whoever has not answered in time leaves the doubt with the store: what is sure is charged. */
  private tick(atMs: EpochMs): PartyStep {
    let step = NONE;
    for (const { payer } of [...this.parties.values()])
      for (const visitId of payer.visitIds) {
        const party = this.parties.get(payer.partyId);
        const standing = party?.visits.get(visitId);
        if (party === undefined || standing === undefined || !('dueAtMs' in standing)) continue;
        if (atMs < standing.dueAtMs) continue;
        const { judged } = standing;
        const waived: PartyNotice = { kind: 'answer-waived', partyId: payer.partyId, visitId };
        const items = judged.receipt.charge.items;
        step = joined(step, { ...NONE, notices: [waived] });
        step = joined(step, this.decide(party, { visitId, judged, items, atMs }));
      }
    return step;
  }

  private forget({ partyId, visitIds }: Payer): void {
    this.parties.delete(partyId);
    for (const visitId of visitIds) this.partyOf.delete(visitId);
  }

  private partyWith(visitId: VisitId): Party | null {
    const partyId = this.partyOf.get(visitId);
    return (partyId === undefined ? undefined : this.parties.get(partyId)) ?? null;
  }

  private pricing(): Pricing {
    return { ...this.settings, books: this.books };
  }
}

function refusal(code: PartyProblemCode): PartyStep {
  return { ...NONE, problem: { code } };
}

function joined(first: PartyStep, second: PartyStep): PartyStep {
  return {
    decisions: [...first.decisions, ...second.decisions],
    notices: [...first.notices, ...second.notices],
    problem: first.problem ?? second.problem,
    recorded: null,
  };
}
