/**
 * Writes a recording as AiFi's documents, as a stream: what the sensors said comes back from our reader as it was
 * (float32 to the bit, coordinates to 1e-9 m, times to the last digit). What the format cannot say is lost, and
 * nothing else: gates, tags, carts and devices have no documents, sources are known by fixture, messages are numbered by their time, and a message that took longer
 * than 10 s or arrived before it was sent comes back as received when it was observed.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssertionFailure, ok, refused } from '../../base/index.ts';
import type { Result } from '../../base/index.ts';
import type { DataProblem, Observation, ObservationKind, StoreModel } from '../../domain/index.ts';
import { WholeFile } from '../../files/index.ts';
import { storeFiles } from './write-geometry.ts';
import { isDocumented, writtenDocument } from './written-documents.ts';
import type { DocumentedObservation } from './written-documents.ts';

/** A recording, or anything else that can tell its store and its observations. */
export interface AifiSource {
  readonly store: StoreModel;
  observations(report: (problem: DataProblem) => void): AsyncIterable<Observation> | Iterable<Observation>;
}

export interface AifiWriteOptions {
  /** Made where it is not there; files of the format in it are replaced. */
  readonly directory: string;
  readonly recording: AifiSource;
  /**
   * Hears of every record that could not be read, of every observation that could not be written, and once of each
   * kind of thing that the format has no place for.
   */
  readonly report: (problem: DataProblem) => void;
}

export interface AifiWritten {
  readonly observationCount: number;
}

/** What has no place in these documents, in words, with how often it was met. */
class Unwritten {
  private readonly counts = new Map<string, number>();

  add(name: string, count: number): void {
    if (count > 0) this.counts.set(name, (this.counts.get(name) ?? 0) + count);
  }

  /** One problem for each kind of thing, however many there were. */
  problems(): DataProblem[] {
    return [...this.counts].map(([name, count]) => ({
      code: 'AIFI_NOT_WRITABLE',
      where: name,
      what: `these documents have no place for ${name}; ${count} not written`,
      remedy: 'Keep the recording as MCAP, which holds everything.',
    }));
  }
}

const NAMES: Readonly<Record<Exclude<ObservationKind, DocumentedObservation['kind']>, string>> = {
  gate: 'gate crossings',
  tags: 'tag reads',
  cart: 'cart weights',
  health: 'device health',
};

async function writeObservations(
  files: Readonly<Record<'plates' | 'tracks', WholeFile>>,
  options: AifiWriteOptions,
): Promise<number> {
  const { recording, report } = options;
  const unwritten = new Unwritten();
  let observationCount = 0;
  unwritten.add('gates of the store', recording.store.gates.length);
  for await (const observation of recording.observations(report)) {
    if (!isDocumented(observation)) {
      unwritten.add(NAMES[observation.kind], 1);
      continue;
    }
    const document = writtenDocument(observation, recording.store.layout);
    if (document.ok) {
      await files[observation.kind].appendText(`${JSON.stringify(document.value)}\n`);
      observationCount++;
      continue;
    }
    report({
      code: 'AIFI_NOT_WRITABLE',
      where: `${observation.source}:${observation.sequence}`,
      what: document.problem,
      remedy: 'Keep the recording as MCAP, or correct the observation at its source; it is not written.',
    });
  }
  unwritten.problems().forEach(report);
  return observationCount;
}

function notWritten(directory: string, error: unknown): DataProblem {
  const what = `writing failed: ${error instanceof Error ? error.message : String(error)}`;
  const remedy = 'Check that the directory can be written and has room; then write again.';
  return { code: 'AIFI_NOT_WRITTEN', where: directory, what, remedy };
}

/** Writes the recording into a directory; refuses where the file system does. */
export async function writeAifiRecording(
  options: AifiWriteOptions,
): Promise<Result<AifiWritten, DataProblem>> {
  const opened: WholeFile[] = [];
  const create = async (fileName: string): Promise<WholeFile> => {
    const file = await WholeFile.create(join(options.directory, fileName));
    opened.push(file);
    return file;
  };
  try {
    await mkdir(options.directory, { recursive: true });
    const files = { plates: await create('plate_data.json'), tracks: await create('full_targets.json') };
    const observationCount = await writeObservations(files, options);
    for (const { fileName, text } of storeFiles(options.recording.store))
      await (await create(fileName)).appendText(text);
    await WholeFile.commitAll(opened);
    return ok({ observationCount });
  } catch (error) {
    for (const file of opened) await file.abandon();
    if (error instanceof AssertionFailure) throw error;
    return refused(notWritten(options.directory, error));
  }
}
