/** The page says what the events said, and no more; names from outside stay names. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { epochMs } from '../../src/base/index.ts';
import { deviceId, interactionId, money, moneyText, questionId, sourceId } from '../../src/domain/index.ts';
import type { DeviceHealth, Receipt } from '../../src/domain/index.ts';
import { createReport, writeReport } from '../../src/app/report/index.ts';
import { firstVisitScript, scriptedShop } from '../builders/index.ts';
import { renamed, replayed, visibleText } from './replayed.ts';

const busy = replayed();
const page = busy.report.html();
const text = visibleText(page);

function receiptsOf(of: ReturnType<typeof replayed>): Receipt[] {
  return of.events.flatMap((event) => (event.kind === 'receipt-issued' ? [event.receipt] : []));
}

describe('what the page says', () => {
  test('every receipt: lines, amounts, total, decision', () => {
    const receipts = receiptsOf(busy);
    expect(receipts).toHaveLength(4);
    for (const receipt of receipts) {
      expect(text).toContain(`Total $${moneyText(receipt.total).slice('USD '.length)}`);
      for (const line of receipt.lines) {
        expect(text).toContain(`${line.name} ${line.productId}`);
        expect(text).toContain(`${line.quantity} × $`);
      }
    }
  });

  test('the headline counts people, items and receipts', () => {
    const receipts = receiptsOf(busy);
    const items = receipts.flatMap((receipt) => receipt.lines).reduce((sum, line) => sum + line.quantity, 0);
    const sure = receipts.filter((receipt) => receipt.decision === 'charge').length;
    const headline = /<h2[^>]*>([\s\S]*?)<\/h2>/.exec(page)?.[1] ?? '';
    expect(visibleText(headline)).toMatch(new RegExp(`4 shoppers, \\d+ s, ${items} items: `));
    expect(visibleText(headline)).toContain(
      sure === 4 ? 'all 4 receipts charged as told' : `${sure} receipt`,
    );
  });

  test('every attributed moment: its weight, its spread, its plates', () => {
    const told = busy.events.flatMap((event) => (event.kind === 'receipt-issued' ? event.evidence : []));
    expect(told.length).toBeGreaterThan(5);
    for (const { deltaGrams, sigmaGrams, plateIds } of told) {
      const delta = Math.abs(deltaGrams).toLocaleString('en', {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      });
      expect(text).toContain(`${deltaGrams < 0 ? '−' : ''}${delta} g ± ${sigmaGrams.toFixed(1)} g`);
      const [fixture, shelf, plate] = plateIds[0]!.split('/');
      expect(text).toMatch(new RegExp(`fixture ${fixture}, shelf ${shelf}, plates? (\\d+, )*${plate}\\b`));
    }
  });
});

const [issued] = busy.events.flatMap((event) => (event.kind === 'receipt-issued' ? [event] : []));
const { receipt } = issued!;
const line = receipt.lines.find(({ unitPrice }) => unitPrice !== null)!;

/** The page of one receipt, changed. */
function wordsOf(change: Partial<Receipt>, evidence = issued!.evidence): string {
  const report = createReport({ recordingName: 'one', store: busy.store });
  for (const event of busy.events) if (event.kind === 'visit-entered') report.hear(event);
  report.hear({ ...issued!, receipt: { ...receipt, ...change }, evidence });
  return visibleText(report.html());
}
const without = receipt.lines.flatMap(({ productId, quantity }) =>
  productId === line.productId ? [] : [{ productId, quantity }],
);
const total = money(receipt.total.minor - line.amount!.minor, receipt.total.currency);

