import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { epochMs } from '../../base/index.ts';
import {
  buildCatalogue,
  money,
  plateId,
  productId,
  shelfId,
  fixtureId,
  trackId,
  visitId,
} from '../../domain/index.ts';
import type { Decision, Receipt, ReceiptLine } from '../../domain/index.ts';
import type { Deed, DeedKind, Passage, TrueEvent } from '../words/index.ts';
import {
  auditReceipt,
  auditTruth,
  AUDIT_FINDINGS,
  closeAudit,
  createAuditor,
  RECEIPT_MS_MAX,
} from './index.ts';
import type { AuditCode, AuditFinding } from './index.ts';

const PRICES = { cola: 250, bar: 120 } as const;
type Name = keyof typeof PRICES;

const rows = Object.entries(PRICES).map(([code, minor]) => ({
  code,
  name: code,
  weightGrams: 300,
  price: money(minor, 'USD'),
  imageUrl: null,
  where: 'test',
}));
const { catalogue } = buildCatalogue(rows);

function passage(kind: Passage['kind'], atTrueMs: number, personNumber = 0): Passage {
  return { kind, atTrueMs, personNumber, partyNumber: personNumber, isAssociate: false };
}

function associate(told: Passage): Passage {
  return { ...told, isAssociate: true };
}

const TO_PLATES: ReadonlySet<DeedKind> = new Set(['put-back', 'misplace', 'restock', 'own-item-placed']);
const BETWEEN_HANDS: ReadonlySet<DeedKind> = new Set(['hand-over', 'drop']);

function deed(kind: DeedKind, atTrueMs: number, more: Partial<Deed> = {}): Deed {
  const isOfHands = BETWEEN_HANDS.has(kind);
  return {
    kind,
    atTrueMs,
    personNumber: 0,
    toPersonNumber: null,
    productId: productId('cola'),
    unitNumbers: [7],
    plateIds: isOfHands ? [] : [plateId(shelfId(fixtureId('1'), 1), 1)],
    deltaGrams: isOfHands ? 0 : TO_PLATES.has(kind) ? 300 : -300,
    ...more,
  };
}

function line(name: Name, quantity = 1, more: Partial<ReceiptLine> = {}): ReceiptLine {
  const amount = money(PRICES[name] * quantity, 'USD');
  const unitPrice = money(PRICES[name], 'USD');
  const belief = { probability: 0.99, status: 'sure', alternatives: [] } as const;
  return { productId: productId(name), quantity, ...belief, name, unitPrice, amount, ...more };
}

function receipt(lines: readonly ReceiptLine[], more: Partial<Receipt> = {}): Receipt {
  return {
    visitId: visitId('v1'),
    trackIds: [trackId('t0')],
    revision: 1,
    enteredAtMs: epochMs(0),
    leftAtMs: epochMs(0),
    lines,
    unlikely: [],
    total: money(
      lines.reduce((sum, { amount }) => sum + (amount?.minor ?? 0), 0),
      'USD',
    ),
    probabilityAllRight: 0.99,
    decision: 'charge' as Decision,
    question: null,
    charge: { items: [], total: money(0, 'USD'), waived: money(0, 'USD') },
    isAudited: false,
    uncalibrated: { probabilityAllRight: 0.99, lines: [] },
    ...more,
  };
}

const IN = passage('entered', 0);
const PICK = deed('pick', 5000);
const OUT = passage('left', 20_000);
const VISIT = [IN, PICK, OUT];
const RIGHT = receipt([line('cola')]);

interface Story {
  readonly told: readonly TrueEvent[];
  readonly receipts?: readonly Receipt[];
  readonly issuedAtTrueMs?: number;
}

/** Track `t0` is person 0's, and so on; whatever else is nobody's. */
function audit({ told, receipts = [], issuedAtTrueMs = 21_000 }: Story): readonly AuditFinding[] {
  const auditor = createAuditor(catalogue);
  for (const event of told) auditTruth(auditor, event);
  for (const each of receipts) auditReceipt(auditor, { receipt: each, issuedAtTrueMs });
  const ownerOf = (track: string): number | null => (/^t\d$/.test(track) ? Number(track[1]) : null);
  return closeAudit(auditor, { ownerOf, endsAtTrueMs: 300_000 });
}

