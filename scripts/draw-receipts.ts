/**
 * Draws the pictures of docs/guide/receipts.md from the examples of the tests: `node scripts/draw-receipts.ts`. The
 * page and the PDF are pictures of a real browser, so it needs a Chromium; the printer's columns are drawn as SVG.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { receiptPage } from '../src/adapters/receipt-page/index.ts';
import { receiptPdf } from '../src/adapters/receipt-pdf/index.ts';
import { receiptText } from '../src/adapters/receipt-printer/index.ts';
import { paperOf } from '../src/receipts/index.ts';
import type { Paper } from '../src/receipts/index.ts';
import { EXAMPLES } from '../test/receipts/builders/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const fromPackages = createRequire(import.meta.url);
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const PHONE = { width: 390, height: 844 };

function paperNamed(name: string): Paper {
  const example = EXAMPLES.find((each) => each.name === name)!;
  return paperOf(example.revision, example.language, { address: 'https://corner-shop.example/r/7Kq2' });
}

function drawn(fileName: string, data: Uint8Array | string): void {
  writeFileSync(`${root}docs/images/${fileName}`, data);
  console.log(`drawn: docs/images/${fileName}`);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');

/** A strip of paper; spaces are kept, and each line has the width of its characters, whatever font is there. */
function stripOf(text: string): string {
  const lines = text.trimEnd().split('\n');
  const [step, width] = [17, 42 * 8];
  const height = lines.length * step + 40;
  const rows = lines.flatMap((line, index) =>
    line.trim() === ''
      ? []
      : [
          `<text x="${20 + (line.length - line.trimStart().length) * 8}" y="${32 + index * step}" textLength="${line.trim().length * 8}" lengthAdjust="spacingAndGlyphs">${escaped(line.trim())}</text>`,
        ],
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + 40} ${height}" width="${width + 40}" height="${height}"><rect width="100%" height="100%" fill="#fffefb" stroke="#ddd7cb"/><g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="13" fill="#1b1a17">${rows.join('')}</g></svg>\n`;
}

async function pictureOfPdf(page: Page, pdf: Uint8Array): Promise<Buffer> {
  await page.setContent('<canvas></canvas>');
  for (const name of ['pdf.min.mjs', 'pdf.worker.min.mjs'])
    await page.addScriptTag({
      path: fromPackages.resolve(`pdfjs-dist/legacy/build/${name}`),
      type: 'module',
    });
  await page.waitForFunction('globalThis.pdfjsLib && globalThis.pdfjsWorker');
  const data = Buffer.from(pdf).toString('base64');
  const url = (await page.evaluate(`(async () => {
    const data = Uint8Array.from(atob('${data}'), (each) => each.charCodeAt(0));
    const sheet = await (await pdfjsLib.getDocument({ data }).promise).getPage(1);
    const viewport = sheet.getViewport({ scale: 1.25 });
    const canvas = document.querySelector('canvas');
    Object.assign(canvas, { width: viewport.width, height: viewport.height });
    await sheet.render({ canvas, viewport }).promise;
    return canvas.toDataURL('image/png');
  })()`)) as string;
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

drawn('receipt-printer.svg', stripOf(receiptText(paperNamed('great-britain-revised'))));
if (CHROMIUM) {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({ viewport: PHONE, colorScheme: 'light' });
  await page.setContent(receiptPage(paperNamed('great-britain-revised')));
  drawn('receipt-page.png', await page.screenshot({ fullPage: true }));
  drawn(
    'receipt-pdf.png',
    await pictureOfPdf(await browser.newPage(), await receiptPdf(paperNamed('united-states'))),
  );
  await browser.close();
} else console.log('no Chromium: the pictures of the page and the PDF stay as they are');
