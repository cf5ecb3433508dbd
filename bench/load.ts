/**
 * `npm run bench:load`: what full shops cost, through the shop's own loop; see load/run-load.ts. `--only nano-4,…` runs some
 * of the loads, `--stages` tells where the time goes, `--shop-from PATH` measures the loop of another checkout, `--json`.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import * as ownEngine from '../src/engine/index.ts';
import { lookText, resultText } from './load/load-text.ts';
import { LOADS, SMALL_LOAD } from './load/loads.ts';
import { runLoad } from './load/run-load.ts';
import type { ShopEngine } from './load/run-load.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '100' },
    stages: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    'shop-from': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

async function engineFrom(checkout: string | undefined): Promise<ShopEngine> {
  if (checkout === undefined) return ownEngine;
  return await import(pathToFileURL(resolve(checkout, 'src/engine/index.ts')).href);
}

const engine = await engineFrom(values['shop-from']);
const names = values.only?.split(',');
const loads = values.small ? [SMALL_LOAD] : LOADS.filter(({ name }) => !names || names.includes(name));
const results: unknown[] = [];
for (const load of loads) {
  const { plates, ...result } = runLoad({
    load,
    seed: Number(values.seed),
    engine,
    withStages: values.stages,
    watch: (look) => console.error(lookText(look)),
  });
  if (values.json) results.push({ load: load.name, plates, ...result });
  else for (const line of resultText(load, { plates, ...result })) console.log(line);
}
if (values.json) console.log(JSON.stringify(results, null, 2));
