import type { Catalogue } from './catalogue.ts';
import type { StoreLayout } from './layout.ts';
import type { Planogram } from './planogram.ts';

/** What is known of a store before the first observation: its furniture, its products, and where they should lie. */
export interface StoreModel {
  readonly layout: StoreLayout;
  readonly catalogue: Catalogue;
  readonly planogram: Planogram;
}
