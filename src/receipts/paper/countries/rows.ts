/**
 * The rows themselves. They were looked up on the day that `asOf` says, partly in copies and quotations of the pages
 * named here; whoever sells reads the page itself before relying on a row.
 */
import type { CountryContent } from './country-content.ts';

const AS_OF = '2026-12-01';

const EU: CountryContent = {
  country: 'EU',
  currency: 'EUR',
  asOf: AS_OF,
  sources: [
    {
      url: 'https://eur-lex.europa.eu/eli/dir/2006/112/oj',
      place: 'Articles 220a and 226b',
      says: 'A simplified invoice, allowed up to €100 everywhere and up to €400 where a state says so, has the date, who supplies, what is supplied and the VAT or what is needed to work it out; one that amends another names it.',
    },
    {
      url: 'https://eur-lex.europa.eu/legal-content/EN/TXT/HTML/?uri=CELEX:52021XC1229(06)',
      place: 'Directive 98/6/EC, Article 6a',
      says: 'Whoever announces a reduction says the lowest price of at least thirty days before.',
    },
  ],
  title: 'vat-receipt',
  taxName: 'vat',
  ids: [
    {
      kinds: ['vat'],
      beyond: null,
      form: /^[A-Z]{2}[A-Z0-9+*]{2,12}$/,
      formText: 'two letters of the state, then 2 to 12 letters or digits',
    },
  ],
  isAddressNeeded: true,
  buyerNeeded: { minor: 10_000, isReachedAt: false },
  taxes: 'by-rate',
  taxedMark: null,
};

const DE: CountryContent = {
  ...EU,
  country: 'DE',
  sources: [
    ...EU.sources,
    {
      url: 'https://www.gesetze-im-internet.de/ustdv_1980/__33.html',
      place: '§ 33 UStDV',
      says: 'Up to €250: full name and address of the supplier, date, quantity and kind of goods, the amount with the tax, and the rate. Beyond it the tax number or VAT number and the buyer are needed too (§ 14 UStG).',
    },
    {
      url: 'https://www.gesetze-im-internet.de/kassensichv/__6.html',
      place: '§ 6 KassenSichV',
      says: 'A receipt of an electronic till has the transaction number, its beginning and end, the serial numbers, the signature counter and the check value of the security device, in plain text or as a QR code.',
    },
  ],
  title: 'receipt',
  ids: [
    {
      kinds: ['vat'],
      beyond: { minor: 25_000, isReachedAt: false },
      form: /^DE\d{9}$/,
      formText: 'DE and nine digits',
    },
  ],
  buyerNeeded: { minor: 25_000, isReachedAt: false },
};

const GB: CountryContent = {
  country: 'GB',
  currency: 'GBP',
  asOf: AS_OF,
  sources: [
    {
      url: 'https://www.legislation.gov.uk/uksi/1995/2518/regulation/16A',
      place: 'VAT Regulations 1995',
      says: 'Up to £250 a simplified invoice has name, address and registration number of the supplier, the time of supply, what is supplied, the total with VAT, and for each rate the gross amount and the rate.',
    },
    {
      url: 'https://www.gov.uk/hmrc-internal-manuals/vat-trader-records/vatrec16042',
      place: null,
      says: 'The same for retailers; it may not include exempt supplies.',
    },
  ],
  title: 'vat-receipt',
  taxName: 'vat',
  ids: [
    {
      kinds: ['vat'],
      beyond: null,
      form: /^(?:GB|XI)?(?:\d{9}|\d{12})$/,
      formText: 'nine or twelve digits, GB before them or not',
    },
  ],
  isAddressNeeded: true,
  buyerNeeded: { minor: 25_000, isReachedAt: false },
  taxes: 'by-rate',
  taxedMark: null,
};

