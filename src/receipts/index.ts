export { CLAIM_PROBLEM_CODES, CLAIM_TRANSITIONS, claimStep, grantCostMinor } from './claim.ts';
export type {
  Claim,
  ClaimedUnits,
  ClaimEvent,
  ClaimPhase,
  ClaimProblem,
  ClaimProblemCode,
  ClaimReason,
  ClaimRule,
  ClaimStep,
} from './claim.ts';
export { corrected } from './correction.ts';
export type { Correction, CorrectionChange } from './correction.ts';
export { NO_FISCAL_DEVICE } from './fiscal.ts';
export type { FiscalDevice, FiscalMark, FiscalReply, FiscalRequest } from './fiscal.ts';
export { goodsOf } from './goods-of.ts';
export type { LineFacts, PricedGoods, ReceiptGoods } from './goods-of.ts';
export { RECEIPT_PROBLEM_CODES } from './problem-codes.ts';
export type { ReceiptProblemCode } from './problem-codes.ts';
export {
  contentProblems,
  COUNTRY_CONTENTS,
  countryContent,
  LANGUAGES,
  paperOf,
  paperTexts,
  RECEIPT_CONTENT_PROBLEM_CODES,
  shownPaper,
  WORDS,
} from './paper/index.ts';
export type * from './paper/index.ts';
export { CORRECTION_REASONS, reasonTerms } from './reasons.ts';
export type { CorrectedBy, CorrectionReason, ReasonTerms } from './reasons.ts';
export type * from './receipt-content.ts';
export { receiptId } from './receipt-id.ts';
export type { ReceiptId } from './receipt-id.ts';
export { saleOf } from './sale-of.ts';
export { contentHash, emptyReceiptBook, hashOf, numbered, sealed } from './seal.ts';
export type { ReceiptBook, ReceiptDraft } from './seal.ts';
export type { Seller, TaxId, TaxIdKind } from './seller.ts';
export { keptOf, sumsOf, worthMinor } from './sums.ts';
export { chainChecked, chainEnded, openChainCheck } from './verify.ts';
export type { ChainCheck } from './verify.ts';
