import { expect, test } from 'vitest';
import type { Observation } from '../../src/domain/index.ts';
import { asRecording, firstVisitScript, scriptedShop, scriptRecording } from './index.ts';

test('the port gives what the script gives, and its span', async () => {
  const shop = scriptedShop({ fixtures: 1, shelvesPerFixture: 2 });
  const scripted = scriptRecording(shop, firstVisitScript(shop));
  const recording = asRecording('first visit', scripted);
  const through: Observation[] = [];
  for await (const observation of recording.observations(() => {})) through.push(observation);
  const direct = [...scripted.observations()];
  expect(through).toEqual(direct);
  expect(recording.span).toEqual({
    startsAtMs: direct[0]!.receivedAtMs,
    endsAtMs: direct.at(-1)!.receivedAtMs,
  });
  expect(recording.problems).toEqual([]);
});
