/**
 * A replay as a page to look at. The caller shows every observation before the engine takes it, and tells every
 * event; nothing is asked of the engine, so a page cannot change what it shows.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Observation, StoreModel } from '../../domain/index.ts';
import type { ShopEvent } from '../../engine/index.ts';
import { writeWholeFile } from '../../files/index.ts';
import { pageOf } from './page.ts';
import { Story } from './story.ts';

export interface Report {
  /** Takes an observation in, as it came, before the engine has it. */
  observe(observation: Observation): void;
  /** Takes an event in; problems of the recording itself come as refused observations too. */
  hear(event: ShopEvent): void;
  /** The page of this recording alone. */
  html(): string;
  readonly story: Story;
}

export interface ReportOptions {
  readonly recordingName: string;
  readonly store: StoreModel;
}

export function createReport(options: ReportOptions): Report {
  const story = new Story(options.recordingName, options.store);
  return {
    story,
    observe: (observation) => story.observe(observation),
    hear: (event) => story.hear(event),
    html: () => pageOf([story]),
  };
}

/**
 * Writes one page with all `reports` in their order, and the directory it goes to where that is missing. The file is
 * there completely or not at all.
 * @throws the system's error where it cannot be written.
 */
export async function writeReport(path: string, reports: readonly Report[]): Promise<void> {
  const page = pageOf(reports.map((report) => report.story));
  await mkdir(dirname(path), { recursive: true });
  await writeWholeFile(path, page);
}
