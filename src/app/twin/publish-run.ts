/** Publishes a run to an MQTT broker, at the pace at which its messages would arrive or at another. */
import { publishObservations, RETRY_SETTINGS } from '../../adapters/mqtt/index.ts';
import type { MqttPublished } from '../../adapters/mqtt/index.ts';
import { ProblemTally } from '../commands/problem-tally.ts';
import type { ProblemCount } from '../commands/problem-tally.ts';
import type { Terminal } from '../commands/terminal.ts';
import { WorkFailed } from '../commands/work-failed.ts';
import { problemText } from '../../domain/index.ts';
import type { DataProblem, Observation } from '../../domain/index.ts';
import { paced } from './paced.ts';
import type { TwinRecording } from './twin-recording.ts';

export interface BrokerPlace {
  readonly url: string;
  /** Times as fast as it happened; Infinity: as fast as the broker takes it. */
  readonly speed: number;
}

export interface PublishedRun extends MqttPublished {
  readonly messageCount: number;
  readonly tookMs: number;
  readonly problems: readonly ProblemCount[];
}

/** Somebody sits before it and waits. */
export const BROKER_WAIT_MS_MAX = 30_000;

/** The address without user and password. */
export function shownBrokerUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/** @throws WorkFailed where the broker cannot be reached or refuses us. */
export async function publishRun(
  recording: TwinRecording,
  { url, speed }: BrokerPlace,
  from: {
    readonly observations: AsyncIterable<Observation>;
    readonly stop: AbortSignal;
    readonly terminal: Terminal;
  },
): Promise<PublishedRun> {
  const problems = new ProblemTally();
  // A connection that breaks is told when it breaks; the rest is counted.
  const report = (problem: DataProblem): void => {
    problems.add(problem);
    if (problem.code === 'MQTT_CONNECTION_LOST') from.terminal.err(`${problemText(problem)}\n`);
  };
  const { startsAtMs } = recording.run.plan;
  const begunAtMs = Date.now();
  const published = await publishObservations({
    url,
    storeId: recording.store.layout.storeId,
    observations: paced(from.observations, { startsAtMs, speed, stop: from.stop }),
    report,
    retry: { ...RETRY_SETTINGS, budgetMs: BROKER_WAIT_MS_MAX },
    stop: from.stop,
  });
  if (!published.ok) throw new WorkFailed(problemText(published.problem));
  const counts: readonly number[] = Object.values(published.value.publishedCounts);
  return {
    ...published.value,
    messageCount: counts.reduce((sum, count) => sum + count, 0),
    tookMs: Date.now() - begunAtMs,
    problems: problems.counts(),
  };
}
