/**
 * Who came in company. People who belong together come in one after the other; strangers come whenever they come. So the
 * time between two entries tells, before anything else is seen:
 *
 *   odds(company) = odds₀ · (e^(−g/τ) / τ) / λ,   g the time between the entries, λ strangers a second
 *
 * Nothing is kept of it: it is worked out where it is asked for, and no party outlives its visit.
 */
import type { Body } from './bodies.ts';

/** Of two who meet in a shop so many came together, before their entries are looked at. */
const COMPANY_ODDS = 0.3;
/** Through one door one after the other. */
const ONE_BY_ONE_MS = 4000;
/** Between two entries of strangers, in a shop that is neither empty nor full. */
const BETWEEN_STRANGERS_MS = 30_000;

/** P(the two came in company); what it is before anything is known where one was not seen to come in. */
export function companyShare(a: Body, b: Body): number {
  if (a.enteredAs === null || b.enteredAs === null) return COMPANY_ODDS / (1 + COMPANY_ODDS);
  const gapMs = Math.abs(a.firstSeenAtMs - b.firstSeenAtMs);
  const odds = ((COMPANY_ODDS * BETWEEN_STRANGERS_MS) / ONE_BY_ONE_MS) * Math.exp(-gapMs / ONE_BY_ONE_MS);
  return odds / (1 + odds);
}
