/** Numbers and decisions as a person reads them. English, SI units, a real minus sign, never more digits than are known. */
import { CURRENCY_EXPONENT } from '../../domain/index.ts';
import type {
  Decision,
  LineStatus,
  Money,
  MoveCandidate,
  MoveKind,
  Plate,
  PlateId,
  StoreLayout,
} from '../../domain/index.ts';

const MINUS = '−';

function signed(text: string): string {
  return text.replace('-', MINUS);
}

export function countText(count: number, noun: string): string {
  const word = count === 1 ? noun : noun.endsWith('s') ? noun : `${noun}s`;
  return `${count.toLocaleString('en')} ${word}`;
}

/** A length of time: `17 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment since the start, to a tenth of a second: `14.6 s`, `2 min 05.3 s`. */
export function momentText(ms: number): string {
  const tenths = Math.round(Math.abs(ms) / 100);
  const sign = ms < 0 && tenths > 0 ? MINUS : '';
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1);
  return minutes === 0 ? `${sign}${seconds} s` : `${sign}${minutes} min ${seconds.padStart(4, '0')} s`;
}

/** A weight to a tenth of a gram: `−623.1 g`. */
export function gramsText(grams: number): string {
  const rounded = Math.round(grams * 10) / 10 + 0;
  const text = rounded.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${signed(text)} g`;
}

export function metresText(metres: number): string {
  return `${metres.toFixed(1)} m`;
}

const NEARLY = 0.0001;

/** `97.3 %`; what is nearly certain or nearly impossible is never rounded to certainty. */
export function percentText(probability: number): string {
  if (probability > 1 - NEARLY) return probability >= 1 ? '100 %' : 'over 99.99 %';
  if (probability < NEARLY) return probability <= 0 ? '0 %' : 'under 0.01 %';
  const isNearAnEnd = probability > 0.99 || probability < 0.01;
  return `${(probability * 100).toFixed(isNearAnEnd ? 2 : 1)} %`;
}

export function moneyLabel(amount: Money): string {
  const exponent = CURRENCY_EXPONENT[amount.currency];
  const style = { style: 'currency', currency: amount.currency, minimumFractionDigits: exponent } as const;
  return signed((amount.minor / 10 ** exponent).toLocaleString('en', style));
}

export const STATUS_WORDS: Readonly<Record<LineStatus, string>> = {
  sure: 'sure',
  'being-checked': 'being checked',
};

interface DecisionWords {
  readonly name: string;
  readonly meaning: string;
  /** The receipt in the headline. */
  readonly state: 'charged as told' | 'being checked' | 'settled in the shopper’s favour';
}

export const DECISION_WORDS: Readonly<Record<Decision, DecisionWords>> = {
  charge: {
    name: 'Charge',
    meaning: 'Charged as told, without a look: nothing on it is doubtful enough to leave out.',
    state: 'charged as told',
  },
  ask: {
    name: 'Ask the shopper',
    meaning: 'An answer is worth more than the question costs. Without one, the amount above is charged.',
    state: 'being checked',
  },
  review: {
    name: 'Review',
    meaning: 'An employee looks at the evidence. Unless that says otherwise, the amount above is charged.',
    state: 'being checked',
  },
  waive: {
    name: 'In the shopper’s favour',
    meaning:
      'Settled without a look: what is not sure enough to charge is left out, and the rest is charged.',
    state: 'settled in the shopper’s favour',
  },
};

const MOVE_WORDS: Readonly<Record<MoveKind, string>> = {
  pick: 'took',
  'put-back': 'put back',
  misplace: 'put in a place where it does not belong',
  'hand-off': 'handed over',
  restock: 'stocked',
};

export function moveText(kind: MoveKind): string {
  return MOVE_WORDS[kind];
}

export function isNothing(candidate: MoveCandidate): boolean {
  return candidate.moves.every((move) => move.items.length === 0);
}

function listText(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `which does not work`, of one plate or several. */
export function notWorkingText(plateIds: readonly PlateId[]): string {
  return plateIds.length === 1 ? 'which does not work' : 'which do not work';
}

/** `fixture 1, shelf 5, plate 11`. Plates of several shelves are listed shelf by shelf. */
export function placeText(layout: StoreLayout, plateIds: readonly PlateId[]): string {
  const byShelf = new Map<number, Plate[]>();
  for (const plateId of plateIds) {
    const plate = layout.plateById.get(plateId);
    if (plate) byShelf.set(plate.shelfIndex, [...(byShelf.get(plate.shelfIndex) ?? []), plate]);
  }
  const places = [...byShelf].map(([shelfIndex, plates]) => {
    const shelf = layout.shelves[shelfIndex]!;
    const fixture = layout.fixtures[shelf.fixtureIndex]!;
    const numbers = listText(plates.map((plate) => String(plate.plateNumber)));
    return `fixture ${fixture.fixtureId}, shelf ${shelf.shelfNumber}, ${plates.length === 1 ? 'plate' : 'plates'} ${numbers}`;
  });
  return places.join('; ');
}
