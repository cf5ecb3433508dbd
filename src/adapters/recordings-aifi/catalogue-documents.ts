/**
 * What the store sells and where it should lie: `products` and `planogram` documents. Rows repeat, lack weights or
 * prices (zero is omitted), and name plates that are not there; the domain's checked constructors settle that. Either
 * file may be missing: observations are read all the same, and a problem says what cannot be done without it.
 */
import { moneyFromDecimal, plateId, productId, shelfId, fixtureId, isIdText } from '../../domain/index.ts';
import type { Currency, DataProblem, FacingRow, Money, PlateId, ProductRow } from '../../domain/index.ts';
import { fieldAt, idTextOf, listAt, numberOf, parseExportJson } from './export-json.ts';
import { readExportLines } from './export-files.ts';

type Report = (problem: DataProblem) => void;

interface ReadDocument {
  readonly document: unknown;
  readonly where: string;
}

/** Beyond any price of a shop, and far inside the safe integers of every currency. */
const PRICE_MAX = 1e9;

export function notJson(where: string): DataProblem {
  const what = 'the line is not a JSON document, or is cut off';
  const remedy = 'Export one complete document per line; this one is left out.';
  return { code: 'AIFI_RECORD_NOT_JSON', where, what, remedy };
}

/** The documents of a file; lines that are not JSON objects are reported. */
export async function* readDocuments(path: string, report: Report): AsyncGenerator<ReadDocument> {
  for await (const { text, where } of readExportLines(path, report)) {
    const document = parseExportJson(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document))
      yield { document, where };
    else report(notJson(where));
  }
}

function missing(code: string, file: string, consequence: string): DataProblem {
  const remedy = `Export the ${file} documents beside the others; until then ${consequence}.`;
  return { code, where: file, what: `there is no ${file} document`, remedy };
}

function priceOf(metadata: unknown, currency: Currency): Money | null | 'unusable' {
  const amount = numberOf(fieldAt(metadata, 'price'));
  if (amount === 0) return null;
  return amount > 0 && amount <= PRICE_MAX ? moneyFromDecimal(amount, currency) : 'unusable';
}

function productRow({ document, where }: ReadDocument, currency: Currency, report: Report): ProductRow {
  const metadata = fieldAt(document, 'metadata');
  const code = productCodeOf(fieldAt(document, 'product_id'));
  const price = priceOf(metadata, currency);
  if (price === 'unusable') {
    const what = `product ${code} costs ${JSON.stringify(fieldAt(metadata, 'price'))}`;
    const remedy = 'Correct the price; until then the product is never charged.';
    report({ code: 'AIFI_PRODUCT_PRICE', where, what, remedy });
  }
  const weight = numberOf(fieldAt(metadata, 'weight'));
  const name = fieldAt(metadata, 'name');
  const thumbnail = fieldAt(metadata, 'thumbnail');
  return {
    code,
    name: typeof name === 'string' && name !== '' ? name : code,
    weightGrams: weight === 0 ? null : weight,
    price: price === 'unusable' ? null : price,
    imageUrl: typeof thumbnail === 'string' && thumbnail !== '' ? thumbnail : null,
    where,
  };
}

/** A product's code; empty where the document has none: a code of zero would be written out, as text. */
function productCodeOf(id: unknown): string {
  const code = fieldAt(id, 'id');
  return code === undefined ? '' : (idTextOf(code) ?? '');
}

export async function readProducts(
  path: string | undefined,
  currency: Currency,
  report: Report,
): Promise<ProductRow[]> {
  const rows: ProductRow[] = [];
  if (path !== undefined) {
    for await (const found of readDocuments(path, report)) rows.push(productRow(found, currency, report));
  }
  if (rows.length === 0)
    report(missing('AIFI_PRODUCTS_MISSING', 'products', 'nothing has a name, a weight or a price'));
  return rows;
}

function plateIdOf(id: unknown): PlateId | null {
  const fixture = idTextOf(fieldAt(id, 'shelf_id', 'gondola_id', 'id'));
  const shelf = numberOf(fieldAt(id, 'shelf_id', 'shelf_index'));
  const plate = numberOf(fieldAt(id, 'plate_index'));
  if (fixture === null || !isIdText(fixture) || !Number.isInteger(shelf) || !Number.isInteger(plate))
    return null;
  const name = `${fixture}/${shelf}/${plate}`;
  return isIdText(name) ? plateId(shelfId(fixtureId(fixture), shelf), plate) : null;
}

function facingRow({ document, where }: ReadDocument, report: Report): FacingRow | null {
  const code = productCodeOf(fieldAt(document, 'planogram_product_id'));
  if (!isIdText(code)) {
    const what = 'the facing names no product';
    const remedy = 'Name the product that lies there, or delete the facing; it is left out.';
    report({ code: 'AIFI_FACING_PRODUCT_MISSING', where, what, remedy });
    return null;
  }
  const plates = (listAt(document, 'plate_ids') ?? []).map(plateIdOf);
  const plateIds = plates.filter((plate) => plate !== null);
  if (plateIds.length === 0 || plateIds.length < plates.length) {
    const what = `the facing of product ${code} names ${plateIds.length} usable plates of ${plates.length}`;
    const remedy = 'Correct plate_ids; what cannot be used is left out.';
    report({ code: 'AIFI_FACING_PLATE_MISSING', where, what, remedy });
  }
  return { productId: productId(code), plateIds, where };
}

export async function readFacings(path: string | undefined, report: Report): Promise<FacingRow[]> {
  const rows: FacingRow[] = [];
  let documentCount = 0;
  if (path !== undefined) {
    for await (const found of readDocuments(path, report)) {
      documentCount++;
      const row = facingRow(found, report);
      if (row) rows.push(row);
    }
  }
  if (documentCount === 0)
    report(missing('AIFI_PLANOGRAM_MISSING', 'planogram', 'a product is known by its weight alone'));
  return rows;
}
