/** Writes a run to files, publishes it, or both at once, and tells what went where. */
import { storeTopicFilter } from '../../contract/index.ts';
import { problemCountLines } from '../commands/problem-tally.ts';
import type { Terminal } from '../commands/terminal.ts';
import { WorkFailed } from '../commands/work-failed.ts';
import { clockText } from '../replay-text.ts';
import { brokenLaws } from './comparison.ts';
import { brokenLawsText } from './comparison-text.ts';
import { handedOn, Handoff } from './handoff.ts';
import { BROKER_WAIT_MS_MAX, publishRun, shownBrokerUrl } from './publish-run.ts';
import type { BrokerPlace, PublishedRun } from './publish-run.ts';
import { runHeading } from './run-text.ts';
import { countText, wrapped } from './text-lines.ts';
import { withTwinProgress } from './twin-progress.ts';
import type { TwinRecording } from './twin-recording.ts';
import { writeRun } from './write-run.ts';
import type { OutPlace, WrittenRun } from './write-run.ts';
import type { Observation } from '../../domain/index.ts';

export interface SendWish {
  readonly out: OutPlace | null;
  readonly broker: BrokerPlace | null;
  readonly isJson: boolean;
  readonly stop: AbortSignal;
}

interface Sent {
  readonly written: WrittenRun | null;
  readonly published: PublishedRun | null;
}

async function send(recording: TwinRecording, wish: SendWish, terminal: Terminal): Promise<Sent> {
  const { out, broker, stop } = wish;
  const observations = withTwinProgress(recording.observations(), recording, terminal);
  if (out === null) {
    const published = broker && (await publishRun(recording, broker, { observations, stop, terminal }));
    return { written: null, published };
  }
  if (broker === null) return { written: await writeRun(recording, out, observations), published: null };
  const handoff = new Handoff<Observation>();
  const [written, published] = await Promise.all([
    writeRun(recording, out, handedOn(observations, handoff)).finally(() => handoff.end()),
    publishRun(recording, broker, { observations: handoff, stop, terminal }).finally(() => handoff.refuse()),
  ]);
  return { written, published };
}

const BYTES_PER_MB = 1e6;

function writtenLines({ run }: TwinRecording, written: WrittenRun): string[] {
  const { recordingPath, truthPath, byteCount } = written;
  const size = byteCount === null ? '' : `, ${(byteCount / BYTES_PER_MB).toFixed(1)} MB`;
  const kills = run.plan.faults.filter(({ kind }) => kind === 'process-killed').length;
  return [
    `wrote ${recordingPath}: ${countText(written.observationCount, 'observation')}${size}`,
    `wrote ${truthPath}: ${countText(written.receiptCount, 'receipt')}, ${countText(written.deedCount, 'true deed')}`,
    ...(kills === 0
      ? []
      : wrapped('A recording cannot kill who replays it: it only lacks what came meanwhile.', '  ')),
    `compare a replay with the truth: npx tillfree score ${recordingPath}`,
  ];
}

function publishedLines({ elapsedMs }: TwinRecording, published: PublishedRun): string[] {
  const { messageCount, tookMs, publishedCounts, connectionCount, lostCountMax } = published;
  const tookS = Math.max(tookMs, 1) / 1000;
  const kinds = Object.entries(publishedCounts).filter(([, count]) => count > 0);
  const broken = connectionCount - 1;
  const lost = lostCountMax === 0 ? 'nothing was lost on the way' : `at most ${lostCountMax} lost on the way`;
  const away = connectionCount === 0 ? 'the broker never answered, ' : '';
  return [
    `published ${countText(messageCount, 'message')} in ${tookS.toFixed(1)} s: ` +
      `${Math.round(messageCount / tookS).toLocaleString('en-US')} a second,`,
    `  ${(elapsedMs / 1000 / tookS).toFixed(1)} × as fast as it happened`,
    ...wrapped(kinds.map(([kind, count]) => `${kind} ${count}`).join(', '), '  '),
    `  ${away}${broken > 0 ? `the connection broke ${broken} ×, ` : ''}${lost}`,
  ];
}

function sentDocument({ run, isStopped, elapsedMs }: TwinRecording, { written, published }: Sent): unknown {
  return {
    simulated: { scenario: run.name, seed: run.seed, words: run.words, isStopped, elapsedMs },
    written: written && {
      ...written,
      problems: written.problems.map(({ code, count }) => ({ code, count })),
    },
    published: published && {
      ...published,
      problems: published.problems.map(({ code, count }) => ({ code, count })),
    },
  };
}

function beginText({ run, store }: TwinRecording, { broker }: SendWish): string {
  if (broker === null) return `${runHeading(run)}\n`;
  const pace = Number.isFinite(broker.speed)
    ? `${broker.speed} × as fast as it happens`
    : 'as fast as it goes';
  const waits = `a broker that is away is waited for, ${BROKER_WAIT_MS_MAX / 1000} s at most`;
  const to = `publishing to ${shownBrokerUrl(broker.url)}, ${pace}; listen to ${storeTopicFilter(store.layout.storeId)}`;
  return `${[runHeading(run), ...wrapped(to, '  ', ''), `  (${waits})`].join('\n')}\n`;
}

/** @throws WorkFailed where files or broker refuse, or the twin broke its own laws. */
export async function sendRun(recording: TwinRecording, wish: SendWish, terminal: Terminal): Promise<void> {
  if (!wish.isJson) terminal.out(beginText(recording, wish));
  const sent = await send(recording, wish, terminal);
  const { written, published } = sent;
  if (wish.isJson) terminal.out(`${JSON.stringify(sentDocument(recording, sent))}\n`);
  else {
    const inside = recording.insideCount;
    const lines = [
      recording.isStopped
        ? `stopped at ${clockText(recording.elapsedMs)}, ${inside} still inside: the truth knows no track ids of theirs`
        : `simulated ${clockText(recording.elapsedMs)}, ${countText(recording.leftCount, 'person', 'people')} came and left`,
      ...(written ? writtenLines(recording, written) : []),
      ...(published ? publishedLines(recording, published) : []),
    ];
    terminal.out(`${lines.join('\n')}\n`);
  }
  for (const { problems } of [written, published].filter((each) => each !== null))
    for (const line of problemCountLines(problems)) terminal.err(`${line}\n`);
  const broken = brokenLaws(recording);
  if (broken.length > 0) throw new WorkFailed(brokenLawsText(broken, recording));
}
