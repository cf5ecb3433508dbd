import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditEntry, auditProblem } from '../../src/access/index.ts';
import type { AuditDraft, AuditEntry } from '../../src/access/index.ts';
import { ACME, BOLT, good, NOW, orderKey } from './people.ts';

const draft = (n: number, facts: Readonly<Record<string, string>> = { n: String(n) }): AuditDraft => ({
  atMs: NOW + n,
  retailerId: ACME,
  storeId: null,
  by: 'user:u-1',
  action: 'thing.changed',
  subject: `receipt:${n}`,
  facts,
});

function chain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (let n = 1; n <= length; n++) entries.push(auditEntry(draft(n), entries.at(-1) ?? null));
  return entries;
}

test('an audit chain of any length holds, and reads back the same from JSON', () => {
  for (const length of [0, 1, 20]) {
    expect(auditProblem(chain(length))).toBe(null);
    expect(auditProblem(JSON.parse(JSON.stringify(chain(length))) as AuditEntry[])).toBe(null);
  }
});

const tampering: Readonly<Record<string, (entries: AuditEntry[], at: number) => AuditEntry[]>> = {
  'another time': (all, at) => all.with(at, { ...all[at]!, atMs: 1 }),
  'another retailer': (all, at) => all.with(at, { ...all[at]!, retailerId: BOLT }),
  'another person': (all, at) => all.with(at, { ...all[at]!, by: 'user:u-2' }),
  'another action': (all, at) => all.with(at, { ...all[at]!, action: 'thing.read' }),
  'another subject': (all, at) => all.with(at, { ...all[at]!, subject: 'receipt:0' }),
  'another fact': (all, at) => all.with(at, { ...all[at]!, facts: { n: '0', more: '' } }),
  'taken out': (all, at) => all.toSpliced(at, 1),
  'put in twice': (all, at) => all.toSpliced(at, 0, all[at]!),
  'sealed anew': (all, at) => all.with(at, auditEntry({ ...draft(9), by: 'user:u-2' }, all[at - 1] ?? null)),
  'sealed anew, and the next one pointed at it': (all, at) => {
    const anew = auditEntry({ ...draft(9), by: 'user:u-2' }, all[at - 1] ?? null);
    return all.with(at, anew).with(at + 1, { ...all[at + 1]!, previousHash: anew.hash });
  },
  swapped: (all, at) => all.with(at, all[at + 1]!).with(at + 1, all[at]!),
};

test('whatever is changed inside the audit chain shows, at the place or right after it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(tampering)), fc.nat({ max: 8 }), (kind, at) => {
      const changed = tampering[kind]!(chain(10), at);
      expect(auditProblem(changed)?.code, `${kind} at ${at}`).toBe('AUDIT_BROKEN');
    }),
    { seed: 6, numRuns: 200 },
  );
});

test('secrets that somebody hands to the audit log are not in it', () => {
  const key = good(orderKey(1)).text.reveal();
  const entry = auditEntry(draft(1, { password: 'x1', note: `used ${key}` }), null);
  expect(JSON.stringify(entry)).not.toContain(key);
  expect(entry.facts).toEqual({ password: '[secret]', note: 'used [secret]' });
});
