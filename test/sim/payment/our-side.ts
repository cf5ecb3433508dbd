/**
 * The process that runs a store's money, as thin as it will ever be: keep the event, then send what follows from it. It
 * can die between any two of its steps; all it leaves is the journal. `Parts` are what the mutation check exchanges.
 */
import type { PaymentId } from '../../../src/domain/index.ts';
import { StoreMoney } from '../../../src/engine/index.ts';
import type {
  MoneyCommand,
  MoneyEvent,
  MoneyProblem,
  MoneySettings,
  MoneyStep,
} from '../../../src/engine/index.ts';
import { NO_PAYMENT } from '../../../src/payment/index.ts';
import type { LedgerEntry, PaymentState, ProcessorRequest } from '../../../src/payment/index.ts';
import type { ReceiptRevision } from '../../../src/receipts/index.ts';

export interface Parts {
  readonly commandsOf: (step: MoneyStep) => readonly MoneyCommand[];
  /** `sendNumber` counts all that was ever sent. */
  readonly keyOf: (request: ProcessorRequest, sendNumber: number) => string;
  readonly inOrder: (keep: () => void, send: () => void) => void;
}

export interface Around {
  /** Throws where the process dies here. */
  readonly crashPoint: () => void;
  readonly keep: (event: MoneyEvent) => void;
  readonly send: (command: MoneyCommand) => void;
  readonly stepped: (step: MoneyStep) => void;
}

export class OurSide {
  readonly money: StoreMoney;
  readonly entries: LedgerEntry[] = [];
  readonly revisions: ReceiptRevision[] = [];
  private readonly parts: Parts;
  private readonly around: Around;

  /** Begins from what was kept, and from nothing else. */
  constructor(
    sides: { readonly parts: Parts; readonly around: Around },
    settings: MoneySettings,
    journal: readonly MoneyEvent[],
  ) {
    this.parts = sides.parts;
    this.around = sides.around;
    this.money = new StoreMoney(settings);
    for (const event of journal) this.take(this.money.stepped(event));
  }

  paymentsOf(accountId: PaymentId): readonly PaymentState[] {
    return this.money.accountOf(accountId)?.payments ?? [];
  }

  stateOf(paymentId: PaymentId, accountId: PaymentId): PaymentState {
    return this.paymentsOf(accountId).find(({ terms }) => terms?.paymentId === paymentId) ?? NO_PAYMENT;
  }

  /** Null where the event was taken. */
  accept(event: MoneyEvent): MoneyProblem | null {
    const { crashPoint, keep, send, stepped } = this.around;
    const step = this.money.stepped(event);
    if (!step.isChange) return step.problem;
    crashPoint();
    this.parts.inOrder(
      () => {
        keep(event);
        crashPoint();
      },
      () => {
        for (const command of this.parts.commandsOf(step)) {
          send(command);
          crashPoint();
        }
      },
    );
    this.take(step);
    stepped(step);
    return null;
  }

  private take(step: MoneyStep): void {
    this.money.apply(step);
    this.entries.push(...step.entries);
    this.revisions.push(...step.issued);
  }
}
