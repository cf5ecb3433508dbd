/**
 * Finds the exported documents of a recording and reads them line by line: `plate_data.json`, `.ndjson`, and either
 * of them compressed as `.gz`. A file that breaks off gives what it has, then one problem.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { basename, join } from 'node:path';
import type { DataProblem } from '../../domain/index.ts';

export interface ExportLine {
  readonly text: string;
  /** File and line number, such as `plate_data.json:12`. */
  readonly where: string;
}

const ENDINGS = ['.json', '.ndjson', '.json.gz', '.ndjson.gz'] as const;
const NEWLINE = 10;
const READ_BYTES = 1 << 18;
/** A document of a fixture with 1,000 plates is 64 KB; beyond this a file is something else. */
const LINE_BYTES_MAX = 1 << 25;

/** The path of the first of `stems` that is among `fileNames` with one of the known endings. */
export function findExport(
  directory: string,
  fileNames: readonly string[],
  stems: readonly string[],
): string | undefined {
  for (const stem of stems) {
    const ending = ENDINGS.find((candidate) => fileNames.includes(stem + candidate));
    if (ending) return join(directory, stem + ending);
  }
  return undefined;
}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  if (!path.endsWith('.gz')) {
    yield* file;
    return;
  }
  const unzipped = createGunzip();
  file.on('error', (error) => unzipped.destroy(error));
  try {
    yield* file.pipe(unzipped);
  } finally {
    file.destroy();
  }
}

function brokenOff(name: string, error: unknown): DataProblem {
  const reason = error instanceof Error ? error.message : String(error);
  const remedy = 'Export or copy the file again; what stands before the break is used.';
  return { code: 'AIFI_FILE_TRUNCATED', where: name, what: `the file breaks off (${reason})`, remedy };
}

function tooLong(where: string): DataProblem {
  const what = `the line is longer than ${LINE_BYTES_MAX >> 20} MB`;
  return { code: 'AIFI_LINE_TOO_LONG', where, what, remedy: 'Export one document per line.' };
}

/** Collects the bytes of the line that is being read; drops it once it is too long for a document. */
class OpenLine {
  private parts: Buffer[] = [];
  private byteCount = 0;
  private lineNumber = 1;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  add(part: Buffer): void {
    this.byteCount += part.length;
    if (this.byteCount <= LINE_BYTES_MAX) this.parts.push(part);
    else this.parts = [];
  }

  /** The line so far, null where it is blank or was reported as too long. */
  close(report: (problem: DataProblem) => void): ExportLine | null {
    const where = `${this.name}:${this.lineNumber++}`;
    const isTooLong = this.byteCount > LINE_BYTES_MAX;
    const text = Buffer.concat(this.parts)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    this.parts = [];
    this.byteCount = 0;
    if (isTooLong) report(tooLong(where));
    return isTooLong || text === '' ? null : { text, where };
  }
}

/** The lines of a file that are not blank. Never throws: what cannot be read is reported and ends the file. */
export async function* readExportLines(
  path: string,
  report: (problem: DataProblem) => void,
): AsyncGenerator<ExportLine> {
  const name = basename(path);
  const line = new OpenLine(name);
  try {
    for await (const bytes of bytesOf(path)) {
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        line.add(bytes.subarray(start, end));
        start = end + 1;
        const closed = line.close(report);
        if (closed) yield closed;
      }
      line.add(bytes.subarray(start));
    }
  } catch (error) {
    // The half line before the break is part of the break, not a record of its own.
    report(brokenOff(name, error));
    return;
  }
  const last = line.close(report);
  if (last) yield last;
}
