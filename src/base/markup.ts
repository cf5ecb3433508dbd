/**
 * Markup that cannot forget to escape: `markup` is a template tag that escapes every value which is not itself
 * markup. Names of products, plates and recordings come from outside; nothing here has a way to let one through raw.
 */

/** Text that is already safe to stand in a page; only this module makes one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type MarkupValue = string | number | Markup | readonly Markup[] | null | false;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `text` for use between tags and within quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

function valueText(value: MarkupValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map((part: Markup) => part.text).join('');
  return escapeText(String(value));
}

export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = strings[0]!;
  values.forEach((value, index) => {
    text += valueText(value) + strings[index + 1]!;
  });
  return new Markup(text);
}

/** Data for a script of the page, inside `<script type="application/json">`: no tag can end it early. */
export function jsonMarkup(data: unknown): Markup {
  return new Markup(JSON.stringify(data).replaceAll('<', '\\u003c'));
}

/** A name from outside, kept apart from the direction of the text around it. */
export function nameMarkup(name: string): Markup {
  return markup`<bdi>${name}</bdi>`;
}
