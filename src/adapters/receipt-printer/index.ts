export { PLAIN_PRINTER, receiptBytes, receiptText } from './receipt-printer.ts';
export type { PrinterOptions } from './receipt-printer.ts';
