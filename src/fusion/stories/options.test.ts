import { describe, expect, test } from 'vitest';
import { productId, visitId } from '../../domain/index.ts';
import type { MovedItem, VisitId } from '../../domain/index.ts';
import type { Outcome, OutcomeKind } from '../goods/outcomes.ts';
import { FUSION_SETTINGS } from '../settings.ts';
import { optionsOf } from './options.ts';
import type { Doer } from './options.ts';
import type { Option } from './story.ts';

const ANN = visitId('ann');
const BOB = visitId('bob');

function outcome(
  kind: OutcomeKind,
  items: readonly (readonly [string, number])[],
  isMisplaced = false,
): Outcome {
  const moved: MovedItem[] = items.map(([product, count]) => ({ productId: productId(product), count }));
  return { kind, items: moved, logLikelihood: -2, isMisplaced, thing: null };
}

const NOTHING = outcome('nothing', []);

function doer(visit: VisitId | null, outcomes: readonly Outcome[], told: Partial<Doer> = {}): Doer {
  return { visitId: visit, logShare: Math.log(0.5), logReach: 0, isCrew: false, outcomes, ...told };
}

/** Who did what, as a text such as `ann pick tea*1 & bob pick tea*1`. */
function textOf({ deeds }: Option): string {
  return deeds
    .map(({ visitId: visit, items, kind }) =>
      [visit ?? 'nobody', kind, ...items.map((item) => `${item.productId}*${item.count}`)].join(' '),
    )
    .join(' & ');
}

const texts = (doers: readonly Doer[]): string[] => optionsOf(doers, FUSION_SETTINGS).map(textOf);

describe('one hand', () => {
  test('each may have done each, and nothing stands once', () => {
    const outcomes = [outcome('taken', [['tea', 1]]), NOTHING];
    expect(texts([doer(ANN, outcomes), doer(BOB, outcomes)]).sort()).toEqual([
      '',
      'ann pick tea*1',
      'bob pick tea*1',
    ]);
  });

  test('an exchange is a pick and a put-back of the same person', () => {
    const outcomes = [
      outcome('exchanged', [
        ['tea', 1],
        ['jam', -1],
      ]),
      NOTHING,
    ];
    expect(texts([doer(ANN, outcomes)])).toContain('ann pick tea*1 & ann put-back jam*-1');
  });

  test('what comes to a place that is not its own is misplaced, and what crew brings is a restock', () => {
    const came = [outcome('returned', [['tea', -1]], true), NOTHING];
    expect(texts([doer(ANN, came)])).toContain('ann misplace tea*-1');
    expect(texts([doer(ANN, came, { isCrew: true })])).toContain('ann restock tea*-1');
    expect(texts([doer(null, came)])).toContain('nobody restock tea*-1');
  });
});

describe('two hands', () => {
  const two = [outcome('taken', [['tea', 2]]), NOTHING];

  test('two of a kind may have gone one to each, and the pair stands once', () => {
    const shared = texts([doer(ANN, two), doer(BOB, two)]).filter((text) => text.includes('&'));
    expect(shared).toHaveLength(1);
  });

  test('of three either may have had two', () => {
    const three = [outcome('taken', [['tea', 3]]), NOTHING];
    const shared = texts([doer(ANN, three), doer(BOB, three)]).filter((text) => text.includes('&'));
    expect(shared.sort()).toEqual(['ann pick tea*2 & bob pick tea*1', 'bob pick tea*2 & ann pick tea*1']);
  });

  test('one after the other: each by their own part of the time', () => {
    const share = (visit: VisitId) => ({ visitId: visit, logShare: 0, logReach: 3 });
    const hands = { first: [share(ANN)], second: [share(BOB)] };
    const options = optionsOf([doer(ANN, two)], FUSION_SETTINGS, () => hands);
    expect(options.map(textOf)).toContain('ann pick tea*1 & bob pick tea*1');
  });

  test('two kinds at once are likelier with two hands deep in the shelf than with one', () => {
    const mixed = [
      outcome('taken', [
        ['tea', 1],
        ['jam', 1],
      ]),
      NOTHING,
    ];
    const inShelf = { logReach: 4 };
    const best = optionsOf([doer(ANN, mixed, inShelf), doer(BOB, mixed, inShelf)], FUSION_SETTINGS);
    expect(best[0]!.deeds).toHaveLength(2);
  });

  test('somebody whose hand was seen elsewhere is no second hand', () => {
    const away = { logShare: Math.log(0.001), logReach: -8 };
    expect(texts([doer(ANN, two), doer(BOB, two, away)]).some((text) => text.includes('&'))).toBe(false);
  });

  test('nobody unseen is a second hand', () => {
    expect(texts([doer(ANN, two), doer(null, two)]).some((text) => text.includes('&'))).toBe(false);
  });
});

test('there is always a way out: without a story that allows a return nothing happened', () => {
  const options = optionsOf([doer(ANN, [outcome('returned', [['tea', -1]])])], FUSION_SETTINGS);
  expect(options.at(-1)).toMatchObject({ deeds: [], outcome: { kind: 'nothing' } });
});
