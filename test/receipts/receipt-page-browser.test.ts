/** The page in a real browser: nobody is kept out, nothing is fetched, nothing scrolls sideways, and it prints. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { receiptPage } from '../../src/adapters/receipt-page/index.ts';
import { paperOf } from '../../src/receipts/index.ts';
import { EXAMPLES, GREAT_BRITAIN, revisionOf } from './builders/index.ts';
import type { Example } from './builders/index.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const REASON_NO_BROWSER = 'no Chromium is installed at a usual place';
const QUIET_START = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'tillfree-receipt-'));
let browser: Browser | null = null;

const HOSTILE: Example = {
  name: 'hostile',
  language: 'en-GB',
  revision: revisionOf({
    place: GREAT_BRITAIN,
    lines: [
      {
        name: `<script>document.title='broken'</script>${'Donaudampfschifffahrt'.repeat(6)}`,
        taxClass: 'standard',
        units: [{ count: 3, list: 9_999_999 }],
      },
    ],
  }),
};

beforeAll(async () => {
  if (!CHROMIUM) return;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET_START });
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true });
});

beforeEach(({ skip }) => {
  skip(!CHROMIUM, REASON_NO_BROWSER);
});

interface Look {
  readonly width: number;
  readonly colorScheme?: 'light' | 'dark';
}

async function open(
  { name, revision, language }: Example,
  look: Look,
): Promise<{ page: Page; told: string[] }> {
  const path = join(directory, `${name}.html`);
  const paper = paperOf(revision, language, { address: 'https://corner-shop.example/r/7Kq2' });
  const options = { evidenceAddress: () => 'https://corner-shop.example/e' };
  writeFileSync(path, receiptPage(paper, options));
  const viewport = { width: look.width, height: 900 };
  const context = await browser!.newContext({ viewport, colorScheme: look.colorScheme ?? 'light' });
  const page = await context.newPage();
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(error.message));
  page.on('request', (request) => told.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);
  return { page, told: told.filter((each) => each !== page.url() && !each.startsWith('data:')) };
}

test('the page asks nobody for anything and complains about nothing', async () => {
  for (const example of [...EXAMPLES, HOSTILE]) {
    const { page, told } = await open(example, { width: 1280 });
    expect(told, example.name).toEqual([]);
    expect(await page.title()).toContain('corner-shop/A/000017');
    await page.context().close();
  }
});

test.for([
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const)('nobody is kept out: $colorScheme, $width px', async (look) => {
  for (const example of [...EXAMPLES, HOSTILE]) {
    const { page } = await open(example, look);
    await page.evaluate(axeScript);
    const result = (await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(AXE_RULES)} }).then((result) => ({
        passed: result.passes.length,
        found: [...result.violations, ...result.incomplete].map((each) =>
          each.id + ': ' + each.nodes.map((node) => node.html).slice(0, 3).join(' | ')),
      }))`,
    )) as { readonly passed: number; readonly found: readonly string[] };
    expect(result.found, example.name).toEqual([]);
    expect(result.passed, example.name).toBeGreaterThan(20);
    await page.context().close();
  }
});

test.for([{ width: 320 }, { width: 390 }, { width: 1280 }])(
  'nothing scrolls sideways at $width px',
  async (look) => {
    for (const example of [...EXAMPLES, HOSTILE]) {
      const { page } = await open(example, look);
      expect(await page.evaluate('document.documentElement.scrollWidth'), example.name).toBeLessThanOrEqual(
        look.width,
      );
      await page.context().close();
    }
  },
);

test('nothing scrolls sideways with text twice as large', async () => {
  for (const example of [...EXAMPLES, HOSTILE]) {
    const { page } = await open(example, { width: 640 });
    await page.addStyleTag({ content: ':root { font-size: 200% }' });
    expect(await page.evaluate('getComputedStyle(document.body).fontSize')).toBe('32px');
    expect(await page.evaluate('document.documentElement.scrollWidth'), example.name).toBeLessThanOrEqual(
      640,
    );
    await page.context().close();
  }
});

/** Sheets of a printed page, counted in the file that the browser writes. */
async function sheets(page: Page, size: { width: string; height: string }): Promise<number> {
  const pdf = await page.pdf(size);
  return [...pdf.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length;
}

test('a small receipt prints on one sheet of A4 and of Letter, and on a roll', async () => {
  const { page } = await open(EXAMPLES[3]!, { width: 1280 });
  expect(await sheets(page, { width: '210mm', height: '297mm' })).toBe(1);
  expect(await sheets(page, { width: '8.5in', height: '11in' })).toBe(1);
  expect(await sheets(page, { width: '80mm', height: '500mm' })).toBe(1);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('details').first().isVisible()).toBe(false);
});

test('a hostile name is text', async () => {
  const { page } = await open(HOSTILE, { width: 390 });
  expect(await page.title()).toBe('Receipt corner-shop/A/000017');
  expect(await page.locator('main script').count()).toBe(0);
  expect(await page.locator('th[scope=row]').first().textContent()).toContain('<script>');
});

test('what was given back is said in words, not only struck', async () => {
  const { page } = await open(EXAMPLES[1]!, { width: 390 });
  expect(await page.locator('tbody.back s').textContent()).toBe('Mug, blue');
  const told = await page.locator('tbody.back .given-back').textContent();
  expect(told?.replaceAll(/\s/g, ' ')).toBe('Given back in revision 2: 1 × £6.50');
});
