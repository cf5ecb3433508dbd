/**
 * The way to Stripe. Its official client is used as it is, but for one thing: over Node's own sockets it repeats a
 * request whose connection broke once by itself, however often it is told to repeat nothing. Whether a request is
 * repeated is decided where the payment's record is, so `fetch` carries it: there nothing is repeated, and the time
 * limit covers connecting and reading too.
 */
import { Stripe } from 'stripe';

/** What went wrong between us and Stripe; for whoever looks after the shop. It never holds a secret or a card. */
export interface StripeTrouble {
  readonly commandId: string;
  /** The client's name for the kind of error, such as `StripeAuthenticationError`. */
  readonly errorType: string;
  /** Stripe's own code; null where it gives none. */
  readonly code: string | null;
  readonly statusCode: number | null;
  /** By which Stripe finds the request in its logs. */
  readonly requestId: string | null;
}

export interface StripeSettings {
  /** Best a restricted key: PaymentIntents, charges and refunds to write, disputes to read. */
  readonly apiKey: string;
  /** Whether holds may be raised; only for accounts to which Stripe has granted incremental authorization. */
  readonly isIncremental: boolean;
  /** For one request, connecting and reading included. Shorter than the payment's `inFlightMsMax`. */
  readonly timeoutMs: number;
  /** How long a hold lasts from its making where Stripe does not say. */
  readonly holdLifeMs: number;
  /** Pages of 100 that a look-up reads of one payer, before it says that it does not know. */
  readonly pageCountMax: number;
  /** Null for Stripe itself; tests put a double there. */
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly protocol: 'http' | 'https';
  } | null;
  /** Told of everything that Stripe refused as our own mistake, or that left an outcome unknown. */
  readonly onTrouble: (trouble: StripeTrouble) => void;
}

export const STRIPE_DEFAULTS: Omit<StripeSettings, 'apiKey' | 'onTrouble'> = {
  isIncremental: false,
  timeoutMs: 20_000,
  // Visa keeps a hold that was made without the shopper for 5 days less 6 hours, the shortest of the large networks.
  holdLifeMs: 4 * 24 * 3_600_000,
  pageCountMax: 100,
  server: null,
};

/** Objects have the shape of this version whatever the account is set to; it goes with the types of the client. */
const API_VERSION = '2026-10-28.endive';

export function stripeClient(settings: StripeSettings): Stripe {
  return new Stripe(settings.apiKey, {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    timeout: settings.timeoutMs,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(),
    ...settings.server,
  });
}
