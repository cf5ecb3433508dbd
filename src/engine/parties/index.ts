export { Parties } from './parties.ts';
export type { PartySettings } from './parties.ts';
export { PARTY_PROBLEM_CODES } from './party-input.ts';
export type { PartyInput, PartyNotice, PartyProblem, PartyProblemCode, PartyStep } from './party-input.ts';
export type { JudgedVisit, Payer } from './party.ts';
