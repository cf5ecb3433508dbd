/** A fiscal device as a model: the same id gets the same mark, however often it comes. */
import type { FiscalMark, FiscalRequest } from '../../../src/receipts/index.ts';

export class FiscalModel {
  readonly marks = new Map<string, FiscalMark>();
  /** What was registered, each id once. */
  takingsMinor = 0;

  receive({ fiscalId, deltaMinor }: FiscalRequest): FiscalMark {
    const known = this.marks.get(fiscalId);
    if (known !== undefined) return known;
    this.takingsMinor += deltaMinor;
    const mark: FiscalMark = {
      kind: 'marked',
      deviceId: 'device-1',
      text: `mark ${this.marks.size + 1}`,
      qr: null,
    };
    this.marks.set(fiscalId, mark);
    return mark;
  }
}