describe('what a decision means', () => {
  test('a question stands there with its answers', () => {
    const told = wordsOf({
      decision: 'ask',
      question: {
        questionId: questionId('q1'),
        visitId: receipt.visitId,
        kind: 'have',
        productIds: [line.productId],
        answers: [
          { answerId: 'yes', claims: [{ productId: line.productId, quantityMin: 1, quantityMax: null }] },
          { answerId: 'no', claims: [{ productId: line.productId, quantityMin: 0, quantityMax: 0 }] },
        ],
        expectedGainMinor: 90,
      },
    });
    expect(told).toContain(`Do you have ${line.name} with you? Yes No`);
  });

  test('what is settled in favour of who shopped is named, and the rest is charged', () => {
    const charge = { items: without, total, waived: line.amount! };
    const told = wordsOf({ decision: 'waive', charge });
    expect(told).toContain(`Not charged, in your favour: ${line.quantity} × ${line.name} −$`);
    expect(told).toContain(`Charged $${moneyText(total).slice('USD '.length)}`);
    expect(told).toContain('settled in the shopper’s favour');
    expect(wordsOf({})).not.toContain('Not charged');
    expect(wordsOf({ decision: 'waive' })).toContain('there is nothing to leave out');
  });
});

describe('moments that no scale saw', () => {
  test('are told without a weight, and as what they are', () => {
    const { plateId } = busy.store.layout.plates[0]!;
    const others = busy.events.flatMap((event) => (event.kind === 'visit-entered' ? [event.visit] : []));
    const giver = others.find(({ visitId }) => visitId !== receipt.visitId)!;
    const items = [{ productId: line.productId, count: 1 }];
    const moment = { atMs: receipt.enteredAtMs, deltaGrams: 0, sigmaGrams: 0 };
    const told = wordsOf({}, [
      {
        ...moment,
        interactionId: interactionId('hands'),
        plateIds: [],
        candidates: [
          {
            probability: 0.9,
            moves: [{ kind: 'hand-off', visitId: giver.visitId, toVisitId: receipt.visitId, items }],
          },
          { probability: 0.1, moves: [] },
        ],
      },
      {
        ...moment,
        interactionId: interactionId('unweighed'),
        plateIds: [plateId],
        candidates: [
          { probability: 0.8, moves: [] },
          { probability: 0.2, moves: [{ kind: 'pick', visitId: receipt.visitId, items }] },
        ],
      },
    ]);
    expect(told).toMatch(
      new RegExp(`hands met: 1 × ${line.name.replaceAll(/[^\\w ]/g, '.')} went to Shopper \\d`),
    );
    expect(told).toMatch(/Shopper \d handed over 1 × .* to \d Shopper \d/);
    expect(told).toContain('Nothing went from hand to hand');
    expect(told).toContain('a hand over fixture 1, shelf 1, plate 1, which does not work');
    expect(told).toContain('Nothing was taken');
    expect(told).toContain('Hands met hands met at');
    expect(told).not.toContain('0.0 g');
  });
});

describe('what the page does not pass over', () => {
  test('a body that never came in is named as such', () => {
    const stranger = replayed({
      script: () => ({
        people: [
          {
            personName: 'passer',
            entersAtMs: 1000,
            hasEntered: false,
            actions: [{ kind: 'walk', to: { x: 1, y: -1 } }, { kind: 'leave' }],
          },
        ],
      }),
    });
    const words = visibleText(stranger.report.html());
    expect(words).toContain('People without a receipt');
    expect(words).toContain('never seen coming in');
    expect(words).toContain('Nobody came in');
  });

  test('plates that fail and messages that get lost', () => {
    const store = scriptedShop({ seed: 3 });
    const plate = store.layout.fixtures[1]!.plates[3]!;
    const words = visibleText(
      replayed({
        store,
        faults: [
          { kind: 'plate-dead', plateId: plate.plateId },
          { kind: 'source-silent', source: store.layout.fixtures[0]!.fixtureId },
          { kind: 'lost', source: 'tracks', share: 0.05 },
        ],
      }).report.html(),
    );
    expect(words).toContain('Fixture 2, shelf 1 : plate 4 silent');
    expect(words).toContain('Fixture 1 : nothing was heard of it');
    expect(words.replaceAll('_ ', '_')).toContain('MESSAGES_MISSING');
    expect(words).toContain('no data from any plate');
  });

  test('what was wrong with the recording itself', () => {
    const report = createReport({ recordingName: 'bent', store: busy.store });
    for (let record = 1; record <= 5; record++)
      report.hear({
        kind: 'observation-refused',
        problem: {
          code: 'BENT',
          where: `plates.json:${record}`,
          what: 'is bent',
          remedy: 'Straighten it.',
        },
      });
    const words = visibleText(report.html());
    expect(words).toContain('BENT 5 plates.json:1 is bent');
    expect(words).toContain('and 2 more');
    expect(words).toContain('Straighten it.');
    expect(words).toContain('Nothing was recorded');
  });
});

