/**
 * The page in a real browser, opened from disk: nothing is fetched, nothing complains, charts are drawn, a keyboard
 * is enough, and nobody is kept out, in light and in dark. Skipped where no Chromium is installed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { scriptedShop } from '../builders/index.ts';
import { renamed, replayed } from './replayed.ts';

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
const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const directory = mkdtempSync(join(tmpdir(), 'tillfree-report-'));
const hostileName = `</script><img src=x onerror="document.title='broken'">`;
const pages = { busy: 'busy.html', hostile: 'hostile.html' };
let browser: Browser | null = null;

beforeAll(async () => {
  if (!CHROMIUM) return;
  const store = scriptedShop({ seed: 3 });
  const ill = store.layout.fixtures[1]!.plates[20]!.plateId;
  const faults = [
    { kind: 'plate-dead', plateId: ill },
    { kind: 'lost', share: 0.01 },
  ] as const;
  const busy = replayed({ store, faults });
  const hostile = replayed({
    store: renamed(store, (name) => name + hostileName),
    recordingName: hostileName,
  });
  writeFileSync(join(directory, pages.busy), busy.report.html());
  writeFileSync(join(directory, pages.hostile), hostile.report.html());
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET_START });
});

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true });
});

interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

interface Look {
  readonly name: keyof typeof pages;
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

async function open(look: Look): Promise<Opened> {
  const context = await browser!.newContext({
    viewport: { width: look.width ?? 1280, height: 900 },
    colorScheme: look.colorScheme ?? 'light',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(join(directory, pages[look.name])).href);
  await page.locator('.chart canvas').first().waitFor();
  return { page, complaints, requests };
}

beforeEach(({ skip }) => {
  skip(!CHROMIUM, REASON_NO_BROWSER);
});

/** How many colours the chart's canvas holds; an empty one holds one. */
const COLOURS_DRAWN = `(() => {
  const canvas = document.querySelector('.chart canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
})()`;

const AXE_RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Opens all evidence and waits until its charts are there. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true; })`);
  await page.waitForFunction(
    `document.querySelectorAll('.chart').length === document.querySelectorAll('.chart canvas').length`,
  );
}

test('the page opens from disk without a complaint or a request', async () => {
  const { page, complaints, requests } = await open({ name: 'busy' });
  await openAll(page);
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([page.url()]);
});

test('charts are drawn, one for every opened moment, and again when the colours change', async () => {
  const { page, complaints } = await open({ name: 'busy' });
  expect(await page.evaluate(COLOURS_DRAWN)).toBeGreaterThan(10);
  await openAll(page);
  expect(await page.locator('.chart').count()).toBeGreaterThan(5);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.locator('.chart').count()).toBe(await page.locator('.chart canvas').count());
  expect(await page.evaluate(COLOURS_DRAWN)).toBeGreaterThan(10);
  expect(complaints).toEqual([]);
});

test('evidence opens and closes by keyboard', async () => {
  const { page } = await open({ name: 'busy' });
  const closed = page.locator('details:not([open])').first();
  const summary = await closed.locator('summary').elementHandle();
  const isOpen = (): Promise<unknown> =>
    summary!.evaluate((element) => 'open' in element.parentElement! && element.parentElement.open);
  let presses = 0;
  while (
    !(await summary!.evaluate((element) => element === element.ownerDocument.activeElement)) &&
    presses++ < 50
  )
    await page.keyboard.press('Tab');
  expect(await isOpen()).toBe(false);
  await page.keyboard.press('Enter');
  expect(await isOpen()).toBe(true);
  await page.keyboard.press('Space');
  expect(await isOpen()).toBe(false);
});

test.for([
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const)('nobody is kept out: $colorScheme, $width px', async (look) => {
  const { page } = await open({ name: 'busy', ...look });
  await openAll(page);
  // The page's policy lets no script in; the checker comes through the debugger, which it does not bind.
  await page.evaluate(axeScript);
  const result = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(AXE_RULES)} }).then((result) => ({
      passed: result.passes.length,
      violations: result.violations.map((each) =>
        each.id + ': ' + each.nodes.map((node) => node.html).slice(0, 3).join(' | ')),
    }))`,
  )) as { readonly passed: number; readonly violations: readonly string[] };
  expect(result.violations).toEqual([]);
  expect(result.passed).toBeGreaterThan(20);
});

test.for([{ width: 360 }, { width: 390 }, { width: 768 }, { width: 1600 }])(
  'no sideways scrolling at $width px',
  async ({ width }) => {
    for (const name of ['busy', 'hostile'] as const) {
      const { page } = await open({ name, width });
      await openAll(page);
      expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(width);
    }
  },
);

test('labels of the plan do not lie on each other', async () => {
  for (const width of [1280, 390]) {
    const { page } = await open({ name: 'busy', width });
    const overlaps = await page.evaluate(`(() => {
      const boxes = [...document.querySelectorAll('.plan .label')]
        .map((label) => ({ text: label.textContent, box: label.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      const found = [];
      boxes.forEach((a, index) => boxes.slice(index + 1).forEach((b) => {
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (wide > 3 && high > 3) found.push(a.text + ' / ' + b.text);
      }));
      return found;
    })()`);
    expect(overlaps, `${width} px`).toEqual([]);
  }
});

test('a hostile name runs nothing', async () => {
  const { page, complaints, requests } = await open({ name: 'hostile' });
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
  expect(await page.title()).toBe(`Replay of ${hostileName}`);
  expect(await page.locator('img').count()).toBe(0);
});
