export { contentProblems } from './content-problems.ts';
export { COUNTRY_CONTENTS, countryContent } from './countries/index.ts';
export type { CountryContent, NeededId, Source, Threshold } from './countries/index.ts';
export { LANGUAGES } from './language.ts';
export type { Language } from './language.ts';
export { paperOf } from './paper-of.ts';
export type { PaperOptions } from './paper-of.ts';
export { paperTexts } from './paper.ts';
export type {
  Paper,
  PaperBlock,
  PaperColumn,
  PaperDetail,
  PaperEvidence,
  PaperItem,
  PaperSection,
  SectionRole,
} from './paper.ts';
export { RECEIPT_CONTENT_PROBLEM_CODES } from './problem-codes.ts';
export type { ReceiptContentProblemCode } from './problem-codes.ts';
export { shownPaper } from './shown-paper.ts';
export type { Showing } from './shown-paper.ts';
export { WORDS } from './words/index.ts';
export type { Words } from './words/index.ts';
