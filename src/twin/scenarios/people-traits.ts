/** Bodies of all sizes, drawn by chance. */
import type { Random } from '../../base/index.ts';
import type { PersonTraits } from '../people/index.ts';

const ADULT_MIN_M = 1.55;
const ADULT_MAX_M = 1.92;
const CHILD_MIN_M = 1.1;
const CHILD_MAX_M = 1.45;

export interface TraitsWish {
  readonly partyNumber: number;
  readonly isChild?: boolean;
  readonly isAssociate?: boolean;
  readonly cartShare?: number;
}

/** Associates come from the back room, where no camera sees them enter. */
export function drawTraits(random: Random, wish: TraitsWish): Omit<PersonTraits, 'personNumber'> {
  const [minM, maxM] = wish.isChild ? [CHILD_MIN_M, CHILD_MAX_M] : [ADULT_MIN_M, ADULT_MAX_M];
  const isAssociate = wish.isAssociate ?? false;
  return {
    partyNumber: wish.partyNumber,
    isAssociate,
    heightM: minM + random.uniform() * (maxM - minM),
    hasCart: !wish.isChild && !isAssociate && random.uniform() < (wish.cartShare ?? 0),
    speedMPerS: 0.95 + random.uniform() * 0.4,
    hasEntered: !isAssociate,
  };
}
