import { expect, test } from 'vitest';
import { scriptedShop } from '../../test/builders/index.ts';
import { createPlateSensing, plateNoiseOf, SENSING_SETTINGS, withPlateNoise } from './index.ts';

const { layout } = scriptedShop({ seed: 5, fixtures: 1, shelvesPerFixture: 1 });
const fresh = () => createPlateSensing(layout, SENSING_SETTINGS);
const [PLATE] = layout.plates;

test('a plate that nobody has listened to knows nothing', () => {
  expect(plateNoiseOf(fresh())).toEqual([]);
});

test('what one has learnt the next begins with', () => {
  const noise = { plateId: PLATE!.plateId, noiseGrams: 4, wanderGrams: 2 };
  const sensing = withPlateNoise(fresh(), [noise, { ...noise, plateId: 'gone/1/1' }]);
  sensing.plates.quietBlocks[0] = SENSING_SETTINGS.levelBlocks;
  expect(plateNoiseOf(sensing)).toEqual([noise]);
});
