/** Reads a printer's bytes back: the lines of text that it would print, the codes it would draw, and the cut. */
import CodepageEncoder from '@point-of-sale/codepage-encoder';
import type { Codepage } from '@point-of-sale/codepage-encoder';

export interface ReadBack {
  readonly lines: readonly string[];
  readonly codes: readonly string[];
  readonly cuts: number;
}

/** How many bytes a command takes with its parameters, by its first bytes; null for those with a length of their own. */
interface Dialect {
  readonly commands: readonly (readonly [readonly number[], number])[];
  readonly codePage: readonly number[];
  readonly pages: Readonly<Record<number, Codepage>>;
  readonly qrData: readonly number[];
  readonly qrOther: readonly number[];
  readonly cut: readonly number[];
}

const ESC = 0x1b;
const GS = 0x1d;

/** Epson's and Star's numbers of the code pages, from their manuals. */
const ESC_POS: Dialect = {
  commands: [
    [[ESC, 0x40], 2],
    [[0x1c, 0x2e], 2],
    [[ESC, 0x4d], 3],
    [[ESC, 0x45], 3],
    [[GS, 0x21], 3],
    [[ESC, 0x61], 3],
  ],
  codePage: [ESC, 0x74],
  pages: { 0: 'cp437', 16: 'windows1252', 17: 'cp866', 18: 'cp852', 19: 'cp858' },
  qrData: [0x31, 0x50, 0x30],
  qrOther: [GS, 0x28, 0x6b],
  cut: [GS, 0x56],
};

const STAR_PRNT: Dialect = {
  commands: [
    [[ESC, 0x40], 2],
    [[0x18], 1],
    [[ESC, 0x1e, 0x46], 4],
    [[ESC, 0x45], 2],
    [[ESC, 0x46], 2],
    [[ESC, 0x69], 4],
    [[ESC, GS, 0x61], 4],
    [[ESC, GS, 0x79, 0x53], 6],
    [[ESC, GS, 0x79, 0x50], 4],
  ],
  codePage: [ESC, GS, 0x74],
  pages: { 1: 'cp437', 4: 'cp858', 5: 'cp852', 10: 'cp866', 32: 'windows1252' },
  qrData: [ESC, GS, 0x79, 0x44, 0x31],
  qrOther: [],
  cut: [ESC, 0x64],
};

const startsWith = (bytes: Uint8Array, at: number, start: readonly number[]): boolean =>
  start.length > 0 && start.every((byte, index) => bytes[at + index] === byte);

/** A code's data and the bytes it took; Epson counts the function's own three bytes with it. */
function codeAt(
  bytes: Uint8Array,
  at: number,
  dialect: Dialect,
): { data: string | null; length: number } | null {
  const latin = (from: number, to: number): string =>
    Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (startsWith(bytes, at, dialect.qrOther)) {
    const size = bytes[at + 3]! + bytes[at + 4]! * 256;
    const isData = startsWith(bytes, at + 5, dialect.qrData);
    return { data: isData ? latin(at + 8, at + 5 + size) : null, length: 5 + size };
  }
  if (dialect.qrOther.length > 0 || !startsWith(bytes, at, dialect.qrData)) return null;
  const size = bytes[at + 6]! + bytes[at + 7]! * 256;
  return { data: latin(at + 8, at + 8 + size), length: 8 + size };
}

export function readBack(bytes: Uint8Array, language: 'esc-pos' | 'star-prnt'): ReadBack {
  const dialect = language === 'esc-pos' ? ESC_POS : STAR_PRNT;
  const lines: string[] = [];
  const codes: string[] = [];
  let cuts = 0;
  let line = '';
  let page: Codepage = 'cp437';
  for (let at = 0; at < bytes.length;) {
    const code = codeAt(bytes, at, dialect);
    const command = dialect.commands.find(([start]) => startsWith(bytes, at, start));
    if (code) {
      if (code.data !== null) codes.push(code.data);
      at += code.length;
    } else if (startsWith(bytes, at, dialect.codePage)) {
      const number = bytes[at + dialect.codePage.length]!;
      page = dialect.pages[number] ?? raise(`unknown code page ${number}`);
      at += dialect.codePage.length + 1;
    } else if (startsWith(bytes, at, dialect.cut)) {
      cuts += 1;
      at += dialect.cut.length + 1;
    } else if (command) at += command[1];
    else {
      const byte = bytes[at++]!;
      if (byte === 0x0a) lines.push(line);
      if (byte === 0x0a) line = '';
      else if (byte >= 0x20)
        line += String.fromCodePoint(CodepageEncoder.getEncoding(page).codepoints[byte]!);
      else if (byte !== 0x0d) raise(`unknown byte ${byte} at ${at - 1}`);
    }
  }
  return { lines, codes, cuts };
}

function raise(what: string): never {
  throw new Error(what);
}
