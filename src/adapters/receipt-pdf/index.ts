export { receiptPdf } from './receipt-pdf.ts';
export type { PdfOptions } from './receipt-pdf.ts';
