/**
 * An RFID reader at the exit. It asks round by round; a tag that comes past answers in most rounds, the stronger the
 * nearer, unless a body or metal covers it: then in none. Now and then a tag answers that only lies near the exit.
 */
import { assert } from '../../base/index.ts';
import type { Random } from '../../base/index.ts';
import { sourceId } from '../../domain/index.ts';
import type { ProductId, ReaderId, TagId, TagRead } from '../../domain/index.ts';
import { ownRandom } from '../words/index.ts';
import type { GatePassage, ReadingOf } from '../words/index.ts';

/** Assumed from what readers at doors are said to reach; bodies of water and metal make most of what goes unheard. */
export interface TagReaderSettings {
  readonly roundMs: number;
  /** How long somebody is in the field, from the moment of the passage on. */
  readonly passageMs: number;
  /** Tags that no round hears, and the rounds that hear a tag which can be heard. */
  readonly unheardShare: number;
  readonly heardPerRoundShare: number;
  /** In the middle of the passage, and how much less at its ends; spread from round to round. */
  readonly rssiDbm: number;
  readonly fadingDb: number;
  readonly rssiSpreadDb: number;
  readonly straysPerMinute: number;
  readonly strayRssiDbm: number;
}

export const TAG_READER_SETTINGS: TagReaderSettings = {
  roundMs: 100,
  passageMs: 1500,
  unheardShare: 0.03,
  heardPerRoundShare: 0.7,
  rssiDbm: -48,
  fadingDb: 18,
  rssiSpreadDb: 4,
  straysPerMinute: 0.2,
  strayRssiDbm: -74,
};

export interface Tag {
  readonly tagId: TagId;
  readonly productId: ProductId;
}

export interface TagReaderOptions {
  readonly seed: number;
  readonly readerId: ReaderId;
  readonly settings?: TagReaderSettings;
  /** Goods that lie near the exit for good: strays come from these. */
  readonly tagsNearby?: readonly Tag[];
}

/** Somebody in the field, with the tags of theirs that can be heard. */
interface Passing {
  readonly fromTrueMs: number;
  readonly tags: readonly Tag[];
}

export interface TagReader {
  readonly readerId: ReaderId;
  readonly settings: TagReaderSettings;
  readonly tagsNearby: readonly Tag[];
  /** One for passages and one for rounds: how far is read at once must not change what either draws. */
  readonly passages: Random;
  readonly rounds: Random;
  /** Those in the field, or about to be. */
  passing: Passing[];
  nextRoundTrueMs: number;
  readTrueMs: number;
}

export function createTagReader(options: TagReaderOptions): TagReader {
  const { seed, readerId, settings = TAG_READER_SETTINGS, tagsNearby = [] } = options;
  const rounds = ownRandom(seed, `rounds of reader ${readerId}`);
  return {
    readerId,
    settings,
    tagsNearby,
    passages: ownRandom(seed, `passages at reader ${readerId}`),
    rounds,
    passing: [],
    nextRoundTrueMs: rounds.uniform() * settings.roundMs,
    readTrueMs: 0,
  };
}

/** Somebody goes past the reader; those who come in are not listened to. None before what was read. */
export function passTags(reader: TagReader, passage: GatePassage): void {
  const { atTrueMs, direction, carried } = passage;
  const { readTrueMs, settings, passages } = reader;
  assert(atTrueMs >= readTrueMs, 'TAGS_TOLD_LATE', { readerId: reader.readerId, atTrueMs, readTrueMs });
  if (direction === 'in') return;
  const tags = carried.filter(() => passages.uniform() >= settings.unheardShare);
  if (tags.length > 0) reader.passing.push({ fromTrueMs: atTrueMs, tags });
}

/** One reading for each round that heard something, up to and with `untilTrueMs`. */
export function readTags(
  reader: TagReader,
  untilTrueMs: number,
  emit: (reading: ReadingOf<'tags'>) => void,
): void {
  const { settings, readerId } = reader;
  for (; reader.nextRoundTrueMs <= untilTrueMs; reader.nextRoundTrueMs += settings.roundMs) {
    const trueMs = reader.nextRoundTrueMs;
    const reads = [...hearPassing(reader, trueMs), ...hearStrays(reader)];
    if (reads.length === 0) continue;
    emit({ kind: 'tags', source: sourceId(`tags/${readerId}`), readerId, reads, trueMs });
  }
  reader.readTrueMs = untilTrueMs;
}

function hearPassing(reader: TagReader, trueMs: number): TagRead[] {
  const { settings, rounds } = reader;
  reader.passing = reader.passing.filter(({ fromTrueMs }) => trueMs < fromTrueMs + settings.passageMs);
  return reader.passing.flatMap(({ fromTrueMs, tags }) => {
    if (trueMs < fromTrueMs) return [];
    /** 0 before the antenna, 1 at either end. */
    const away = Math.abs((2 * (trueMs - fromTrueMs)) / settings.passageMs - 1);
    return tags.flatMap((tag): TagRead[] => {
      const isHeard = rounds.uniform() < settings.heardPerRoundShare;
      const rssiDbm = settings.rssiDbm - settings.fadingDb * away + settings.rssiSpreadDb * rounds.normal();
      return isHeard ? [heard(tag, rssiDbm)] : [];
    });
  });
}

function hearStrays(reader: TagReader): TagRead[] {
  const { settings, rounds, tagsNearby } = reader;
  const isStray = rounds.uniform() < (settings.straysPerMinute * settings.roundMs) / 60_000;
  if (!isStray || tagsNearby.length === 0) return [];
  const tag = tagsNearby[rounds.below(tagsNearby.length)]!;
  return [heard(tag, settings.strayRssiDbm + settings.rssiSpreadDb * rounds.normal())];
}

/** Readers tell half decibels. */
function heard({ tagId, productId }: Tag, rssiDbm: number): TagRead {
  return { tagId, productId, rssiDbm: Math.round(2 * Math.max(-90, Math.min(-25, rssiDbm))) / 2 };
}
