/**
 * What part of the loop the time goes to, by sampling: each sample counts for the innermost function that belongs to a
 * stage, so that a kernel's time is that of whoever called it. Sampling makes everything a little slower.
 */
import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';

/** By the start of a path below `src/`; the first that fits. */
const STAGES: readonly (readonly [string, string])[] = [
  ['sensing/', 'sensing'],
  ['fusion/people/', 'bodies, reaches'],
  ['fusion/goods/', 'what was moved'],
  ['fusion/stories/basket-of', 'baskets'],
  ['fusion/stories/attributions', 'baskets'],
  ['fusion/stories/', 'stories'],
  ['fusion/', 'fold, learning'],
  ['decision/', 'decisions'],
  ['engine/', 'door, visits, receipts'],
];

const GARBAGE = 'garbage';
const SAMPLE_US = 1000;

type ProfileNode = Profiler.ProfileNode;

export interface StageShare {
  readonly stage: string;
  /** Of all samples that fell into the shop. */
  readonly share: number;
}

/** The stage of a function; null where it is none's own. */
function stageOf({ functionName, url }: ProfileNode['callFrame']): string | null {
  if (functionName === '(garbage collector)') return GARBAGE;
  const [, path] = url.split('/src/');
  return STAGES.find(([start]) => path?.startsWith(start))?.[1] ?? null;
}

function sharesIn(profile: Profiler.Profile): StageShare[] {
  const stageById = new Map<number, string | null>();
  const visit = (node: ProfileNode, outer: string | null, byId: ReadonlyMap<number, ProfileNode>): void => {
    const stage = stageOf(node.callFrame) ?? outer;
    stageById.set(node.id, stage);
    for (const child of node.children ?? []) visit(byId.get(child)!, stage, byId);
  };
  visit(profile.nodes[0]!, null, new Map(profile.nodes.map((node) => [node.id, node])));
  const usByStage = new Map<string, number>();
  profile.samples?.forEach((id, index) => {
    const stage = stageById.get(id);
    if (stage) usByStage.set(stage, (usByStage.get(stage) ?? 0) + (profile.timeDeltas?.[index] ?? 0));
  });
  const total = [...usByStage.values()].reduce((sum, us) => sum + us, 0);
  return [...usByStage]
    .map(([stage, us]) => ({ stage, share: us / total }))
    .sort((a, b) => b.share - a.share);
}

export interface StageWatch {
  /** Ends the watch; the dearest stage first. */
  end(): StageShare[];
}

/** Watches this process from now on. The twin's own time is left out; garbage is everybody's, the twin's too. */
export function watchStages(): StageWatch {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  session.post('Profiler.start');
  return {
    end: () => {
      let shares: StageShare[] = [];
      session.post('Profiler.stop', (error, { profile }) => {
        if (error) throw error;
        shares = sharesIn(profile);
      });
      session.disconnect();
      return shares;
    },
  };
}
