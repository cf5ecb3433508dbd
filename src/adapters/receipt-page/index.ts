export type { EvidenceAddress } from './items-part.ts';
export { receiptPage } from './receipt-page.ts';
export type { PageOptions } from './receipt-page.ts';