const codesOf = (story: Story): AuditCode[] => audit(story).map(({ code }) => code);

describe('a right story', () => {
  test.each<readonly [string, Story]>([
    ['of a purchase', { told: VISIT, receipts: [RIGHT] }],
    ['of somebody who takes nothing', { told: [IN, OUT], receipts: [receipt([])] }],
    ['of a thing put back', { told: [IN, PICK, deed('put-back', 6000), OUT], receipts: [receipt([])] }],
    ['of a thing dropped', { told: [IN, PICK, deed('drop', 6000), OUT], receipts: [receipt([])] }],
    [
      'of a gift, and of a thing left elsewhere and bought there',
      {
        told: [
          IN,
          passage('entered', 1, 1),
          PICK,
          deed('hand-over', 6000, { toPersonNumber: 1 }),
          deed('pick', 7000, { unitNumbers: [8, 9] }),
          deed('misplace', 8000, { unitNumbers: [8] }),
          deed('pick', 9000, { unitNumbers: [8], personNumber: 1 }),
          OUT,
          passage('left', 20_000, 1),
        ],
        receipts: [RIGHT, receipt([line('cola', 2)], { visitId: visitId('v2'), trackIds: [trackId('t1')] })],
      },
    ],
    [
      'of an associate who fills up and of an own thing',
      {
        told: [
          associate(passage('entered', 0, 1)),
          deed('restock', 3000, { unitNumbers: [100], personNumber: 1 }),
          IN,
          deed('own-item-placed', 4000, { unitNumbers: [101], productId: null }),
          deed('own-item-taken', 4500, { unitNumbers: [101], productId: null }),
          deed('pick', 5000, { unitNumbers: [100] }),
          OUT,
          associate(passage('left', 30_000, 1)),
        ],
        receipts: [RIGHT],
      },
    ],
  ])('%s has no findings', (_, story) => {
    expect(audit(story)).toEqual([]);
  });
});

const FOR_ONE = { told: VISIT };
const WRONG: readonly (readonly [AuditCode, string, Story, Partial<AuditFinding>])[] = [
  [
    'GOODS_NOT_CONSERVED',
    'a unit taken twice',
    { told: [IN, PICK, PICK, OUT], receipts: [RIGHT] },
    { personNumber: 0 },
  ],
  [
    'GOODS_NOT_CONSERVED',
    'put back by somebody who does not hold it',
    { told: [IN, deed('put-back', 5000), OUT], receipts: [receipt([])] },
    { atTrueMs: 5000 },
  ],
  [
    'GOODS_NOT_CONSERVED',
    'a unit that changes what it is',
    {
      told: [IN, PICK, deed('put-back', 6000, { productId: productId('bar') }), OUT],
      receipts: [receipt([])],
    },
    { what: 'unit 7 was cola and is now bar' },
  ],
  [
    'GOODS_NOT_CONSERVED',
    'plates that gain by a pick',
    { told: [IN, deed('pick', 5000, { deltaGrams: 20 }), OUT], receipts: [RIGHT] },
    { what: 'pick changed the plates by 20.0 g' },
  ],
  [
    'DEED_AFTER_LEAVING',
    'a deed outside',
    { told: [IN, OUT, deed('pick', 30_000)], receipts: [receipt([])] },
    {},
  ],
  ['DEED_AFTER_LEAVING', 'leaving twice', { told: [...VISIT, OUT], receipts: [RIGHT] }, {}],
  [
    'DEED_AFTER_LEAVING',
    'a gift to somebody outside',
    { told: [IN, PICK, deed('hand-over', 6000, { toPersonNumber: 4 }), OUT], receipts: [receipt([])] },
    { what: 'hand-over to somebody outside' },
  ],
  ['RECEIPT_MISSING', 'no receipt', FOR_ONE, { personNumber: 0, what: 'none came' }],
  [
    'RECEIPT_MISSING',
    'a late receipt',
    { ...FOR_ONE, receipts: [RIGHT], issuedAtTrueMs: 20_001 + RECEIPT_MS_MAX },
    { what: 'it came 60 s late' },
  ],
  [
    'RECEIPT_TWICE',
    'two receipts',
    { ...FOR_ONE, receipts: [RIGHT, receipt([], { visitId: visitId('v2') })] },
    { what: 'v2 comes after v1' },
  ],
  [
    'RECEIPT_BEFORE_EXIT',
    'too early',
    { ...FOR_ONE, receipts: [RIGHT], issuedAtTrueMs: 18_000 },
    { personNumber: 0 },
  ],
  [
    'RECEIPT_FOR_NOBODY',
    'goods for a ghost',
    {
      told: [IN, PICK, deed('drop', 6000), OUT],
      receipts: [receipt([]), receipt([line('cola')], { trackIds: [trackId('ghost')] })],
    },
    { personNumber: null },
  ],
  [
    'TOTAL_WRONG',
    'a sum',
    { ...FOR_ONE, receipts: [receipt([line('cola')], { total: money(1, 'USD') })] },
    {},
  ],
  [
    'TOTAL_WRONG',
    'a price',
    { ...FOR_ONE, receipts: [receipt([line('cola', 1, { amount: money(99, 'USD') })])] },
    { what: 'v1: cola costs 99, not 250' },
  ],
  [
    'LINE_INVALID',
    'a probability',
    { ...FOR_ONE, receipts: [receipt([line('cola', 1, { probability: 1.1 })])] },
    {},
  ],
  [
    'CHARGED_NOT_CARRIED',
    'charged for another thing',
    {
      told: [
        ...VISIT,
        passage('entered', 1, 1),
        deed('pick', 2, { personNumber: 1, productId: productId('bar'), unitNumbers: [9] }),
      ],
      receipts: [receipt([line('cola'), line('bar')])],
    },
    { amountMinor: 120, what: '1 × bar on v1 (charge)' },
  ],
  [
    'LISTED_NOT_CARRIED',
    'listed for review',
    { ...FOR_ONE, receipts: [receipt([line('cola', 2)], { decision: 'review' })] },
    { amountMinor: 250 },
  ],
  ['CARRIED_NOT_LISTED', 'something missing', { ...FOR_ONE, receipts: [receipt([])] }, { amountMinor: 250 }],
];

