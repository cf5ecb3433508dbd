/** One child process of the benchmark's pool: it does what it is sent, piece by piece, until nobody sends any more. */
import type { Answer } from './pool.ts';
import { perform } from './tasks.ts';
import type { Task } from './tasks.ts';

function tell(answer: Answer): void {
  process.send!(answer);
}

process.on('message', (message) => {
  const { index, task } = message as { readonly index: number; readonly task: Task };
  perform(task).then(
    (result) => tell({ index, result }),
    (error: unknown) => tell({ index, failure: error instanceof Error ? error.stack! : String(error) }),
  );
});
