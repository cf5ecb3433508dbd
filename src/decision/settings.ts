/**
 * What the operator decides about deciding. Every number may be set per store; the reasons for the defaults stand here.
 * Money is in minor units of the store's currency.
 */
export interface PolicyCosts {
  /** A receipt that charges anything too much: refund, complaint, and the visits that do not come. */
  readonly overchargedReceiptMinor: number;
  /** Beside that, per minor unit charged too much: it is given back, with something on top. */
  readonly overchargeFactor: number;
  /** A receipt that charges anything too little, known or not: stock and what is learnt from it go wrong. */
  readonly underchargedReceiptMinor: number;
  /** Per minor unit charged too little: the goods are gone. */
  readonly underchargeFactor: number;
  /** What a basket costs that nobody thought of: about an item of unknown name. */
  readonly unlistedMinor: number;
  readonly askMinor: number;
  readonly askMinutes: number;
  /** No shopper is asked more often about one visit. */
  readonly questionsMax: number;
  readonly reviewMinor: number;
  readonly reviewMinutes: number;
  /** The share of the harm that a review leaves. */
  readonly reviewMissesShare: number;
}

export interface DecisionPolicy {
  readonly costs: PolicyCosts;
  /** At most this share of visits may be asked or reviewed. */
  readonly lookShareMax: number;
  /** So many looks may be saved up for a busy hour. */
  readonly looksSavedMax: number;
  /** Every visit is audited with this probability, whatever was decided; the salt keeps the draw secret. */
  readonly auditShare: number;
  readonly auditSalt: string;
  /** Of all visits, at most this share may be charged unlooked-at and be wrong, or overcharged. */
  readonly wrongShareMax: number;
  readonly overchargedShareMax: number;
  /** How sure the bound must be. */
  readonly confidence: number;
  /**
   * What nobody looks at and is below the proven threshold: charge what does the least expected harm (false), or leave
   * out whatever is doubtful until the bound on overcharging holds for it too (true), at the shop's cost.
   */
  readonly isUnprovenWaived: boolean;
  /** The share of questions that are answered before the receipt must be settled. */
  readonly answeredShare: number;
}

/**
 * Costs: a complaint handled by a person and a visit less outweigh any single item, hence 15.00 for an overcharged receipt
 * and 1 : 2 between the factors; a count of stock that goes wrong, and what is learnt from it, costs a fifth of that. A question takes a shopper a few seconds, a review a minute and a half of an employee.
 * Bounds: nine tenths sure that at most one visit in 200 is wrong, and that no more than half of those wrong ones are in
 * the shop's favour, as inspectors of shelf prices expect of errors that are honest.
 */
export const DECISION_POLICY: DecisionPolicy = {
  costs: {
    overchargedReceiptMinor: 1500,
    overchargeFactor: 2,
    underchargedReceiptMinor: 300,
    underchargeFactor: 1,
    unlistedMinor: 500,
    askMinor: 25,
    askMinutes: 0.25,
    questionsMax: 2,
    reviewMinor: 75,
    reviewMinutes: 1.5,
    reviewMissesShare: 0.03,
  },
  lookShareMax: 0.05,
  looksSavedMax: 10,
  auditShare: 0.02,
  auditSalt: '',
  wrongShareMax: 0.005,
  overchargedShareMax: 0.0025,
  confidence: 0.9,
  isUnprovenWaived: false,
  answeredShare: 0.8,
};
