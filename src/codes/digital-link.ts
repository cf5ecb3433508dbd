/**
 * GS1 Digital Link: a product's key and what goes with it as a web address, on any domain and under any path. The last
 * run of identifiers and values that is a primary key and its qualifiers, in their order, is taken; the query carries
 * the rest. Compressed links and the old names (`/gtin/…`) are not read. A qualifier that stands in the query is read
 * too, and written back into the path. Source: GS1 Digital Link Standard: URI Syntax, 1.2 and later.
 */
import { ok } from '../base/index.ts';
import { APPLICATION_IDENTIFIERS } from './application-identifiers.ts';
import { refuse, shown } from './code-problem.ts';
import type { Read } from './code-problem.ts';
import { unknownAi } from './element.ts';
import type { Element, ReadElement } from './element.ts';
import { readElements } from './element-string.ts';

export interface DigitalLink {
  readonly domain: string;
  /** The key first, then its qualifiers, then the rest by identifier. */
  readonly elements: readonly ReadElement[];
  /** Names of the query that mean nothing to GS1, such as `linkType`. */
  readonly otherNames: readonly string[];
}

/** The sequences of qualifiers that each primary key takes; any of a sequence may be missing. */
const QUALIFIERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '00': [],
  '01': [['22', '10', '21'], ['235']],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': [['254'], ['7040']],
  '415': [['8020']],
  '417': [['7040']],
  '8003': [],
  '8004': [['7040']],
  '8006': [['22', '10', '21']],
  '8010': [['8011']],
  '8013': [],
  '8017': [['8019']],
  '8018': [['8019']],
};

/** Keys that may also go with another key, as where a product is or who is paid. */
const ALSO_ATTRIBUTES = new Set([
  '253',
  '255',
  '401',
  '402',
  '414',
  '415',
  '417',
  '8004',
  '8013',
  '8017',
  '8018',
]);

