/** A run that somebody stops: what there is until then is whole. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openMcapRecording } from '../../adapters/recordings-mcap/index.ts';
import { present } from '../../base/index.ts';
import { scenarioNamed } from '../../twin/index.ts';
import { planRun } from './plan-run.ts';
import { sendRun } from './send-run.ts';
import { TwinRecording } from './twin-recording.ts';

async function longRun(stop: AbortSignal): Promise<TwinRecording> {
  const scenario = present(scenarioNamed('nano-hour'), 'NO_SCENARIO');
  const planned = await planRun(
    { kind: 'scenario', scenario, file: null, recordingPath: null },
    { seed: 1, minutes: undefined, storePath: undefined, geometryDirectory: undefined },
  );
  if (!planned.ok) throw new Error('the plain shop cannot be planned');
  return new TwinRecording(planned.value, stop);
}

test('a stopped run leaves a whole recording and the truth until then, and says so', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tillfree-twin-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const controller = new AbortController();
  const recording = await longRun(controller.signal);
  let out = '';
  const terminal = { out: (text: string) => void (out += text), err: () => undefined, isWatched: false };
  const wish = { broker: null, isJson: false, stop: controller.signal };
  const sending = sendRun(recording, { ...wish, out: { directory, format: 'mcap' } }, terminal);
  while (recording.elapsedMs < 5000) await nextTurn();
  controller.abort();
  await sending;
  expect(recording.isStopped).toBe(true);
  expect(out).toMatch(/stopped at \d+:\d\d\.\d, \d still inside/);
  const opened = await openMcapRecording({ path: join(directory, 'nano-hour-1.mcap') });
  const span = opened.ok ? opened.value.span : null;
  expect(present(span, 'NO_RECORDING').endsAtMs - recording.run.plan.startsAtMs).toBe(recording.elapsedMs);
  const truth = JSON.parse(readFileSync(join(directory, 'nano-hour-1.ground_truth.json'), 'utf8')) as {
    readonly receipts: readonly unknown[];
  };
  expect(truth.receipts.length).toBeGreaterThanOrEqual(recording.insideCount);
});
