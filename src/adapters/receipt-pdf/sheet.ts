/**
 * A sheet with a cursor: rows of texts that share a line, with room made before they are drawn, so that no text is
 * torn by the end of a page. Whatever is drawn is tagged, or marked as decoration.
 */
import { createRequire } from 'node:module';

const fromPackages = createRequire(import.meta.url);
const fontFile = (name: string): string => fromPackages.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);

export type Document = PDFKit.PDFDocument;
export type Element = PDFKit.PDFStructureElement;

export const FONT = fontFile('DejaVuSansCondensed');
export const BOLD_FONT = fontFile('DejaVuSansCondensed-Bold');

export interface Look {
  readonly size: number;
  readonly isBold: boolean;
  readonly color: string;
}

const INK = '#1b1a17';
const SOFT = '#57534a';

export const LOOKS = {
  store: { size: 19, isBold: true, color: INK },
  title: { size: 13, isBold: true, color: INK },
  heading: { size: 10, isBold: true, color: INK },
  plain: { size: 9.5, isBold: false, color: INK },
  strong: { size: 9.5, isBold: true, color: INK },
  soft: { size: 8.5, isBold: false, color: SOFT },
  total: { size: 14, isBold: true, color: INK },
} as const satisfies Readonly<Record<string, Look>>;

/** A text in a row; places are points from the left edge of the column. */
export interface Cell {
  readonly element: Element;
  /** The tag of its content, such as `P` or `TD`. */
  readonly tag: string;
  readonly text: string;
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
  readonly look: Look;
  readonly isStruck?: boolean;
}

/** The receipt's column, in points: as wide as is easy to read, whatever the sheet. */
export const COLUMN_WIDTH = 340;
const MARGIN = 42;
/** A part begins on a page that has room for its title and a few lines. */
const PART_MIN = 60;

export class Sheet {
  readonly doc: Document;
  private y = MARGIN;
  private readonly left: number;
  private readonly bottom: number;

  constructor(doc: Document) {
    this.doc = doc;
    this.left = (doc.page.width - COLUMN_WIDTH) / 2;
    this.bottom = doc.page.height - MARGIN;
  }

  private choose({ size, isBold, color }: Look): void {
    this.doc
      .font(isBold ? BOLD_FONT : FONT)
      .fontSize(size)
      .fillColor(color);
  }

  /** A little more than it measures, for rounding must not break a text that just fits. */
  widthOf(text: string, look: Look): number {
    this.choose(look);
    return Math.ceil(this.doc.widthOfString(text) + 1);
  }

  gap(points: number): void {
    this.y += points;
  }

  private makeRoom(height: number): void {
    if (this.y + height <= this.bottom) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  row(cells: readonly Cell[]): void {
    const heights = cells.map(({ text, width, look }) => {
      this.choose(look);
      return this.doc.heightOfString(text === '' ? ' ' : text, { width });
    });
    const height = Math.max(...heights);
    this.makeRoom(height);
    for (const cell of cells) this.draw(cell);
    this.y += height + 2;
  }

  private draw({ element, tag, text, left, width, align, look, isStruck }: Cell): void {
    if (text === '') return;
    this.choose(look);
    const content = this.doc.markStructureContent(tag);
    this.doc.text(text, this.left + left, this.y, { width, align, strike: isStruck ?? false });
    this.doc.endMarkedContent();
    element.add(content);
  }

  /** Between parts; the end of a page parts them as well. */
  rule(): void {
    if (this.y + PART_MIN > this.bottom) {
      this.makeRoom(this.bottom);
      return;
    }
    this.doc.markContent('Artifact', { type: 'Layout' });
    this.doc
      .moveTo(this.left, this.y + 7)
      .lineTo(this.left + COLUMN_WIDTH, this.y + 7)
      .lineWidth(0.5)
      .strokeColor('#b5ae9f')
      .stroke();
    this.doc.endMarkedContent();
    this.y += 14;
  }

  /** Modules of a code, row by row, as squares of `side` points, in the middle. */
  modules(rows: readonly (readonly boolean[])[], of: { element: Element; side: number }): void {
    const size = rows.length * of.side;
    this.makeRoom(size);
    const from = this.left + (COLUMN_WIDTH - size) / 2;
    const content = this.doc.markStructureContent('Figure', {
      bbox: [from, this.y, from + size, this.y + size],
    });
    rows.forEach((row, y) =>
      row.forEach((isDark, x) => {
        if (isDark) this.doc.rect(from + x * of.side, this.y + y * of.side, of.side, of.side);
      }),
    );
    this.doc.fillColor('#000').fill();
    this.doc.endMarkedContent();
    of.element.add(content);
    this.y += size + 4;
  }
}
