/** The file in which a store keeps what it has learnt, from run to run. */
import { readFile } from 'node:fs/promises';
import { ok, refused } from '../base/index.ts';
import type { Result } from '../base/index.ts';
import { knowledgeDocumentText, parseKnowledgeDocument } from '../contract/index.ts';
import type { DataProblem, StoreKnowledge, StoreModel } from '../domain/index.ts';
import type { ShopKnowledge } from '../engine/index.ts';
import { writeWholeFile } from '../files/index.ts';
import { checkedDecision } from './decision-document.ts';
import type { KeptDecision } from './decision-document.ts';

/** What a knowledge file holds. */
export interface KeptKnowledge extends ShopKnowledge {
  readonly decision?: KeptDecision;
}

function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the file at `path` holds; null where there is none yet. */
export async function readKnowledge(path: string): Promise<Result<KeptKnowledge | null, DataProblem>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ok(null);
    return refused({
      code: 'KNOWLEDGE_UNREADABLE',
      where: path,
      what: `the file cannot be read: ${causeOf(error)}`,
      remedy: 'Name a file that can be read, or one that is not there yet.',
    });
  }
  const parsed = parseKnowledgeDocument(text, path);
  if (!parsed.ok) return parsed;
  const { decision, ...knowledge } = parsed.value;
  if (decision === undefined) return ok(knowledge);
  const checked = checkedDecision(decision, path);
  return checked.ok ? ok({ ...knowledge, decision: checked.value }) : checked;
}

/** Refuses what another store has learnt: its products weigh what they weigh there, and stand elsewhere. */
export function knowledgeFor(
  store: StoreModel,
  kept: { readonly knowledge: KeptKnowledge | null; readonly path: string },
): Result<KeptKnowledge | null, DataProblem> {
  const { knowledge, path } = kept;
  const { storeId } = store.layout;
  if (!knowledge || knowledge.storeId === storeId) return ok(knowledge);
  return refused({
    code: 'KNOWLEDGE_OF_ANOTHER_STORE',
    where: path,
    what: `the file is of store ${knowledge.storeId}, the recording of store ${storeId}`,
    remedy: 'Keep a file for each store.',
  });
}

/** @throws the system's error; what was there before is then unchanged. */
export async function writeKnowledge(path: string, knowledge: StoreKnowledge): Promise<void> {
  await writeWholeFile(path, knowledgeDocumentText(knowledge));
}
