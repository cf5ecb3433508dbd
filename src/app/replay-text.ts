/** A replay for the terminal: basket changes as they happen, then a receipt per visit. */
import { moneyText } from '../domain/index.ts';
import type {
  Basket,
  BasketLine,
  Catalogue,
  Decision,
  Fixture,
  Plate,
  PlateId,
  PlateReport,
  ProductId,
  Receipt,
  StoreLayout,
  StoreModel,
  VisitId,
} from '../domain/index.ts';
import type { ShopEvent } from '../engine/index.ts';
import { CHARGED_WORDS, LEFT_OUT_WORDS, leftOutOf, negated, questionOf } from './receipt-words.ts';

const NAME_WIDTH = 36;
/** A basket change fits into 80 columns. */
const BASKET_NAME_WIDTH = 33;
const INNER_WIDTH = 72;

const DECISION_TEXT: Readonly<Record<Decision, string>> = {
  charge: 'charge it',
  ask: 'ask the shopper',
  review: 'have an employee look',
  waive: 'charge what is sure, the rest in your favour',
};

const STATUS_TEXT = { sure: 'sure', 'being-checked': 'being checked' } as const;

/** `99.9 %`, never rounded up to certainty. */
export function percentText(probability: number): string {
  const percent = Math.floor(probability * 10_000) / 100;
  return `${percent.toFixed(percent >= 99.9 || percent < 1 ? 2 : 1)} %`;
}

