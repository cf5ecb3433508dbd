/**
 * Where a value is not what was expected: the whole value is compared, numbers exactly, the order of keys does not
 * matter. A key that is undefined counts as not there, as in JSON.
 */

export interface Difference {
  /** `ok.elements[1].value`; empty for the value itself. */
  readonly path: string;
  /** Undefined where nothing was expected there. */
  readonly expected: unknown;
  /** Undefined where nothing was found there. */
  readonly found: unknown;
}

type Keyed = Readonly<Record<string, unknown>>;

const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

function under(path: string, key: string | number): string {
  if (typeof key === 'number' || !PLAIN_KEY.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Every difference; lists are compared place by place. */
export function differencesOf(expected: unknown, found: unknown, path = ''): readonly Difference[] {
  if (expected === found) return [];
  if (Array.isArray(expected) && Array.isArray(found)) {
    const [wanted, given]: [readonly unknown[], readonly unknown[]] = [expected, found];
    const length = Math.max(wanted.length, given.length);
    return Array.from({ length }, (_, place) => place).flatMap((place) =>
      differencesOf(wanted[place], given[place], under(path, place)),
    );
  }
  if (isKeyed(expected) && isKeyed(found)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    const own = (value: Keyed, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);
    return [...keys].flatMap((key) => differencesOf(own(expected, key), own(found, key), under(path, key)));
  }
  return [{ path, expected, found }];
}
