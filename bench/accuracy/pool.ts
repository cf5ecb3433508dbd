/**
 * Work shared out over child processes: whoever is free takes the next piece, so hand in the dearest first. Results come
 * back in the order of the work, whoever did it and whenever, so that any number of workers gives the same.
 * Processes and not threads, because the time that a system costs is counted per process.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { perform } from './tasks.ts';
import type { ResultOf, Task } from './tasks.ts';

export type Answer =
  | { readonly index: number; readonly result: ResultOf<Task> }
  | { readonly index: number; readonly failure: string };

export interface PoolOptions {
  /** 1: nothing is forked. */
  readonly workers: number;
  /** After each piece, with how many are done. */
  readonly watch?: (done: number, index: number) => void;
}

const WORKER = fileURLToPath(new URL('./pool-worker.ts', import.meta.url));

/** @throws Error with the worker's own words, where a piece fails. */
export async function performAll<Each extends Task>(
  tasks: readonly Each[],
  { workers, watch }: PoolOptions,
): Promise<ResultOf<Each>[]> {
  if (workers > 1 && tasks.length > 1) return shareOut(tasks, Math.min(workers, tasks.length), watch);
  const results: ResultOf<Each>[] = [];
  for (const [index, task] of tasks.entries()) {
    results.push(await perform(task));
    watch?.(results.length, index);
  }
  return results;
}

function shareOut<Each extends Task>(
  tasks: readonly Each[],
  workers: number,
  watch: PoolOptions['watch'],
): Promise<ResultOf<Each>[]> {
  const results: ResultOf<Each>[] = [];
  const children: ChildProcess[] = [];
  let next = 0;
  let done = 0;
  const { promise, resolve, reject } = Promise.withResolvers<ResultOf<Each>[]>();
  const giveNext = (child: ChildProcess): void => {
    if (next < tasks.length) child.send({ index: next, task: tasks[next++] });
    else child.disconnect();
  };
  const hear = (child: ChildProcess, answer: Answer): void => {
    if ('failure' in answer) return reject(new Error(answer.failure));
    results[answer.index] = answer.result as ResultOf<Each>;
    watch?.(++done, answer.index);
    if (done === tasks.length) resolve(results);
    giveNext(child);
  };
  for (let count = 0; count < workers; count++) {
    const child = fork(WORKER, { serialization: 'advanced' });
    children.push(child);
    child.on('message', (answer) => hear(child, answer as Answer));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`a worker of the benchmark ended with ${code}`));
    });
    giveNext(child);
  }
  return promise.finally(() => children.forEach((child) => child.exitCode ?? child.kill()));
}
