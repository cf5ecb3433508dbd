/** Both payment processors against the one suite: the sandbox, and Stripe's adapter with a double of Stripe. */
import {
  NO_FAULTS,
  SANDBOX_DEFAULTS,
  sandboxProcessor,
  SandboxServer,
} from '../../src/adapters/payment-sandbox/index.ts';
import { STRIPE_DEFAULTS, stripeProcessor } from '../../src/adapters/payment-stripe/index.ts';
import { holdId } from '../../src/domain/index.ts';
import type { PaymentId } from '../../src/domain/index.ts';
import { DOUBLE_DEFAULTS, StripeDouble } from '../stripe/index.ts';
import { testPaymentProcessor } from './payment-processor.ts';
import type { ProcessorBench } from './payment-processor.ts';

/** Faults for one request: they are taken back when the processor is called for the next one. */
function forOne<Faults>(
  server: { faults: Faults },
  none: Faults,
): { readonly add: (faults: Partial<Faults>) => void; readonly next: () => void } {
  let wanted: Partial<Faults> = {};
  return {
    add: (faults) => {
      wanted = { ...wanted, ...faults };
    },
    next: () => {
      server.faults = { ...none, ...wanted };
      wanted = {};
    },
  };
}

async function openSandbox(): Promise<ProcessorBench> {
  const server = new SandboxServer({ ...SANDBOX_DEFAULTS, faults: NO_FAULTS });
  const url = await server.listen(0);
  const processor = sandboxProcessor({ url, isIncremental: true, timeoutMs: 5000 });
  const { add, next } = forOne(server, NO_FAULTS);
  return {
    processor: {
      features: processor.features,
      send: (request, answer) => {
        next();
        processor.send(request, answer);
      },
    },
    goodToken: 'guest-1',
    unknownHoldId: holdId('hold-99'),
    declineNext: () => add({ holdDeclined: 1, increaseRefused: 1 }),
    loseNextAnswer: () => add({ replyLost: 1 }),
    letGo: (paymentId) => {
      for (const hold of server.model.holdsOf(paymentId)) server.model.expireHold(hold.holdId);
    },
    dispute: (paymentId) => server.dispute(paymentId),
    winDispute: (paymentId) => void server.model.winDispute(paymentId),
    captureCountOf: (paymentId) => {
      let count = 0;
      for (const hold of server.model.holdsOf(paymentId)) count += hold.captureCount;
      return count;
    },
    close: () => server.close(),
  };
}

async function openStripe(): Promise<ProcessorBench> {
  const double = new StripeDouble({ pageSizeMax: 2 });
  double.state.customers.add('cus_1');
  const processor = stripeProcessor({
    ...STRIPE_DEFAULTS,
    apiKey: DOUBLE_DEFAULTS.apiKey,
    isIncremental: true,
    timeoutMs: 5000,
    server: await double.listen(),
    onTrouble: () => undefined,
  });
  const intentsOf = (paymentId: PaymentId): string[] =>
    [...double.state.intents.values()]
      .filter(({ metadata }) => metadata['tillfree_payment'] === paymentId)
      .map(({ id }) => id);
  return {
    processor,
    goodToken: 'cus_1/pm_card_visa',
    unknownHoldId: holdId('pi_99'),
    declineNext: () => double.declineNext(),
    loseNextAnswer: () => double.loseNextAnswer(),
    letGo: (paymentId) =>
      double.happen((state) => {
        for (const id of intentsOf(paymentId)) state.letGo(id);
      }),
    dispute: (paymentId) => double.happen((state) => state.dispute(intentsOf(paymentId)[0]!)),
    winDispute: (paymentId) => double.happen((state) => state.closeDispute(intentsOf(paymentId)[0]!, 'won')),
    captureCountOf: (paymentId) => {
      let count = 0;
      for (const id of intentsOf(paymentId)) count += double.state.captureCounts.get(id) ?? 0;
      return count;
    },
    close: () => double.close(),
  };
}

testPaymentProcessor('the sandbox', openSandbox);
testPaymentProcessor('Stripe (a double of it)', openStripe);