const AU: CountryContent = {
  country: 'AU',
  currency: 'AUD',
  asOf: AS_OF,
  sources: [
    {
      url: 'https://www.ato.gov.au/businesses-and-organisations/gst-excise-and-indirect-taxes/gst/tax-invoices',
      place: null,
      says: 'A tax invoice is due on request for more than $82.50. Below $1,000 it shows that it is meant as one, the seller and its ABN, the date, what was sold with quantity and price, the GST, and which sales are taxable; from $1,000 also the identity or ABN of the buyer.',
    },
    {
      url: 'https://www.ato.gov.au/business/bus/how-to-set-out-tax-invoices-and-invoices/',
      place: 'issued from a cash register',
      says: 'From a till: an asterisk beside what is taxable with a note what it means, and the words that the total includes GST of so much.',
    },
  ],
  title: 'tax-invoice',
  taxName: 'gst',
  ids: [{ kinds: ['abn'], beyond: null, form: /^\d{11}$/, formText: 'eleven digits' }],
  isAddressNeeded: false,
  buyerNeeded: { minor: 100_000, isReachedAt: true },
  taxes: 'statement',
  taxedMark: '*',
};

const NZ: CountryContent = {
  country: 'NZ',
  currency: 'NZD',
  asOf: AS_OF,
  sources: [
    {
      url: 'https://www.ird.govt.nz/gst/tax-invoices-for-gst/how-tax-invoices-for-gst-work',
      place: null,
      says: 'Taxable supply information took the place of tax invoices on 1 April 2023. Up to $200 it is the name of the seller, the date, what was supplied and the amount; beyond $200 also the GST number and the GST or that it is included; beyond $1,000 also the buyer.',
    },
  ],
  title: 'receipt',
  taxName: 'gst',
  ids: [
    {
      kinds: ['gst'],
      beyond: { minor: 20_000, isReachedAt: false },
      form: /^\d{8,9}$/,
      formText: 'eight or nine digits',
    },
  ],
  isAddressNeeded: false,
  buyerNeeded: { minor: 100_000, isReachedAt: false },
  taxes: 'statement',
  taxedMark: '*',
};

const CA: CountryContent = {
  country: 'CA',
  currency: 'CAD',
  asOf: AS_OF,
  sources: [
    {
      url: 'https://laws-lois.justice.gc.ca/eng/regulations/SOR-91-45/section-3.html',
      place: 'Input Tax Credit Information Regulations',
      says: 'Below $100: the name of the supplier, the date, the total. From $100 also its registration number and the tax, or that it is included and at which rate, and which supplies are taxed how. From $500 also the name of the buyer, terms of payment and what was supplied.',
    },
    {
      url: 'https://laws-lois.justice.gc.ca/eng/acts/E-15/section-223.html',
      place: 'Excise Tax Act',
      says: 'A supplier tells the tax, or the total and the rate.',
    },
  ],
  title: 'receipt',
  taxName: 'tax',
  ids: [
    {
      kinds: ['gst-hst'],
      beyond: { minor: 10_000, isReachedAt: true },
      form: /^\d{9}(?:RT\d{4})?$/,
      formText: 'nine digits, RT and four digits after them or not',
    },
  ],
  isAddressNeeded: false,
  buyerNeeded: { minor: 50_000, isReachedAt: true },
  taxes: 'by-authority',
  taxedMark: 'T',
};

const US: CountryContent = {
  country: 'US',
  currency: 'USD',
  asOf: AS_OF,
  sources: [
    {
      url: 'https://www.revisor.mn.gov/statutes/cite/297A.77',
      place: 'Minnesota Statutes',
      says: 'The tax is stated and charged apart from the price. No federal law says what a receipt contains; other states are like it, and none of the seller’s numbers is asked for.',
    },
  ],
  title: 'receipt',
  taxName: 'tax',
  ids: [],
  isAddressNeeded: false,
  buyerNeeded: null,
  taxes: 'by-authority',
  taxedMark: 'T',
};

export const COUNTRY_ROWS: readonly CountryContent[] = [US, GB, AU, CA, NZ, DE];
export const EU_ROW = EU;

/** Where nobody looked up what the country wants: everything is told, and nothing is claimed. */
export const PLAIN_ROW: CountryContent = {
  ...US,
  country: '',
  sources: [],
  taxes: 'by-rate',
  taxedMark: null,
};

/** Greece is EL in its VAT numbers, and GR as a country. */
export const EU_STATES: readonly string[] =
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');
