export { bestDeals } from './best-deals.ts';
export type { BestDeals, QuantityRange } from './best-deals.ts';
export { EXACT_PER_MINOR, exactOff, setDeal } from './set-deal.ts';
export type { OpenDeal } from './unit-classes.ts';
