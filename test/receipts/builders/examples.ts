/** One receipt of each country, together with everything a receipt can show. */
import type { Language, ReceiptRevision, Reduction } from '../../../src/receipts/index.ts';
import { AUSTRALIA, GERMANY, GREAT_BRITAIN, MINNEAPOLIS, NEW_ZEALAND, ONTARIO } from './places.ts';
import { revisionOf } from './revision.ts';

export interface Example {
  readonly name: string;
  readonly language: Language;
  readonly revision: ReceiptRevision;
}

function off(name: string, minor: number, because = name): Reduction {
  return { because, name, funder: 'store', minor };
}

/** A first revision, and a second in which one of three and a mug came back. */
function greatBritain(revision: 1 | 2): ReceiptRevision {
  const backIn = revision === 2 ? { givenBackIn: 2 } : {};
  return revisionOf({
    place: GREAT_BRITAIN,
    revision,
    lines: [
      {
        name: 'Oat drink, barista, 1 litre',
        taxClass: 'standard',
        units: [
          { count: 1, list: 190, reductions: [off('3 for 2', 63)], ...backIn },
          { count: 1, list: 190, reductions: [off('3 for 2', 63)] },
          { count: 1, list: 190, reductions: [off('3 for 2', 64)] },
        ],
        probability: 0.9991,
      },
      {
        name: 'Bananas, loose',
        taxClass: 'zero',
        units: [{ count: 1, list: 53 }],
        grams: 354,
        perKilogram: 149,
        probability: 0.99999,
        evidence: [{ kind: 'scale', ref: 'scale-2', hash: 'cd'.repeat(32) }],
      },
      {
        name: 'Sandwich, egg and cress, wholemeal bread, 160 g',
        taxClass: 'zero',
        units: [{ count: 1, list: 320, reductions: [off('', 120, 'label')] }],
        lowest: 280,
        probability: null,
        evidence: [{ kind: 'scan', ref: 'scan-8', hash: null }],
      },
      { name: 'Mug, blue', taxClass: 'standard', units: [{ count: 1, list: 650, ...backIn }] },
    ],
    loose: [{ fee: 'bag' }],
    disclosures: ['The offer 3 for 2 was chosen for you from what you bought before.'],
    ...(revision === 2
      ? {
          change: {
            correctionId: 'correction-1',
            reason: 'not-taken',
            by: 'shopper',
            note: null,
            givenBackMinor: 777,
          },
        }
      : {}),
  });
}

const MINNEAPOLIS_BASKET = revisionOf({
  place: MINNEAPOLIS,
  lines: [
    { name: 'Sourdough bread', taxClass: 'grocery', units: [{ count: 1, list: 549 }] },
    {
      name: 'Sparkling water, lime, 12 oz',
      taxClass: 'standard',
      units: [{ count: 2, list: 125, reductions: [off('', 25, 'loyalty-price')] }],
    },
    {
      name: 'Paper towels, 6 rolls',
      taxClass: 'standard',
      units: [{ count: 1, list: 1199 }],
      probability: 0.973,
    },
  ],
  loose: [{ fee: 'bag' }, { fee: 'bag' }],
});

const SYDNEY_BASKET = revisionOf({
  place: AUSTRALIA,
  lines: [
    { name: 'Fresh milk 2 L', taxClass: 'gst-free', units: [{ count: 1, list: 365 }] },
    {
      name: 'Ginger beer 375 mL',
      taxClass: 'standard',
      fees: ['container'],
      units: [{ count: 2, list: 288 }],
    },
  ],
  cashAdjustment: -1,
  tenders: [{ kind: 'cash', label: 'AUD' }],
});

const AUCKLAND_BASKET = revisionOf({
  place: NEW_ZEALAND,
  lines: [
    { name: 'Mānuka honey 250 g', taxClass: 'standard', units: [{ count: 1, list: 2490 }] },
    {
      name: 'Kūmara, loose',
      taxClass: 'standard',
      units: [{ count: 1, list: 412 }],
      grams: 824,
      perKilogram: 500,
    },
  ],
});

const TORONTO_BASKET = revisionOf({
  place: ONTARIO,
  lines: [
    {
      name: 'Jus de pomme / Apple juice 1 L',
      taxClass: 'grocery',
      fees: ['container'],
      units: [{ count: 1, list: 349 }],
    },
    { name: 'Dish soap 740 mL', taxClass: 'standard', units: [{ count: 1, list: 499 }] },
    { name: 'Muffin', taxClass: 'prepared-small', units: [{ count: 1, list: 275 }] },
  ],
});

const BERLIN_BASKET = revisionOf({
  place: GERMANY,
  lines: [
    {
      name: 'Äpfel Elstar',
      taxClass: 'reduced',
      units: [{ count: 1, list: 187 }],
      grams: 752,
      perKilogram: 249,
    },
    {
      name: 'Mineralwasser 1,5 l',
      taxClass: 'standard',
      fees: ['pfand'],
      units: [{ count: 3, list: 79, reductions: [off('Mehr für weniger', 10)] }],
      lowest: 69,
    },
  ],
  fiscal: {
    kind: 'marked',
    deviceId: 'TSE 4f2a 77',
    text: 'Transaktion 1042, Signaturzähler 2087, Beginn 02:29:41, Ende 02:30:02, Prüfwert q8Zt…Xw==',
    qr: 'V0;955002-00;Kassenbeleg-V1;Beleg^4.97_1.87_0.00_0.00_0.00^6.84:Unbar;1042;2087',
  },
});

const BERLIN_WITHOUT_DEVICE = revisionOf({
  place: GERMANY,
  lines: [{ name: 'Brezel', taxClass: 'reduced', units: [{ count: 2, list: 95 }] }],
  fiscal: { kind: 'device-failed' },
});

export const EXAMPLES: readonly Example[] = [
  { name: 'great-britain', language: 'en-GB', revision: greatBritain(1) },
  { name: 'great-britain-revised', language: 'en-GB', revision: greatBritain(2) },
  { name: 'united-states', language: 'en-US', revision: MINNEAPOLIS_BASKET },
  { name: 'australia', language: 'en-AU', revision: SYDNEY_BASKET },
  { name: 'new-zealand', language: 'en-NZ', revision: AUCKLAND_BASKET },
  { name: 'canada-english', language: 'en-CA', revision: TORONTO_BASKET },
  { name: 'canada-french', language: 'fr-CA', revision: TORONTO_BASKET },
  { name: 'germany', language: 'de-DE', revision: BERLIN_BASKET },
  { name: 'germany-device-failed', language: 'de-DE', revision: BERLIN_WITHOUT_DEVICE },
];