describe('a spoilt story', () => {
  test.each(WRONG)('is found: %s, %s', (...[code, , story, expected]) => {
    const found = audit(story);
    expect(found.map((finding) => finding.code)).toEqual([code]);
    expect(found[0]).toMatchObject({ blame: AUDIT_FINDINGS[code][0], ...expected });
  });

  test('that sells more than is gone is found beside the charge', () => {
    const story = { ...FOR_ONE, receipts: [receipt([line('cola', 3)])] };
    expect(codesOf(story)).toEqual(['CHARGED_NOT_CARRIED', 'MORE_SOLD_THAN_GONE']);
    expect(audit(story).map(({ amountMinor }) => amountMinor)).toEqual([500, 500]);
  });

  test('with a broken line is found for what it is: no count, no product', () => {
    const half = codesOf({ ...FOR_ONE, receipts: [receipt([line('cola', 0.5)])] });
    expect(half).toContain('LINE_INVALID');
    const gold = line('cola', 1, { productId: productId('gold'), amount: null });
    expect(codesOf({ ...FOR_ONE, receipts: [receipt([gold])] })).toContain('LINE_INVALID');
  });

  test('has a case here for every finding', () => {
    const seen = new Set<AuditCode>([...WRONG.map(([code]) => code), 'MORE_SOLD_THAN_GONE']);
    expect(seen).toEqual(new Set(Object.keys(AUDIT_FINDINGS)));
  });
});

test('an associate needs no receipt', () => {
  const told = [passage('entered', 0), passage('left', 9000)].map(associate);
  expect(audit({ told })).toEqual([]);
});

test('the books are the auditor’s own: of the twin it knows the words of events alone', () => {
  const here = new URL('.', import.meta.url);
  const names = readdirSync(here).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const imported = names.flatMap((name) =>
    [...readFileSync(new URL(name, here), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from!),
  );
  expect(new Set(imported.filter((from) => from.startsWith('../')))).toEqual(
    new Set(['../../domain/index.ts', '../words/index.ts']),
  );
});
