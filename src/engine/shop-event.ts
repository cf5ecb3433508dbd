/** What the loop tells: everything that screens, receipts, recordings of decisions and tests are made from. */
import type { EpochMs } from '../base/index.ts';
import type {
  Attribution,
  Basket,
  BasketAlternative,
  DataProblem,
  DeviceHealth,
  Interaction,
  PlateReport,
  Receipt,
  Visit,
  WeightNotice,
} from '../domain/index.ts';

export type ShopEvent =
  | { readonly kind: 'visit-entered'; readonly visit: Visit }
  | { readonly kind: 'visit-left'; readonly visit: Visit }
  | { readonly kind: 'interaction-told'; readonly interaction: Interaction }
  | { readonly kind: 'interaction-attributed'; readonly attribution: Attribution }
  | { readonly kind: 'basket-changed'; readonly atMs: EpochMs; readonly basket: Basket }
  | { readonly kind: 'plate-reported'; readonly report: PlateReport }
  /** What a device said of itself when it was first heard, and whenever its state changed. */
  | { readonly kind: 'device-reported'; readonly health: DeviceHealth }
  /**
   * `evidence` holds everything the visit may have had a part in, in order of time; `alternatives` the whole baskets it
   * may hold, by which a shopper's answer is charged.
   */
  | {
      readonly kind: 'receipt-issued';
      readonly receipt: Receipt;
      readonly evidence: readonly Attribution[];
      readonly alternatives: readonly BasketAlternative[];
    }
  /** A catalogue weight is established to be wrong, or seems right again after all. */
  | { readonly kind: 'weight-noticed'; readonly notice: WeightNotice }
  | { readonly kind: 'observation-refused'; readonly problem: DataProblem };
