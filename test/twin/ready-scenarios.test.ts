import { describe, expect, test } from 'vitest';
import {
  auditTruth,
  closeAudit,
  createAuditor,
  isPassage,
  planScenario,
  runTwin,
  scenarioNamed,
  SCENARIOS,
} from '../../src/twin/index.ts';

/** A minute; of twenty thousand plates a few seconds. */
const SECONDS = new Map([['supermarket', 8]]);

describe('every ready scenario', () => {
  test.each(SCENARIOS)('$name runs, and its world keeps its laws', (scenario) => {
    const plan = planScenario({ scenario, seed: 2 });
    const seconds = SECONDS.get(scenario.name) ?? 60;
    const auditor = createAuditor(plan.store.model.catalogue);
    const kinds = new Set<string>();
    let peopleCount = 0;
    for (const output of runTwin({ ...plan, durationMsMax: seconds * 1000 })) {
      if (output.kind === 'observation') kinds.add(output.observation.kind);
      if (output.kind !== 'truth') continue;
      auditTruth(auditor, output.event);
      if (isPassage(output.event) && output.event.kind === 'entered') peopleCount++;
    }
    const findings = closeAudit(auditor, { ownerOf: () => null, endsAtTrueMs: 0 });
    expect(findings.filter(({ blame }) => blame === 'world')).toEqual([]);
    expect([...kinds]).toEqual(expect.arrayContaining(['plates', 'tracks', 'health']));
    expect(scenario.words.length).toBeGreaterThan(20);
    if (scenario.people.kind === 'crowd') expect(peopleCount).toBe(scenario.people.count);
  });

  test('has a name of its own and is found by it', () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    for (const scenario of SCENARIOS) expect(scenarioNamed(scenario.name)).toBe(scenario);
    expect(scenarioNamed('nothing')).toBeNull();
  });
});
