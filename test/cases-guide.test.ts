/** The pages about cases show what the command says: their files are written, their commands run, output compared. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { barcodeInputSchema } from '../src/contract/index.ts';
import { call, emptyDirectory } from './e2e/command-line.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const GUIDE = readFileSync(join(root, 'docs/guide/cases.md'), 'utf8');
const REFERENCE = readFileSync(join(root, 'docs/reference/case-file.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  /** What stands between the block before and this one. */
  readonly before: string;
}

function blocksOf(page: string): Block[] {
  let end = 0;
  return [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const before = page.slice(end, match.index);
    end = match.index + match[0].length;
    return { language: match[1] ?? '', text: match[2] ?? '', before };
  });
}

test('every command of the guide prints what the guide says', () => {
  const directory = emptyDirectory();
  let commands = 0;
  for (const [place, { language, text, before }] of blocksOf(GUIDE).entries()) {
    const fileName = [...before.matchAll(/`([\w-]+\.json)`/g)].at(-1)?.[1];
    if (language === 'json' && fileName !== undefined) writeFileSync(join(directory, fileName), text);
    if (language !== 'sh') continue;
    const [, , ...args] = text.trim().split(' ');
    const options = { cwd: directory, encoding: 'utf8' } as const;
    const run = spawnSync(process.execPath, [join(root, 'bin/tillfree.js'), ...args], options);
    const shown = blocksOf(GUIDE)[place + 1]?.text ?? '';
    const summary = run.stdout === '' ? run.stderr : run.stdout;
    expect(summary).toBe(shown);
    expect(run.status).toBe(shown.includes(' 0 not\n') ? 0 : 1);
    commands++;
  }
  expect(commands).toBe(3);
});

test('the example of the reference runs, and the reference has every way to read a code', async () => {
  const file = join(emptyDirectory(), 'example.json');
  const [example] = blocksOf(REFERENCE);
  writeFileSync(file, example?.text ?? '');
  expect(await call('check-cases', file)).toMatchObject({ code: 0, err: '' });
  for (const { shape } of barcodeInputSchema.options)
    expect(REFERENCE).toContain(`| \`${shape.read.value}\` `);
});
