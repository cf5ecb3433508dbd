/** Ctrl-C, as a terminal sends it, to the command line in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const TILLFREE = fileURLToPath(new URL('../../bin/tillfree.js', import.meta.url));
/** Nobody listens there: the port is not given to servers. */
const NOWHERE = 'mqtt://127.0.0.1:1';

test('one Ctrl-C ends a run that waits for a broker, and it says what was published', async () => {
  const run = spawn(process.execPath, [
    TILLFREE,
    'twin',
    'run',
    '--scenario',
    'nano-hour',
    '--mqtt',
    NOWHERE,
  ]);
  onTestFinished(() => void run.kill('SIGKILL'));
  let out = '';
  run.stdout.on('data', (data: Buffer) => {
    // The heading says where it publishes to; from then on it waits.
    if (!out.includes('listen to') && (out + data.toString()).includes('listen to')) run.kill('SIGINT');
    out += data.toString();
  });
  const [code, signal] = (await once(run, 'close')) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(out).toContain('published 0 messages');
  expect(out).toContain('the broker never answered');
});