/** `1:05.3`, minutes and seconds. */
export function clockText(ms: number): string {
  const tenths = Math.max(0, Math.round(ms / 100));
  const minutes = Math.floor(tenths / 600);
  const rest = tenths % 600;
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, '0')}.${rest % 10}`;
}

/** `text` in exactly `width` characters, cut with an ellipsis. */
export function fit(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text + ' '.repeat(width - characters.length);
  return `${characters.slice(0, width - 1).join('')}…`;
}

function nameOf(store: StoreModel, line: BasketLine): string {
  return store.catalogue.byId.get(line.productId)?.name ?? line.productId;
}

/** Tells basket changes as lines; remembers what each visit held to say what is new. */
export class BasketTeller {
  private readonly held = new Map<VisitId, Map<ProductId, string>>();
  private startedAtMs: number | null = null;
  private readonly store: StoreModel;
  private readonly write: (line: string) => void;

  constructor(store: StoreModel, write: (line: string) => void) {
    this.store = store;
    this.write = write;
  }

  hear(event: ShopEvent): void {
    if (event.kind === 'visit-entered') {
      this.startedAtMs ??= event.visit.enteredAtMs;
      // A shop that was killed and is back begins with the names of its visits again.
      this.held.delete(event.visit.visitId);
      this.say(event.visit.enteredAtMs, event.visit.visitId, 'came in');
    } else if (event.kind === 'visit-left') {
      this.say(event.visit.lastSeenAtMs, event.visit.visitId, 'left');
    } else if (event.kind === 'basket-changed') {
      this.changes(event.basket, event.atMs);
    }
  }

  private changes(basket: Basket, atMs: number): void {
    const before = this.held.get(basket.visitId) ?? new Map<ProductId, string>();
    const now = new Map<ProductId, string>();
    for (const line of basket.lines) {
      const said = `${line.quantity} × ${fit(nameOf(this.store, line), BASKET_NAME_WIDTH)} ${STATUS_TEXT[line.status]}`;
      now.set(line.productId, said);
      if (before.get(line.productId) !== said) this.say(atMs, basket.visitId, `basket  ${said}`);
    }
    for (const product of before.keys()) {
      const name = this.store.catalogue.byId.get(product)?.name ?? product;
      if (!now.has(product)) this.say(atMs, basket.visitId, `basket  no more ${name}`);
    }
    this.held.set(basket.visitId, now);
  }

  private say(atMs: number, visit: string, what: string): void {
    const since = clockText(atMs - (this.startedAtMs ?? atMs));
    this.write(`  ${since.padStart(7)}  ${visit.padEnd(9)} ${what}`);
  }
}

function row(left: string, right: string): string {
  const space = Math.max(1, INNER_WIDTH - [...left].length - [...right].length);
  return `  │ ${left}${' '.repeat(space)}${right} │`;
}

/** All track ids of the body where they fit into a line, else the first one. */
function shopperText({ trackIds }: Receipt): string {
  const all = `shopper ${trackIds.join(', then ')}`;
  return all.length <= INNER_WIDTH ? all : `shopper ${trackIds[0]}, then ${trackIds.length - 1} other ids`;
}

const RULE = `  ├${'─'.repeat(INNER_WIDTH + 2)}┤`;

/** `text` in rows that leave one column free at their end, the later ones set in. */
function rows(text: string, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && [...line, ...word].length + 1 > INNER_WIDTH - 1) {
      lines.push(line);
      line = indent;
    }
    // A name without spaces may be longer than a row.
    line += fitted(line === '' || line === indent ? word : ` ${word}`);
  }
  return [...lines, line].map((each) => row(each, ''));
}

function fitted(word: string): string {
  return [...word].length > NAME_WIDTH ? fit(word, NAME_WIDTH) : word;
}

/** What is not charged, and what is then; nothing where the told total is charged. */
function chargeRows(receipt: Receipt): string[] {
  const leftOut = leftOutOf(receipt);
  if (leftOut.length === 0) return [];
  const { decision, charge } = receipt;
  return [
    row(`${LEFT_OUT_WORDS[decision]}:`, ''),
    ...leftOut.map(({ name, quantity, amount }) =>
      row(`  ${quantity} × ${fit(name, NAME_WIDTH)}`, moneyText(negated(amount))),
    ),
    row(CHARGED_WORDS[decision], moneyText(charge.total)),
  ];
}

/** What the decision asks for, below it. */
function decisionRows(receipt: Receipt, catalogue: Catalogue): string[] {
  const asked = questionOf(receipt, catalogue);
  const lines = asked
    ? [...rows(asked.question), ...asked.answers.flatMap((answer) => rows(`- ${answer}`, '  '))]
    : [];
  if (receipt.decision === 'waive')
    lines.push(
      ...rows(
        leftOutOf(receipt).length > 0
          ? 'Settled without a look: what is not charged was not sure enough to charge.'
          : 'The doubt is about what may be missing: there is nothing to leave out.',
      ),
    );
  if (receipt.isAudited) lines.push(...rows('Chosen by chance to be looked at afterwards; nothing waits.'));
  return lines.length > 0 ? [RULE, ...lines] : [];
}

/** The receipt as a box of lines, 80 columns wide. */
export function receiptText(receipt: Receipt, catalogue: Catalogue): string[] {
  const lines = [
    `  ┌${'─'.repeat(INNER_WIDTH + 2)}┐`,
    row(`Receipt ${receipt.visitId}`, clockText(receipt.leftAtMs - receipt.enteredAtMs)),
    row(shopperText(receipt), ''),
    RULE,
  ];
  for (const line of receipt.lines) {
    const price = line.amount ? moneyText(line.amount) : 'no price';
    lines.push(row(`${line.quantity} × ${fit(line.name, NAME_WIDTH)}`, price));
    lines.push(row(`    ${line.productId}`, `${STATUS_TEXT[line.status]}, ${percentText(line.probability)}`));
  }
  if (receipt.lines.length === 0) lines.push(row('nothing taken', ''));
  lines.push(RULE);
  lines.push(row('Total, catalogue prices', moneyText(receipt.total)), ...chargeRows(receipt));
  const doubt = `all right with ${percentText(receipt.probabilityAllRight)}`;
  lines.push(row(doubt, DECISION_TEXT[receipt.decision]), ...decisionRows(receipt, catalogue));
  lines.push(`  └${'─'.repeat(INNER_WIDTH + 2)}┘`);
  return lines;
}

/** `silent plates: fixture 5, shelf 3/6, plate 1/2/3`: whole fixtures and shelves by one name. */
export function faultyPlatesText(layout: StoreLayout, reports: readonly PlateReport[]): string[] {
  const byCondition = new Map<string, Set<PlateId>>();
  for (const { plateId, condition } of reports) {
    const plates = byCondition.get(condition) ?? new Set<PlateId>();
    byCondition.set(condition, plates.add(plateId));
  }
  return [...byCondition].map(([condition, plates]) => {
    const names = layout.fixtures.flatMap((fixture) => fixtureNames(fixture, plates));
    return `  ${condition} plates: ${names.join(', ')}`;
  });
}

function fixtureNames(fixture: Fixture, plates: ReadonlySet<PlateId>): string[] {
  const isWhole = (all: readonly Plate[]): boolean =>
    all.length > 0 && all.every((plate) => plates.has(plate.plateId));
  if (isWhole(fixture.plates)) return [`fixture ${fixture.fixtureId}`];
  return fixture.shelves.flatMap((shelf) =>
    isWhole(shelf.plates)
      ? [`shelf ${shelf.shelfId}`]
      : shelf.plates.filter((plate) => plates.has(plate.plateId)).map((plate) => `plate ${plate.plateId}`),
  );
}
