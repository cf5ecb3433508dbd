/**
 * `npm run bench`: how fast sensing and replay are on one core, with a hash of what they found. Options: --small,
 * --rounds N, --json.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { LARGE, runBench, SMALL } from './bench-run.ts';
import { tableText } from './table.ts';

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
  },
});

const sizes = values.small ? SMALL : LARGE;
const rounds = values.rounds === undefined ? sizes.rounds : Number(values.rounds);
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, node ${process.versions.node}, one core`;
const bench = await runBench({ ...sizes, rounds }, (row) => {
  if (!values.json) console.error(`${row.name}: ${row.figure}`);
});

if (values.json) console.log(JSON.stringify({ machine, rounds, ...bench }, null, 2));
else {
  console.log(`\n${machine}, ${rounds} rounds after one to warm up; samples are plate-samples\n`);
  console.log(tableText(bench.rows));
  console.log(`\nmemory before: ${bench.memory.before}; after: ${bench.memory.after}`);
}
