/**
 * `npm run bench:twin`: how fast the twin makes observations on one core, with a hash of every byte, and how much
 * memory it holds meanwhile. Options: --minutes M (60), --scenario NAME (nano-hour and supermarket), --json.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { megabytes, millions } from './table.ts';
import { measureTwin } from './twin-speed.ts';
import type { TwinSpeed } from './twin-speed.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    scenario: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const scenarios = values.scenario === undefined ? ['nano-hour', 'supermarket'] : [values.scenario];
const LOOKS = 6;

function rowOf(speed: TwinSpeed): Record<string, string> {
  const { simulatedMs, cpuMs, heldBytes } = speed;
  return {
    scenario: speed.scenario,
    content: `${speed.plates} plates, ${speed.visits} people, ${(simulatedMs / 60_000).toFixed(0)} min`,
    cpu: `${(cpuMs / 1000).toFixed(1)} s`,
    speed: `${(simulatedMs / cpuMs).toFixed(0)} × real time`,
    samples: millions(speed.plateSamples / (cpuMs / 1000)),
    held: heldBytes.map((bytes) => (bytes / 1e6).toFixed(1)).join(' → '),
    rss: megabytes(speed.rssBytesMax),
    bytes: speed.hash,
  };
}

const minutes = Number(values.minutes);
const speeds = scenarios.map((scenario) =>
  measureTwin({
    scenario,
    minutes,
    seed: 1,
    lookMinutes: minutes / LOOKS,
    watch: (simulated, held) =>
      process.stderr.write(`${scenario}: ${simulated.toFixed(0)} min, ${megabytes(held)} held\n`),
  }),
);
if (values.json) console.log(JSON.stringify(speeds, null, 2));
else {
  console.log(
    `\n${cpus()[0]?.model ?? 'unknown processor'}, node ${process.versions.node}, one core; held: MB\n`,
  );
  console.table(speeds.map(rowOf));
}
