/** `npm run bench:day`: a day of 306 plates at 60 Hz through the shop's loop; see day-run.ts. */
import { parseArgs } from 'node:util';
import { runDay } from './day-run.ts';
import type { DayLook, DayResult } from './day-run.ts';
import { runMcapHour } from './day-mcap.ts';
import { openNoiseBank } from './noise-bank.ts';
import { megabytes, millions } from './table.ts';

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    'visit-minutes': { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    scripted: { type: 'boolean', default: false },
    mcap: { type: 'boolean', default: false },
    'mcap-minutes': { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});

const hours = Number(values.hours);
const bank = await openNoiseBank(values.scripted);

function say(text: string): void {
  if (!values.json) console.log(text);
}

function sayLook({ hours: at, memory, plateSamples, steps }: DayLook): void {
  const held = megabytes(memory.heldBytes).padStart(9);
  const rss = megabytes(memory.rssBytes).padStart(9);
  const samples = `${(plateSamples / 1e6).toFixed(0)} M samples`.padStart(15);
  say(
    `${at.toFixed(2).padStart(6)} h  held ${held}  rss ${rss}  ${samples}  ${String(steps).padStart(5)} steps`,
  );
}

function sayResult(result: DayResult): void {
  const realtime = (hours * 3_600_000) / result.wallMs;
  say(`largest growth of held memory after the first look: ${megabytes(result.growthBytes)}`);
  say(`largest growth of rss after the first look: ${megabytes(result.rssGrowthBytes)}`);
  const found = result.picks - result.missed.length;
  say(`picks put in ${result.picks}, found ${found}; steps that are no pick: ${result.strays}`);
  for (const { plateId, deltaGrams } of result.missed)
    say(`  missed: ${deltaGrams.toFixed(1)} g on plate ${plateId}`);
  say(`receipts: ${result.receipts}`);
  const speed = millions(result.plateSamples / (result.wallMs / 1000));
  say(`${speed} plate-samples with the making of them, ${realtime.toFixed(0)} × real time`);
}

say(
  `${bank.store.layout.plates.length} plates, ${hours} h at 60 Hz; noise: ${bank.origin}, ${bank.plates.length} plates of it`,
);
const seed = Number(values.seed);
const visitEveryMs = Number(values['visit-minutes']) * 60_000;
const lookEveryMs = Math.min(3_600_000, (hours * 3_600_000) / 6);
const result = runDay({ bank, hours, seed, visitEveryMs, lookEveryMs, look: sayLook });
sayResult(result);
const mcap = values.mcap
  ? await runMcapHour({ bank, minutes: Number(values['mcap-minutes']), visitEveryMs, seed })
  : null;
if (mcap) {
  say(`MCAP, ${mcap.minutes} min: ${megabytes(mcap.fileBytes)}`);
  say(
    `  written in ${(mcap.writeMs / 1000).toFixed(1)} s, held at most ${megabytes(mcap.writeGrowthBytes)} more`,
  );
  say(
    `  read and replayed in ${(mcap.readMs / 1000).toFixed(1)} s, held at most ${megabytes(mcap.readGrowthBytes)} more`,
  );
  say(`  same interactions as without the file: ${mcap.isSame ? 'yes' : 'NO'}`);
}
if (values.json) console.log(JSON.stringify({ origin: bank.origin, hours, ...result, mcap }));
