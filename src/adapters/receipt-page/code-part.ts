/** A QR code as SVG, always dark on light, for some readers refuse the reverse. The text beside it says the same. */
import { encodeQR } from 'qr';
import type { PaperBlock } from '../../receipts/index.ts';
import { markup } from '../../base/index.ts';
import { isWebAddress } from './web-address.ts';
import type { Markup } from '../../base/index.ts';

type Code = Extract<PaperBlock, { kind: 'code' }>;

/** Modules of white around it, as ISO/IEC 18004 asks. */
const QUIET_ZONE = 4;

function modulesPath(value: string): { path: string; size: number } {
  const rows = encodeQR(value, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const runs = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return { path: runs.join(''), size: rows.length };
}

function captionOf({ text, value }: Code): Markup {
  if (!isWebAddress(value) || !text.endsWith(value)) return markup`${text}`;
  return markup`${text.slice(0, -value.length)}<a href="${value}">${value}</a>`;
}

export function codePart(code: Code): Markup {
  const { path, size } = modulesPath(code.value);
  return markup`<figure class="code"><svg viewBox="0 0 ${size} ${size}" aria-hidden="true" focusable="false" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg><figcaption>${captionOf(code)}</figcaption></figure>`;
}
