/** `tillfree recording convert | info | cut`. */
import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { problemText } from '../../domain/index.ts';
import type { Recording } from '../../engine/index.ts';
import { findRecordings, openFound } from '../open-recording.ts';
import { copyRecording, cutOf, formatOf, RECORDING_FORMATS } from './recording-copy.ts';
import type { RecordingFormat } from './recording-copy.ts';
import { recordingInfo, recordingInfoText } from './recording-info.ts';
import { openOptionsOf, withStoreFlags } from './store-flags.ts';
import type { StoreFlags } from './store-flags.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

interface ConvertFlags extends StoreFlags {
  readonly to?: RecordingFormat;
}

interface InfoFlags extends StoreFlags {
  readonly json?: boolean;
}

interface CutFlags extends StoreFlags {
  readonly from: number;
  readonly to: number;
  readonly fixture?: readonly string[];
}

const WRONG_CALL = { exitCode: 2, code: 'tillfree.wrongCall' };

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new InvalidArgumentError('A number of seconds, 0 or more.');
  return value;
}

/** The one recording that `path` means; a directory of several is a wrong call. */
async function openOne(command: Command, path: string, flags: StoreFlags): Promise<Recording> {
  const [first, ...others] = findRecordings([path]);
  if (!first || others.length > 0)
    command.error(`${path} holds ${others.length + 1} recordings; name one of them`, WRONG_CALL);
  const opened = await openFound(first, openOptionsOf(flags));
  if (opened.ok) return opened.value;
  throw new WorkFailed(problemText(opened.problem));
}

function refuseSamePlace(command: Command, paths: { readonly from: string; readonly to: string }): void {
  if (resolve(paths.from) === resolve(paths.to))
    command.error(`${paths.to} is the recording itself; name another place for the result`, WRONG_CALL);
}

function addConvert(recording: Command, terminal: Terminal): void {
  const command = recording
    .command('convert <in> <out>')
    .description('writes a recording as MCAP (OUT ends in .mcap) or as a directory of AiFi documents')
    .addOption(
      new Option('--to <format>', 'the format, where the name of OUT does not say').choices(
        RECORDING_FORMATS,
      ),
    );
  withStoreFlags(command).action(async (from: string, to: string, flags: ConvertFlags) => {
    refuseSamePlace(command, { from, to });
    const opened = await openOne(command, from, flags);
    const format = flags.to ?? formatOf(to);
    await copyRecording({ recording: opened, outPath: to, format, keeps: () => true }, terminal);
  });
}

function addInfo(recording: Command, terminal: Terminal): void {
  const command = recording
    .command('info <in>')
    .description('says what a recording, or every recording of a directory, holds and what is wrong with it')
    .option('--json', 'as JSON, one document a recording');
  withStoreFlags(command).action(async (from: string, flags: InfoFlags) => {
    let refusals = '';
    for (const found of findRecordings([from])) {
      const opened = await openFound(found, openOptionsOf(flags));
      if (!opened.ok) {
        refusals += `${refusals === '' ? '' : '\n'}${problemText(opened.problem)}`;
        continue;
      }
      const info = await recordingInfo(opened.value, terminal);
      terminal.out(flags.json === true ? `${JSON.stringify(info)}\n` : `${recordingInfoText(info)}\n`);
    }
    if (refusals !== '') throw new WorkFailed(refusals);
  });
}

function addCut(recording: Command, terminal: Terminal): void {
  const command = recording
    .command('cut <in> <out>')
    .description('writes a part of a recording; seconds count from its first observation')
    .requiredOption('--from <seconds>', 'the first second that is kept', seconds)
    .requiredOption('--to <seconds>', 'the first second that is not kept', seconds)
    .option('--fixture <id...>', 'keep the plates of these fixtures only');
  withStoreFlags(command).action(async (from: string, to: string, flags: CutFlags) => {
    refuseSamePlace(command, { from, to });
    if (flags.from >= flags.to) command.error('--from must be less than --to', WRONG_CALL);
    const opened = await openOne(command, from, flags);
    const fixtureIds = flags.fixture ?? [];
    const known = opened.store.layout.fixtures.map((fixture) => String(fixture.fixtureId));
    const unknown = fixtureIds.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      command.error(`the store has no fixture ${unknown.join(', ')}; it has ${known.join(', ')}`, WRONG_CALL);
    const keeps = cutOf(opened, { fromSeconds: flags.from, toSeconds: flags.to, fixtureIds });
    await copyRecording({ recording: opened, outPath: to, format: formatOf(to), keeps }, terminal);
  });
}

/** Hangs `recording` into the command line. Failed work throws `WorkFailed`, a wrong call commander's own error. */
export function addRecordingCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  const recording = program
    .command('recording')
    .description('converts, describes and cuts recordings of a shop');
  addConvert(recording, terminal);
  addInfo(recording, terminal);
  addCut(recording, terminal);
}
