/** `npm run bench:log`: durable records a second, one by one and by 100, and how that compares with a plain file. */
import { parseArgs } from 'node:util';
import { PostgresCluster, postgresAbsentReason } from '../test/store-log/postgres-cluster.ts';
import { runLogBench } from './log-bench.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const SIZES = [
  { records: 2000, by: 1, atOnce: 1, rounds },
  { records: 2000, by: 1, atOnce: 100, rounds },
  { records: 40_000, by: 100, atOnce: 1, rounds },
];

const cluster = postgresAbsentReason === null ? PostgresCluster.start() : null;
if (cluster === null) console.log(`without PostgreSQL: ${postgresAbsentReason}`);
for (const sizes of SIZES) {
  const ways = await runLogBench(sizes, cluster?.url ?? null);
  if (values.json) {
    console.log(JSON.stringify({ sizes, ways }));
    continue;
  }
  console.log(
    `${sizes.records} records of 180 bytes, ${sizes.by} an append, ${sizes.atOnce} at once, median of ${rounds} rounds`,
  );
  const plain = ways[0]!.recordsPerSecond;
  for (const { name, recordsPerSecond, slowest, fastest, hash } of ways)
    console.log(
      `${name.padEnd(12)} ${Math.round(recordsPerSecond).toString().padStart(8)} records/s ` +
        `(${Math.round(slowest)}–${Math.round(fastest)})  ${(recordsPerSecond / plain).toFixed(2)} × plain file  ${hash}`,
    );
}
cluster?.remove();
