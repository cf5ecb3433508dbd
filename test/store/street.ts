/** A busy shop whose people pay at the door, and how its store is set up. SIMULATED people. */
import { minor, partyId, paymentId } from '../../src/domain/index.ts';
import type { VisitId } from '../../src/domain/index.ts';
import { DECISION_POLICY } from '../../src/decision/index.ts';
import { SHOP_SETTINGS } from '../../src/engine/index.ts';
import type { LiveSettings, Payer } from '../../src/engine/index.ts';
import { busyShopScript, scriptedShop, scriptRecording } from '../builders/index.ts';
import type { ScriptedRecording } from '../builders/index.ts';
import { SETTINGS, termsOf } from '../money/counter.ts';

export function busyStreet(seed: number): ScriptedRecording {
  const shop = scriptedShop({ seed, fixtures: 2, shelvesPerFixture: 4 });
  return scriptRecording(shop, busyShopScript(shop, seed), { seed });
}

export function streetSettings(recording: ScriptedRecording): LiveSettings {
  return {
    shop: SHOP_SETTINGS,
    money: { ...SETTINGS, accountsMax: 100 },
    parties: {
      catalogue: recording.store.catalogue,
      currency: 'USD',
      localTimeOf: () => ({ date: '2023-11-14', minuteOfDay: 600, zone: 'UTC' }),
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
      unclaimedMax: 100,
    },
  };
}

export function payerOf(visitId: VisitId): Payer {
  const name = `pay-${visitId}`;
  return {
    partyId: partyId(name),
    accountId: paymentId(name),
    visitIds: [visitId],
    card: { token: `card-${name}`, firstHoldMinor: minor(500) },
    prepaid: null,
    capMinor: 20_000,
    tenders: [{ kind: 'card', label: 'Visa 4242' }],
    isMember: false,
    coupons: [],
  };
}
