/** What the loop tells: everything that screens, receipts, recordings of decisions and tests are made from. */
import type { EpochMs } from '../base/index.ts';
import type {
  Attribution,
  Basket,
  DataProblem,
  DeviceHealth,
  Interaction,
  PlateReport,
  Receipt,
  Visit,
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
  /** `evidence` holds everything the visit may have had a part in, in order of time. */
  | { readonly kind: 'receipt-issued'; readonly receipt: Receipt; readonly evidence: readonly Attribution[] }
  | { readonly kind: 'observation-refused'; readonly problem: DataProblem };
