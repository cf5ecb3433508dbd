/** The tables of docs/guide/access.md are the code's. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  ALL_PERMISSIONS,
  GATE_DEFAULTS,
  PERMISSIONS,
  ROLE_PERMISSIONS,
  ROLES,
  SESSION_DEFAULTS,
} from '../src/access/index.ts';
import { HASHER_DEFAULTS } from '../src/adapters/access-passwords/index.ts';
import { KEY_FAILURES, KEY_RATE } from '../src/app/access/index.ts';

const page = readFileSync(fileURLToPath(new URL('../docs/guide/access.md', import.meta.url)), 'utf8');

/** Rows of the table whose head begins with `first`, its head among them, cells trimmed. */
function rowsOf(first: string): string[][] {
  const lines = page.split('\n');
  const from = lines.slice(lines.findIndex((line) => line.startsWith(`| ${first} `)));
  const end = from.findIndex((line) => !line.startsWith('|'));
  return from
    .slice(0, end)
    .filter((line) => !line.startsWith('| --'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('the table of roles and permissions of the guide is the one in the code', () => {
  const rows = ALL_PERMISSIONS.map((permission) => [
    `\`${permission}\``,
    ...ROLES.map((role) => (ROLE_PERMISSIONS[role].has(permission) ? 'yes' : '')),
    PERMISSIONS[permission],
  ]);
  expect(rowsOf('permission')).toEqual([['permission', ...ROLES, 'effect'], ...rows]);
});

test('the limits of the guide are those in the code', () => {
  const limits = [GATE_DEFAULTS.pair, GATE_DEFAULTS.address, GATE_DEFAULTS.login, KEY_RATE, KEY_FAILURES];
  const told = limits.map(({ burst, refillMs }) => [
    String(burst),
    refillMs < 1000 ? `${refillMs} ms` : `${refillMs / 1000} s`,
  ]);
  const [, ...rows] = rowsOf('what');
  expect(rows.map(([, ...figures]) => figures)).toEqual(told);
  const text = page.replaceAll(/\s+/g, ' ');
  expect(text).toContain(`after ${SESSION_DEFAULTS.idleMs / 60_000} minutes without use`);
  expect(text).toContain(`after ${SESSION_DEFAULTS.absoluteMs / 3_600_000} hours`);
  expect([HASHER_DEFAULTS.log2N, HASHER_DEFAULTS.r, HASHER_DEFAULTS.p]).toEqual([15, 8, 3]);
});