test('devices that were not well', () => {
  const report = createReport({ recordingName: 'devices', store: busy.store });
  const say = (sequence: number, device: string, state: 'online' | 'offline'): void => {
    const health: DeviceHealth = {
      kind: 'health',
      source: sourceId(device),
      sequence,
      observedAtMs: epochMs(1_700_000_000_000 + sequence * 1000),
      receivedAtMs: epochMs(1_700_000_000_000 + sequence * 1000),
      deviceId: deviceId(device),
      state,
      note: state === 'offline' ? 'no power' : '',
    };
    report.observe(health);
    report.hear({ kind: 'device-reported', health });
  };
  say(0, 'camera 1', 'online');
  say(0, 'camera 2', 'online');
  expect(visibleText(report.html())).toContain('All 2 devices that spoke of themselves were online');
  say(1, 'camera 1', 'offline');
  const words = visibleText(report.html());
  expect(words).toContain('camera 1 : offline since 1.0 s, failed once ( no power )');
  expect(words).not.toContain('camera 2');
});

describe('how the page is made', () => {
  test('headings go down one level at a time', () => {
    const levels = [...page.matchAll(/<h([1-6])\b/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
  });

  test('ids are there once, and every reference finds its own', () => {
    const both = createReport({ recordingName: 'empty', store: busy.store });
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const match of page.matchAll(/aria-labelledby="([^"]+)"/g))
      for (const id of match[1]!.split(' ')) expect(ids).toContain(id);
    expect(both.html()).toContain('<html lang="en">');
  });

  test('nothing is loaded from anywhere', () => {
    const markup = page.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '');
    expect(markup).not.toMatch(/\s(?:src|srcset|data|action|poster)="/);
    expect([...markup.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual(['data:,', '#main']);
    expect(page).toMatch(/default-src &#39;none&#39;/);
  });

  test('the same recording gives the same page', () => {
    expect(replayed().report.html()).toBe(page);
  });
});

const HOSTILE = `</script><img src=x onerror="alert(1)">'&amp;<!--`;

test('a hostile name stays text wherever it appears', () => {
  const store = renamed(scriptedShop({ seed: 3 }), (name) => `${name} ${HOSTILE}`);
  const hostile = replayed({ store, recordingName: HOSTILE });
  const problem = { code: HOSTILE, where: HOSTILE, what: HOSTILE, remedy: HOSTILE };
  hostile.report.hear({ kind: 'observation-refused', problem });
  const html = hostile.report.html();
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<!--');
  expect(html.match(/<\/script>/g)).toHaveLength(3);
  expect(visibleText(html)).toContain(HOSTILE);
});

describe('several recordings', () => {
  const single = replayed({ script: firstVisitScript, recordingName: 'first visit' });

  test('stand on one page with links to each', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tillfree-report-'));
    try {
      const path = join(directory, 'out.html');
      await writeReport(path, [single.report, busy.report]);
      const html = readFileSync(path, 'utf8');
      expect(readdirSync(directory)).toEqual(['out.html']);
      expect(html).toContain('href="#r1"');
      expect(html).toContain('href="#r2"');
      expect(html.match(/<h1>/g)).toHaveLength(1);
      expect(html.match(/<h2\b/g)).toHaveLength(2);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('a place that cannot be written is refused and leaves nothing behind', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tillfree-report-'));
    try {
      writeFileSync(join(directory, 'taken'), '');
      const below = join(directory, 'taken', 'out.html');
      await expect(writeReport(below, [single.report])).rejects.toThrow(/ENOTDIR|EEXIST/);
      expect(readdirSync(directory)).toEqual(['taken']);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
