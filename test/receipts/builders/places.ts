/** Made-up shops of each country; rates as the packs have them, or as the country has them where there is no pack. */
import type { Seller } from '../../../src/receipts/index.ts';
import type { PlaceDraft, RateDraft } from './revision.ts';

function seller(country: string, rest: Partial<Seller>): Seller {
  return {
    legalName: 'Corner Shop Ltd',
    storeName: 'Corner Shop',
    addressLines: [],
    country,
    taxIds: [],
    contact: 'help@corner-shop.example',
    ...rest,
  };
}

const rate = (authority: string, name: string, perMillion: number): RateDraft => ({
  authority,
  name,
  perMillion,
});

export const GREAT_BRITAIN: PlaceDraft = {
  seller: seller('GB', {
    addressLines: ['12 Market Street', 'Exampleton EX1 1EX'],
    taxIds: [{ kind: 'vat', value: 'GB 123 4567 89' }],
  }),
  currency: 'GBP',
  includesTax: true,
  localTime: { date: '2026-06-14', minuteOfDay: 14 * 60 + 5, zone: 'Europe/London' },
  issuedAtMs: Date.UTC(2026, 5, 14, 13, 6),
  rates: {
    standard: [rate('hmrc', 'HMRC', 200_000)],
    reduced: [rate('hmrc', 'HMRC', 50_000)],
    zero: [],
  },
  fees: { bag: { name: 'Carrier bag', kind: 'charge', authority: null, minor: 10, taxClass: 'standard' } },
};

export const AUSTRALIA: PlaceDraft = {
  seller: seller('AU', {
    legalName: 'Corner Shop Pty Ltd',
    addressLines: ['3 Example Parade', 'Exampleville NSW 2000'],
    taxIds: [{ kind: 'abn', value: '12 345 678 901' }],
  }),
  currency: 'AUD',
  includesTax: true,
  localTime: { date: '2026-01-20', minuteOfDay: 9 * 60 + 30, zone: 'Australia/Sydney' },
  issuedAtMs: Date.UTC(2026, 0, 19, 22, 31),
  rates: { standard: [rate('ato', 'Australian Taxation Office', 100_000)], 'gst-free': [] },
  fees: {
    container: {
      name: 'Container deposit',
      kind: 'deposit',
      authority: null,
      minor: 10,
      taxClass: 'standard',
    },
  },
};

export const NEW_ZEALAND: PlaceDraft = {
  seller: seller('NZ', { legalName: 'Corner Shop Limited', taxIds: [{ kind: 'gst', value: '123-456-789' }] }),
  currency: 'NZD',
  includesTax: true,
  localTime: { date: '2026-07-02', minuteOfDay: 18 * 60, zone: 'Pacific/Auckland' },
  issuedAtMs: Date.UTC(2026, 6, 2, 6, 1),
  rates: { standard: [rate('ird', 'Inland Revenue', 150_000)] },
  fees: {},
};

export const ONTARIO: PlaceDraft = {
  seller: seller('CA', {
    legalName: 'Corner Shop Inc.',
    addressLines: ['7 Example Road', 'Exampletown ON'],
    taxIds: [{ kind: 'gst-hst', value: '123456789 RT0001' }],
  }),
  currency: 'CAD',
  includesTax: false,
  localTime: { date: '2026-11-01', minuteOfDay: 12 * 60 + 15, zone: 'America/Toronto' },
  issuedAtMs: Date.UTC(2026, 10, 1, 17, 16),
  rates: {
    standard: [rate('federal', 'Canada', 50_000), rate('provincial', 'Ontario', 80_000)],
    'prepared-small': [rate('federal', 'Canada', 50_000)],
    grocery: [],
  },
  fees: {
    container: {
      name: 'Container deposit',
      kind: 'deposit',
      authority: null,
      minor: 10,
      taxClass: 'grocery',
    },
  },
};

export const MINNEAPOLIS: PlaceDraft = {
  seller: seller('US', {
    legalName: 'Corner Shop LLC',
    addressLines: ['500 Example Ave', 'Minneapolis, MN'],
  }),
  currency: 'USD',
  includesTax: false,
  localTime: { date: '2026-03-14', minuteOfDay: 20 * 60 + 45, zone: 'America/Chicago' },
  issuedAtMs: Date.UTC(2026, 2, 15, 1, 46),
  rates: {
    standard: [
      rate('state', 'Minnesota', 68_750),
      rate('county', 'Hennepin County', 1500),
      rate('city', 'Minneapolis', 5000),
      rate('transit', 'Hennepin County Transit', 5000),
      rate('metro-transport', 'Metro Area Transportation', 7500),
      rate('metro-housing', 'Metro Area Housing', 2500),
    ],
    grocery: [],
  },
  fees: { bag: { name: 'Bag fee', kind: 'levy', authority: 'Minneapolis', minor: 5, taxClass: 'grocery' } },
};

export const GERMANY: PlaceDraft = {
  seller: seller('DE', {
    legalName: 'Eckladen Beispiel GmbH',
    storeName: 'Eckladen',
    addressLines: ['Beispielweg 4', '12345 Musterstadt'],
    taxIds: [{ kind: 'vat', value: 'DE123456789' }],
    contact: 'hilfe@eckladen.example',
  }),
  currency: 'EUR',
  includesTax: true,
  localTime: { date: '2026-10-25', minuteOfDay: 2 * 60 + 30, zone: 'Europe/Berlin' },
  issuedAtMs: Date.UTC(2026, 9, 25, 1, 30),
  rates: { standard: [rate('de', 'Deutschland', 190_000)], reduced: [rate('de', 'Deutschland', 70_000)] },
  fees: { pfand: { name: 'Einwegpfand', kind: 'deposit', authority: null, minor: 25, taxClass: 'standard' } },
};
