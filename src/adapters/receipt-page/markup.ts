/** Markup that escapes whatever is not markup itself: names, notes and contacts come from outside. */

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

function valueText(value: MarkupValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map((part: Markup) => part.text).join('');
  return String(value).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}

export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const rest = values.map((value, index) => valueText(value) + strings[index + 1]!);
  return new Markup(strings[0]! + rest.join(''));
}

/** A text from outside, kept apart from the direction of what is around it. */
export function outside(text: string): Markup {
  return markup`<bdi>${text}</bdi>`;
}

/** An address that may be followed; anything but the web's own schemes stays text. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(address) && URL.canParse(address);
}
