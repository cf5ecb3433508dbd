/** `gs1-barcode-parser-mod` as the cross-check sees it: it has no types, so what it gives is checked. */
import { createRequire } from 'node:module';
import { z } from 'zod';

const packageForm = z.object({ parseBarcode: z.custom<(text: string) => unknown>(isFunction) });

const answerForm = z.object({
  codeName: z.string(),
  parsedCodeItems: z.array(
    z.object({
      ai: z.string(),
      raw: z.string(),
      /** A text, a number, or a `Date` at midnight of the place: `isoDate` says that without a time zone. */
      data: z.union([z.string(), z.number(), z.object({}).transform(() => null)]),
      unit: z.string(),
      isoDate: z.string(),
    }),
  ),
});

export type LibraryElement = z.infer<typeof answerForm>['parsedCodeItems'][number];

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

const loaded: unknown = createRequire(import.meta.url)('gs1-barcode-parser-mod');
const { parseBarcode } = packageForm.parse(loaded);

/** What the library reads; null where it refuses, which it does by throwing a text. */
export function readByLibrary(text: string): LibraryElement[] | null {
  let answer: unknown;
  try {
    answer = parseBarcode(text);
  } catch (error) {
    if (typeof error === 'string') return null;
    throw error;
  }
  return answerForm.parse(answer).parsedCodeItems.map(({ ai, raw, data, unit, isoDate }) => {
    return { ai, raw, data, unit, isoDate };
  });
}

/** How many digits to put behind four so that a value of every fixed length is once exactly filled. */
const FILLERS = ['', '0', '01', '0101', '010101', '01010101', '010101010101', '0'.repeat(16)].concat([
  '0'.repeat(18),
  '0'.repeat(20),
]);

/** The identifiers that the library reads, found by trying; and four digits that it takes for another identifier. */
export function knownToLibrary(): { readonly ais: ReadonlySet<string>; readonly misread: readonly string[] } {
  const ais = new Set<string>();
  const misread = new Set<string>();
  for (let number = 0; number < 10_000; number++) {
    const digits = String(number).padStart(4, '0');
    for (const filler of FILLERS) {
      const read = readByLibrary(digits + filler);
      const [only] = read ?? [];
      if (read?.length !== 1 || !only) continue;
      if (digits.startsWith(only.ai)) ais.add(only.ai);
      else misread.add(digits);
    }
  }
  return { ais, misread: [...misread] };
}
