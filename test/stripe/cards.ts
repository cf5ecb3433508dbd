/** Cards that the double knows, by what happens to them; named after Stripe's own test cards where there is one. */
export const CARDS = {
  good: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  /** The bank wants to see the shopper: an error, because nobody is there. */
  wantsShopper: 'pm_card_authenticationRequired',
  /** The same, but the intent waits for the shopper instead. */
  waitsForShopper: 'pm_card_waitsForShopper',
  /** Stays between states until it is told to go on. */
  slow: 'pm_card_slow',
  raiseDeclined: 'pm_card_raiseDeclined',
  raiseUnavailable: 'pm_card_raiseUnavailable',
  /** Its charge does not say how long it can be captured. */
  withoutEnd: 'pm_card_withoutEnd',
} as const;

export type CardId = (typeof CARDS)[keyof typeof CARDS];

const KNOWN = new Set<string>(Object.values(CARDS));

export function isCardId(text: string): text is CardId {
  return KNOWN.has(text);
}
