/** `tillfree knowledge`: what a store has learnt of itself. */
import type { Command } from 'commander';
import { problemText } from '../../domain/index.ts';
import type { StoreModel } from '../../domain/index.ts';
import { knowledgeFor, readKnowledge, writeKnowledge } from '../knowledge-file.ts';
import type { KeptKnowledge } from '../knowledge-file.ts';
import { knowledgeText } from '../knowledge-text.ts';
import { PROCESS_TERMINAL } from './terminal.ts';
import type { Terminal } from './terminal.ts';
import { WorkFailed } from './work-failed.ts';

/** Adds `knowledge show FILE` to the program. */
export function addKnowledgeCommands(program: Command, terminal: Terminal = PROCESS_TERMINAL): void {
  program
    .command('knowledge')
    .description('what a store has learnt: weights, places, and what was learnt from')
    .command('show <file>')
    .description('prints a file that "replay --knowledge" has written')
    .action((path: string) => show(path, terminal));
}

async function show(path: string, terminal: Terminal): Promise<void> {
  const read = await readKnowledge(path);
  if (!read.ok) throw new WorkFailed(problemText(read.problem));
  if (!read.value) throw new WorkFailed(`${path}: there is no such file. "replay --knowledge" writes one.`);
  terminal.out(`${knowledgeText(read.value).join('\n')}\n`);
}

/** The knowledge file of a call: read once, written after every recording. Without `--knowledge` nothing is kept. */
export class KnowledgeKeeper {
  private readonly path: string | null;
  private knowledge: KeptKnowledge | null;

  private constructor(path: string | null, knowledge: KeptKnowledge | null) {
    this.path = path;
    this.knowledge = knowledge;
  }

  /** @throws WorkFailed where the file is there and cannot be used. */
  static async open(path: string | undefined): Promise<KnowledgeKeeper> {
    if (path === undefined) return new KnowledgeKeeper(null, null);
    const read = await readKnowledge(path);
    if (!read.ok) throw new WorkFailed(problemText(read.problem));
    return new KnowledgeKeeper(path, read.value);
  }

  /** As it was read, or written last. */
  get kept(): KeptKnowledge | null {
    return this.knowledge;
  }

  /** @throws WorkFailed where the file is of another store. */
  knowledgeOf(store: StoreModel): KeptKnowledge | null {
    if (this.path === null) return null;
    const found = knowledgeFor(store, { knowledge: this.knowledge, path: this.path });
    if (!found.ok) throw new WorkFailed(problemText(found.problem));
    return found.value;
  }

  /** @throws WorkFailed where the file cannot be written. */
  async keep(knowledge: KeptKnowledge): Promise<void> {
    if (this.path === null) return;
    this.knowledge = knowledge;
    try {
      await writeKnowledge(this.path, knowledge);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new WorkFailed(
        `${this.path}: what was learnt could not be written: ${cause}. Name a file that can be written.`,
      );
    }
  }
}
