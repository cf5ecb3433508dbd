export {
  countLying,
  createStock,
  forcesOf,
  loadGrams,
  newUnit,
  ownThing,
  planLying,
  putDown,
  STOCK_SETTINGS,
  taggedUnits,
  takeUnit,
  takeUnits,
} from './stock.ts';
export type { LyingUnit, Stock, StockSettings, TakeWish, Unit } from './stock.ts';