const ADDRESS = /^https?:\/\/([^/?#\s]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i;
const FORM_REMEDY = 'A link is https://DOMAIN/01/GTIN, with /10/BATCH and the like and ?17=YYMMDD after it.';
/** A domain, with a port and a path in front of the key or without. */
const STEM = /^[a-z0-9.-]+(?::\d+)?(?:\/[\w.~-]+)*$/i;
const CANONICAL_DOMAIN = 'id.gs1.org';

const isKey = (ai: string): boolean => Object.hasOwn(QUALIFIERS, ai);

function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Everything but letters, digits and -._~ as %XX: `encodeURIComponent` leaves five marks that GS1 wants escaped. */
function escaped(text: string): string {
  const mark = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, mark);
}

/** True where `qualifiers` are in the order of one sequence of the key. */
function isInOrder(key: string, qualifiers: readonly string[]): boolean {
  if (qualifiers.length === 0) return true;
  return (QUALIFIERS[key] ?? []).some((sequence) => {
    let from = 0;
    return qualifiers.every((ai) => {
      const found = sequence.indexOf(ai, from);
      from = found + 1;
      return found >= 0;
    });
  });
}

/** GTINs in links were allowed without the zeros in front. */
function padded({ ai, value }: Element): Element {
  const isShort = ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(value);
  return isShort ? { ai, value: value.padStart(14, '0') } : { ai, value };
}

function twoKeys(seen: string): Read<never> {
  const what = `there are two keys in ${shown(seen)}`;
  return refuse('DIGITAL_LINK_KEY', what, 'A link is about one thing: a GTIN, a location, a coupon …');
}

/** A path in front may look like anything, but not like a key with a number after it. */
function hasKeyBefore(segments: readonly string[], begin: number): boolean {
  return segments
    .slice(0, begin)
    .some(
      (ai, place) => (begin - place) % 2 === 0 && isKey(ai) && /^\d{8,}$/.test(segments[place + 1] ?? ''),
    );
}

function pathElements(segments: readonly string[]): Read<readonly Element[]> {
  let wrongOrder: string | null = null;
  for (let begin = segments.length - 2; begin >= 0; begin -= 2) {
    const run = segments.slice(begin);
    const ais = run.filter((_, place) => place % 2 === 0);
    const [key = '', ...qualifiers] = ais;
    if (!isKey(key)) continue;
    if (isInOrder(key, qualifiers) && hasKeyBefore(segments, begin)) return twoKeys(segments.join('/'));
    if (isInOrder(key, qualifiers))
      return ok(ais.map((ai, nth) => padded({ ai, value: run[nth * 2 + 1] ?? '' })));
    wrongOrder = `the path ${shown(run.join('/'))} has qualifiers that (${key}) does not take, or not in this order`;
  }
  if (wrongOrder !== null)
    return refuse(
      'DIGITAL_LINK_QUALIFIER',
      wrongOrder,
      'After /01/GTIN come /22, /10 and /21, in this order.',
    );
  return refuse('DIGITAL_LINK_KEY', 'the path has no primary key and its value', FORM_REMEDY);
}

interface Query {
  readonly elements: readonly Element[];
  readonly otherNames: readonly string[];
}

function queryElements(query: string): Read<Query> {
  const elements: Element[] = [];
  const otherNames: string[] = [];
  for (const pair of query.split(/[&;]/).filter((each) => each !== '')) {
    const [name = '', ...rest] = pair.split('=');
    const value = unescaped(rest.join('='));
    if (value === null) return refuse('DIGITAL_LINK_FORM', `${shown(pair)} has a broken escape`, FORM_REMEDY);
    if (!/^\d+$/.test(name)) otherNames.push(name);
    else if (APPLICATION_IDENTIFIERS.has(name)) elements.push({ ai: name, value });
    else return unknownAi(name);
  }
  return ok({ elements, otherNames });
}

/** Key, qualifiers in their order, attributes by identifier; refused where there is not exactly one key. */
function arranged<Each extends Element>(elements: readonly Each[]): Read<readonly Each[]> {
  const keys = elements.filter(({ ai }) => isKey(ai));
  const onlyKeys = keys.filter(({ ai }) => !ALSO_ATTRIBUTES.has(ai));
  const [key] = onlyKeys.length > 0 ? onlyKeys : keys;
  if (!key) return refuse('DIGITAL_LINK_KEY', 'there is no primary key', FORM_REMEDY);
  if (onlyKeys.length > 1) return twoKeys(onlyKeys.map(({ ai }) => `(${ai})`).join(''));
  const sequences = QUALIFIERS[key.ai] ?? [];
  const hasOf = (sequence: readonly string[]): boolean => elements.some(({ ai }) => sequence.includes(ai));
  const sequence = sequences.find(hasOf) ?? [];
  if (sequences.filter(hasOf).length > 1) {
    const what = `(${key.ai}) has qualifiers of two kinds that exclude each other`;
    return refuse('DIGITAL_LINK_QUALIFIER', what, 'Leave one kind out.');
  }
  const qualifiers = sequence.flatMap((ai) => elements.filter((each) => each.ai === ai));
  const rest = elements
    .filter((each) => each !== key && !qualifiers.includes(each))
    .toSorted((a, b) => (a.ai < b.ai ? -1 : 1));
  return ok([key, ...qualifiers, ...rest]);
}

/** What a Digital Link says; `yearNow` settles the century of dates. */
export function readDigitalLink(text: string, yearNow: number): Read<DigitalLink> {
  const match = ADDRESS.exec(text);
  if (!match) return refuse('DIGITAL_LINK_FORM', `${shown(text)} is no web address`, FORM_REMEDY);
  const [, domain = '', path = '', query = ''] = match;
  const segments: string[] = [];
  for (const segment of path.replace(/\/$/, '').split('/').slice(1)) {
    const plain = unescaped(segment);
    if (plain === null)
      return refuse('DIGITAL_LINK_FORM', `${shown(segment)} has a broken escape`, FORM_REMEDY);
    segments.push(plain);
  }
  const inPath = pathElements(segments);
  if (!inPath.ok) return inPath;
  const inQuery = queryElements(query);
  if (!inQuery.ok) return inQuery;
  if (inQuery.value.elements.some(({ ai }) => isKey(ai) && !ALSO_ATTRIBUTES.has(ai))) return twoKeys(text);
  const read = readElements([...inPath.value, ...inQuery.value.elements.map(padded)], yearNow);
  if (!read.ok) return read;
  const elements = arranged(read.value);
  return elements.ok
    ? ok({ domain, elements: elements.value, otherNames: inQuery.value.otherNames })
    : elements;
}

/** The canonical link: id.gs1.org, 14 digits, qualifiers in the path, attributes in the query by identifier. */
export function digitalLinkText(
  elements: readonly Element[],
  { yearNow, domain = CANONICAL_DOMAIN }: { readonly yearNow: number; readonly domain?: string },
): Read<string> {
  if (!STEM.test(domain)) return refuse('DIGITAL_LINK_FORM', `${shown(domain)} is no domain`, FORM_REMEDY);
  const read = readElements(elements.map(padded), yearNow);
  const all = read.ok ? arranged(read.value) : read;
  if (!all.ok) return all;
  const [key, ...rest] = all.value;
  const inPath = new Set((QUALIFIERS[key?.ai ?? ''] ?? []).flat());
  const isQualifier = ({ ai }: Element): boolean => inPath.has(ai);
  const path = [key, ...rest.filter(isQualifier)].map((each) => `/${each?.ai}/${escaped(each?.value ?? '')}`);
  const query = rest.filter((each) => !isQualifier(each)).map(({ ai, value }) => `${ai}=${escaped(value)}`);
  return ok(`https://${domain}${path.join('')}${query.length > 0 ? `?${query.join('&')}` : ''}`);
}
