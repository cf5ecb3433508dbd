/**
 * What is wrong with data from outside: one record of one file (or topic). Reading goes on where a shop would have
 * to go on; the problem is counted and shown with its remedy.
 */
export interface DataProblem {
  /** A stable code in capitals, such as `WEIGHT_NEGATIVE`; listed in docs/reference/errors.md. */
  readonly code: string;
  /** Where: the file or topic, then the record in it, such as `products.json:12`. */
  readonly where: string;
  /** What was seen, for a person. */
  readonly what: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** One line for a terminal: where, what, remedy, code. */
export function problemText(problem: DataProblem): string {
  return `${problem.where}: ${problem.what}. ${problem.remedy} [${problem.code}]`;
}
