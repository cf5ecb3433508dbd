/** A shop from its sensors to its receipts: the loop, its parties, its money, and a processor. SIMULATED people. */
import { epochMs } from '../../src/base/index.ts';
import type { EpochMs } from '../../src/base/index.ts';
import { minor, partyId, paymentId } from '../../src/domain/index.ts';
import type { Receipt, VisitId } from '../../src/domain/index.ts';
import { DECISION_POLICY } from '../../src/decision/index.ts';
import { accept, closeShop, openShop, Parties } from '../../src/engine/index.ts';
import type { PartyInput, PartyNotice, Payer, Shop, ShopEvent } from '../../src/engine/index.ts';
import {
  buildPriceBook,
  buildPromotions,
  buildTaxPack,
  listed,
  PLAIN_TAX,
  PLAIN_TERMS,
  promotionId,
} from '../../src/pricing/index.ts';
import type { Books, PriceBookRows, Promotion } from '../../src/pricing/index.ts';
import type { ScriptedRecording } from '../builders/index.ts';
import { Counter, SETTINGS, termsOf } from '../money/counter.ts';
import { VAT } from '../pricing/shops.ts';

function must<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

/** The catalogue's prices with tax on top, two of anything for a tenth less. */
export function booksOf(recording: ScriptedRecording, without: readonly string[] = []): Books {
  const { products } = recording.store.catalogue;
  const priced = products.filter(({ productId }) => !without.includes(productId));
  const rows: PriceBookRows = {
    where: 'prices',
    currency: 'USD',
    includesTax: false,
    products: priced.map(({ productId, price }) => ({
      productId,
      soldBy: 'unit',
      prices: [{ fromDate: null, untilDate: null, priceMinor: price?.minor ?? 100, loyaltyMinor: null }],
      tax: PLAIN_TAX,
    })),
  };
  const prices = must(buildPriceBook(rows));
  const pairs: Promotion[] = priced.map(({ productId }) => ({
    promotionId: promotionId(`two-${productId}`),
    terms: { ...PLAIN_TERMS, name: 'Two for less' },
    deal: {
      kind: 'mix-and-match',
      slots: [{ products: listed(productId), units: 2 }],
      reward: { kind: 'percent', bps: 1000 },
    },
  }));
  const promotions = must(
    buildPromotions({ where: 'promotions', currency: 'USD', promotions: pairs }, prices),
  );
  const taxes = must(buildTaxPack({ ...VAT, currency: 'USD', includesTax: false }, 'pack'));
  return { prices, promotions, taxes };
}

const MINUTES_PER_DAY = 1440;

interface Following {
  readonly change?: (event: ShopEvent) => ShopEvent;
  readonly after?: (event: ShopEvent) => void;
}

export class LiveShop {
  readonly counter = new Counter({ ...SETTINGS, accountsMax: 100 });
  readonly notices: PartyNotice[] = [];
  readonly problems: string[] = [];
  readonly inputs: PartyInput[] = [];
  readonly parties: Parties;
  readonly receipts: Receipt[] = [];
  private readonly recording: ScriptedRecording;
  private readonly shop: Shop;

  constructor(recording: ScriptedRecording, books = booksOf(recording)) {
    this.recording = recording;
    this.shop = openShop(recording.store);
    this.parties = new Parties(
      {
        catalogue: recording.store.catalogue,
        currency: 'USD',
        localTimeOf: (atMs) => ({
          date: '2023-11-14',
          minuteOfDay: Math.floor(atMs / 60_000) % MINUTES_PER_DAY,
          zone: 'UTC',
        }),
        seller: {
          legalName: 'Corner Shop',
          storeName: null,
          addressLines: [],
          country: 'US',
          taxIds: [],
          contact: null,
        },
        policy: DECISION_POLICY,
        timing: termsOf(paymentId('any')).timing,
        processor: { isIncremental: true },
        answerWithinMs: 60_000,
        reviewWithinMs: 600_000,
        unclaimedMax: 2,
      },
      books,
    );
  }

  /** Runs the recording; an event may be changed before it is told, and followed by more afterwards. */
  run({ change = (event) => event, after = () => undefined }: Following = {}): this {
    const tell = (events: readonly ShopEvent[]): void => {
      for (const event of events) {
        const atMs = epochMs(this.shop.nowMs);
        if (event.kind === 'receipt-issued') this.receipts.push(event.receipt);
        this.tell({ kind: 'shop', atMs, event: change(event) });
        after(event);
      }
    };
    for (const observation of this.recording.observations()) tell(accept(this.shop, observation));
    tell(closeShop(this.shop));
    return this;
  }

  tell(input: PartyInput): string | null {
    this.inputs.push(input);
    const { decisions, notices, problem } = this.parties.accept(input, this.shop.decisions);
    this.notices.push(...notices);
    if (problem !== null) this.problems.push(problem.code);
    for (const decision of decisions) {
      this.counter.nowMs = Math.max(this.counter.nowMs, decision.atMs);
      const code = this.counter.tell(decision, decision.accountId);
      if (code !== null) this.problems.push(code);
    }
    this.counter.pass();
    return problem?.code ?? null;
  }

  /** Comes in with a card. */
  pay(visitIds: readonly VisitId[], name: string, payer: Partial<Payer> = {}): string | null {
    const account = paymentId(name);
    const token = `card-of-${name}`;
    return this.tell({
      kind: 'payer',
      atMs: epochMs(this.shop.nowMs),
      isDenied: this.counter.money.isDenied(token),
      payer: {
        partyId: partyId(name),
        accountId: account,
        visitIds,
        card: { token, firstHoldMinor: minor(500) },
        prepaid: null,
        capMinor: 20_000,
        tenders: [{ kind: 'card', label: 'Visa 4242' }],
        isMember: false,
        coupons: [],
        ...payer,
      },
    });
  }

  get nowMs(): EpochMs {
    return epochMs(this.shop.nowMs);
  }

  captured(name: string): number {
    const holds = this.counter.model.holdsOf(paymentId(name));
    return holds.reduce((sum, hold) => sum + hold.capturedMinor, 0);
  }

  toPay(name: string): number {
    return this.counter.account(paymentId(name)).latest?.sums.toPayMinor ?? 0;
  }

  told<Kind extends PartyNotice['kind']>(kind: Kind): Extract<PartyNotice, { kind: Kind }>[] {
    return this.notices.filter(
      (notice): notice is Extract<PartyNotice, { kind: Kind }> => notice.kind === kind,
    );
  }
}

export function accountName(visitId: VisitId): string {
  return `pay-${visitId}`;
}
