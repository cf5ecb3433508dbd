/** The ready scenarios as a list for a terminal, and as data. */
import { SCENARIOS } from '../../twin/index.ts';
import type { Scenario } from '../../twin/index.ts';
import { countText, wrapped } from './text-lines.ts';

type Group = 'plain days and crowds' | 'difficulties' | 'faults' | 'shops';

const GROUPS: readonly Group[] = ['plain days and crowds', 'difficulties', 'faults', 'shops'];
/** Shops are open longer than that. */
const MINUTES_OF_A_CASE = 5;

function groupOf({ name, faults, minutes }: Scenario): Group {
  if (faults.length > 0) return 'faults';
  if (minutes > MINUTES_OF_A_CASE) return 'shops';
  return /^(plain$|crowd-|squeeze-)/.test(name) ? 'plain days and crowds' : 'difficulties';
}

function peopleText({ people, minutes }: Scenario): string {
  switch (people.kind) {
    case 'crowd':
      return `${people.count} at once`;
    case 'steady':
      return `always ${people.count}, ${minutes} min`;
    case 'stream':
      return `${people.perHour} an hour, ${minutes} min`;
    case 'pairs':
      return countText(people.rounds, 'pair');
  }
}

function shopText({ store }: Scenario): string {
  return store.areaM2 === undefined ? store.kind : `${store.kind} ${store.areaM2} m²`;
}

function faultsText({ faults }: Scenario): string {
  return faults.length === 0 ? '–' : faults.map(({ kind }) => kind).join(', ');
}

function row(name: string, shop: string, people: string): string {
  return `  ${name.padEnd(28)}${shop.padEnd(20)}${people}`;
}

function scenarioLines(scenario: Scenario): string[] {
  const faults =
    scenario.faults.length === 0 ? [] : wrapped(`faults: ${faultsText(scenario)}`, '            ', '    ');
  return [
    row(scenario.name, shopText(scenario), peopleText(scenario)),
    ...wrapped(scenario.words, '    '),
    ...faults,
  ];
}

const HOW_TO = `
Run one, and compare what the shop said with what truly happened:
  npx tillfree twin run --scenario plain --seed 7
Write one as a recording with its ground truth, and score it:
  npx tillfree twin run --scenario same-shelf --seed 7 --out runs
  npx tillfree score runs/same-shelf-7.mcap
Change one, or write visits down action by action, in a file of your own
(docs/reference/scenario-file.md):
  npx tillfree twin run --scenario my.json`;

export function scenarioListText(): string {
  const head = row('scenario', 'shop', 'people');
  const groups = GROUPS.flatMap((group) => [
    '',
    group.toUpperCase(),
    ...SCENARIOS.filter((scenario) => groupOf(scenario) === group).flatMap(scenarioLines),
  ]);
  return [head, ...groups, HOW_TO, ''].join('\n');
}

/** Every ready scenario, easy ones first. */
export function scenarioListDocument(): readonly unknown[] {
  return SCENARIOS.map((scenario) => ({ ...scenario, group: groupOf(scenario) }));
}
