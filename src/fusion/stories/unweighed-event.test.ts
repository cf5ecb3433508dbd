import { describe, expect, test } from 'vitest';
import { epochMs, present } from '../../base/index.ts';
import { visitId } from '../../domain/index.ts';
import { plainFacings, scriptedShop } from '../../../test/builders/index.ts';
import { createFusion } from '../fusion-state.ts';
import { basketFromGroups } from './basket-of.ts';
import { addToBook, groupsOf } from './group-book.ts';
import { unweighedEvent } from './unweighed-event.ts';
import type { UnweighedReach } from './unweighed-event.ts';

const store = scriptedShop({ seed: 5, fixtures: 1, shelvesPerFixture: 2 });
const [TEA, JAM] = plainFacings(store).map((facing) => ({
  productId: facing.productId,
  plateId: facing.plateIds[0]!,
}));
const tea = present(TEA, 'NO_FACING');
const jam = present(JAM, 'NO_FACING');
const ANN = visitId('ann');

function lineAfter(reach: Partial<UnweighedReach>, product: string): number {
  const scene = createFusion(store);
  const whole: UnweighedReach = {
    plates: [{ plateId: tea.plateId, share: 1 }],
    atMs: epochMs(1000),
    visitShares: [{ visitId: ANN, share: 1 }],
    dwellMs: 800,
    tookShare: 0.6,
    ...reach,
  };
  addToBook(scene.groups, unweighedEvent(scene, whole), scene.settings.storiesMax);
  const { lines, unlikely } = basketFromGroups(groupsOf(scene.groups, ANN), ANN, 0.95);
  return [...lines, ...unlikely].find(({ productId }) => productId === product)?.probability ?? 0;
}

describe('a hand over a plate that does not work', () => {
  test('has probably taken what belongs there, as probably as the reach says', () => {
    expect(lineAfter({}, tea.productId)).toBeGreaterThan(0.5);
    expect(lineAfter({ tookShare: 0.1 }, tea.productId)).toBeLessThan(0.12);
  });

  test('over two plates has taken from one of them, not from both', () => {
    const plates = [
      { plateId: tea.plateId, share: 0.5 },
      { plateId: jam.plateId, share: 0.5 },
    ];
    const both = lineAfter({ plates }, tea.productId) + lineAfter({ plates }, jam.productId);
    expect(both).toBeLessThan(0.62);
    expect(both).toBeGreaterThan(0.4);
  });

  test('that was only perhaps theirs is only perhaps on their receipt', () => {
    expect(lineAfter({ visitShares: [{ visitId: ANN, share: 0.5 }] }, tea.productId)).toBeLessThan(0.45);
  });
});
