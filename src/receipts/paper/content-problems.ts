/** What a receipt lacks of what its country wants: told to the shop, with the field and what to do, never to a shopper. */
import type { DataProblem } from '../../domain/index.ts';
import type { ReceiptContent, ReceiptRevision } from '../receipt-content.ts';
import type { TaxId } from '../seller.ts';
import { countryContent, isBeyond } from './countries/index.ts';
import type { CountryContent, NeededId } from './countries/index.ts';
import type { ReceiptContentProblemCode } from './problem-codes.ts';
import { isBuyerNeeded } from './taxes.ts';

function isNeeded(
  { beyond }: NeededId,
  { currency, sums }: ReceiptContent,
  country: CountryContent,
): boolean {
  if (sums.taxes.length === 0) return false;
  return beyond === null || currency !== country.currency || isBeyond(sums.totalMinor, beyond);
}

function isPresent({ kinds }: NeededId, ids: readonly TaxId[]): boolean {
  return ids.some(({ kind, value }) => kinds.includes(kind) && value.trim() !== '');
}

/** Numbers of the seller that this receipt needs and lacks. */
export function missingIds(content: ReceiptContent, country: CountryContent): NeededId[] {
  return country.ids.filter((id) => isNeeded(id, content, country) && !isPresent(id, content.seller.taxIds));
}

interface Told {
  readonly code: ReceiptContentProblemCode;
  readonly field: string;
  readonly what: string;
  readonly remedy: string;
}

function sellerProblems({ seller }: ReceiptContent, isAddressNeeded: boolean): Told[] {
  const told: Told[] = [];
  if (seller.legalName.trim() === '')
    told.push({
      code: 'RECEIPT_SELLER_NAME_MISSING',
      field: 'seller.legalName',
      what: 'the seller has no name',
      remedy: 'Give the name as registered.',
    });
  if (isAddressNeeded && seller.addressLines.every((line) => line.trim() === ''))
    told.push({
      code: 'RECEIPT_SELLER_ADDRESS_MISSING',
      field: 'seller.addressLines',
      what: `${seller.country} wants the address of the seller`,
      remedy: 'Give the address, line by line.',
    });
  if (seller.contact === null || seller.contact.trim() === '')
    told.push({
      code: 'RECEIPT_SELLER_CONTACT_MISSING',
      field: 'seller.contact',
      what: 'nothing says where to ask about a receipt',
      remedy: 'Give a telephone number, an address or a page.',
    });
  return told;
}

function idProblems(content: ReceiptContent, country: CountryContent): Told[] {
  const { taxIds } = content.seller;
  const missing = missingIds(content, country).map(({ kinds, formText }): Told => ({
    code: 'RECEIPT_SELLER_ID_MISSING',
    field: 'seller.taxIds',
    what: `${country.country} wants a number of kind ${kinds.join(' or ')}, for tax was charged`,
    remedy: `Add it: ${formText}.`,
  }));
  const malformed = country.ids.flatMap(({ kinds, form, formText }) =>
    taxIds
      .filter(({ kind, value }) => kinds.includes(kind) && value.trim() !== '')
      .filter(({ value }) => !form.test(value.replaceAll(/[\s.-]/g, '')))
      .map(({ kind, value }): Told => ({
        code: 'RECEIPT_SELLER_ID_FORM',
        field: 'seller.taxIds',
        what: `the number ${value} is no ${kind} of ${country.country}`,
        remedy: `Correct it: ${formText}.`,
      })),
  );
  return [...missing, ...malformed];
}

function buyerProblems(content: ReceiptContent, country: CountryContent): Told[] {
  if (!isBuyerNeeded(content, country)) return [];
  return [
    {
      code: 'RECEIPT_BUYER_NEEDED',
      field: 'sums.totalMinor',
      what: `${country.country} wants the buyer named for ${content.sums.totalMinor} minor units`,
      remedy: 'Issue an invoice with the name of the buyer to whoever asks for one.',
    },
  ];
}

export function contentProblems({ content }: ReceiptRevision): DataProblem[] {
  const country = countryContent(content.seller.country);
  const unknown: Told = {
    code: 'RECEIPT_COUNTRY_UNKNOWN',
    field: 'seller.country',
    what: `nobody looked up what ${content.seller.country} wants on a receipt`,
    remedy: 'Correct the country, or add a row for it with its sources.',
  };
  const told = [
    ...(country === null ? [unknown] : []),
    ...sellerProblems(content, country?.isAddressNeeded ?? false),
    ...(country === null ? [] : [...idProblems(content, country), ...buyerProblems(content, country)]),
  ];
  return told.map(({ code, field, what, remedy }) => ({
    code,
    where: `${content.receiptId}#${content.revision} ${field}`,
    what,
    remedy,
  }));
}
