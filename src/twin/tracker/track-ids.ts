/**
 * Ids as trackers give them: 64 bits in a signed decimal text. Counter through the finaliser of SplitMix64 (Steele,
 * Lea and Flood 2014), which maps 64 bits one to one: no id comes twice in 2^64, without a list of those given.
 */
import { trackId } from '../../domain/index.ts';
import type { TrackId } from '../../domain/index.ts';
import { ownRandom } from '../words/index.ts';

const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

export interface TrackIds {
  state: bigint;
}

export function createTrackIds(seed: number): TrackIds {
  const random = ownRandom(seed, 'track-ids');
  const high = BigInt(random.below(0x100000000));
  return { state: (high << 32n) | BigInt(random.below(0x100000000)) };
}

export function nextTrackId(ids: TrackIds): TrackId {
  ids.state = BigInt.asUintN(64, ids.state + GOLDEN_GAMMA);
  let z = ids.state;
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return trackId(BigInt.asIntN(64, z ^ (z >> 31n)).toString());
}
