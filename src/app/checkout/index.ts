export { readCheckout } from './checkout-document.ts';
export type { Checkout, JudgedBasket } from './checkout-document.ts';
export { counterSettings, processorAt } from './desk-defaults.ts';
export { localTimeAt } from './local-clock.ts';
export { judgedCheckouts } from './judged-checkouts.ts';
export { MoneyDesk } from './money-desk.ts';
export { bookPath, readBook, writeBook } from './receipt-book-file.ts';
export type { ReadBook } from './receipt-book-file.ts';
export { runCheckout } from './run-checkout.ts';
