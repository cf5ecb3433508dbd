/** Puts pictures and tables into the page, each between its two marks; the words around them are left as they are. */
import { format, resolveConfig } from 'prettier';
import { assert } from '../../src/base/index.ts';

export interface Block {
  readonly name: string;
  /** Markdown. */
  readonly text: string;
}

const END = '<!-- drawn: end -->';

function startOf(name: string): string {
  return `<!-- drawn: ${name} -->`;
}

/** The page with every block as it is now. Throws where the page has no place for a block, or a place without one. */
export async function filledPage(page: string, blocks: readonly Block[]): Promise<string> {
  let text = page;
  for (const { name, text: block } of blocks) {
    const start = text.indexOf(startOf(name));
    const end = text.indexOf(END, start);
    assert(start >= 0 && end >= 0, 'PAGE_HAS_NO_PLACE', { name });
    text = `${text.slice(0, start)}${startOf(name)}\n\n${block}\n\n${text.slice(end)}`;
  }
  const places = [...page.matchAll(/<!-- drawn: (\S+) -->/g)].map((match) => match[1]!);
  const unknown = places.filter((place) => place !== 'end' && !blocks.some(({ name }) => name === place));
  assert(unknown.length === 0, 'PAGE_PLACE_UNKNOWN', { unknown });
  const house = await resolveConfig('docs/guide/inference.md');
  return format(text, { ...house, parser: 'markdown' });
}
