/** Deposits, levies and charges as items of their own: of units and bags, summed by kind of fee. */
import type { FeeShare, ReceiptContent, ReceiptFee, TaxShare } from '../receipt-content.ts';
import { givenBackDetails, sumOf } from './goods.ts';
import type { ItemsContext } from './goods.ts';
import type { PaperDetail, PaperItem } from './paper.ts';
import { filled } from './speech.ts';

/** One unit's or bag's share of a fee. */
export interface FeeUnit {
  readonly fee: string;
  readonly minor: number;
  readonly taxes: readonly TaxShare[];
  readonly givenBackIn: number | null;
}

export function feeUnitsOf({ lines, fees }: ReceiptContent): FeeUnit[] {
  const carried = lines.flatMap(({ units }) =>
    units.flatMap(({ fees: shares, givenBackIn }) =>
      shares.map((share: FeeShare) => ({ ...share, givenBackIn })),
    ),
  );
  return [...carried, ...fees.flatMap(({ loose }) => loose)];
}

type FeeWords = Pick<ReceiptFee, 'name' | 'authority'>;

function feeItem(fee: FeeWords, all: readonly FeeUnit[], { speech, marks }: ItemsContext): PaperItem {
  const kept = all.filter(({ givenBackIn }) => givenBackIn === null);
  const given = all.flatMap(({ givenBackIn, minor }) =>
    givenBackIn === null ? [] : [{ revision: givenBackIn, minor }],
  );
  const byAmount = [...Map.groupBy(kept, ({ minor }) => minor)];
  const counted = byAmount.map(([each, same]): PaperDetail => {
    const blanks = { count: `${same.length}`, price: speech.money(each) };
    return { kind: 'quantity', text: filled(speech.words.counted, blanks), amount: null };
  });
  const owed = fee.authority === null ? [] : [filled(speech.words.owedTo, { authority: fee.authority })];
  return {
    kind: 'fee',
    name: fee.name,
    mark: [...new Set((kept.length > 0 ? kept : all).map(({ taxes }) => marks.ofTaxes(taxes)))]
      .join(' ')
      .trim(),
    amount: speech.money(sumOf(kept, ({ minor }) => minor)),
    isGivenBack: kept.length === 0 && given.length > 0,
    details: [
      ...(kept.length > 1 ? counted : []),
      ...owed.map((text): PaperDetail => ({ kind: 'remark', text, amount: null })),
      ...givenBackDetails(given, speech),
    ],
    evidence: [],
  };
}

export function feeItems(content: ReceiptContent, context: ItemsContext): PaperItem[] {
  const byFee = Map.groupBy(feeUnitsOf(content), ({ fee }) => fee);
  const authorityName = (authority: string | null): string | null =>
    content.sums.taxes.find((tax) => tax.authority === authority)?.authorityName ?? authority;
  const told = new Map(content.fees.map((fee) => [fee.fee, fee]));
  const inOrder = [...new Set([...told.keys(), ...byFee.keys()])];
  return inOrder.flatMap((name) => {
    const units = byFee.get(name) ?? [];
    const fee = told.get(name);
    const words = { name: fee?.name ?? name, authority: authorityName(fee?.authority ?? null) };
    return units.length > 0 ? [feeItem(words, units, context)] : [];
  });
}
