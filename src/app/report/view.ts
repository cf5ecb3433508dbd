/**
 * The story as the page tells it: people numbered by when they came in, moments (attributed weight changes) numbered
 * by when they happened, so that the receipt, the plan and the timeline speak of the same things by the same names.
 */
import { distanceToBoxM, floorDistanceM } from '../../domain/index.ts';
import type {
  Attribution,
  Interaction,
  Plate,
  Point3,
  ProductId,
  Visit,
  VisitId,
} from '../../domain/index.ts';
import { unweighedKind } from '../unweighed-moments.ts';
import type { UnweighedKind } from '../unweighed-moments.ts';
import { momentKey } from './story.ts';
import type { ReceiptTold, Story } from './story.ts';
import type { Walk } from './walks.ts';
import type { WeightTrace } from './weight-traces.ts';

export interface Person {
  readonly number: number;
  /** `Shopper 1`. */
  readonly name: string;
  /** Which of the eight looks (colour and dashes) is theirs, 1 to 8. */
  readonly look: number;
  readonly visit: Visit;
  readonly walks: readonly Walk[];
  readonly leftAtMs: number | null;
  readonly receipt: ReceiptTold | null;
  readonly walkedM: number;
}

/** Weighed, or what no scale saw: hands that met, and hands over plates that do not work. */
export type MomentKind = 'weighed' | UnweighedKind;

export interface Moment {
  readonly number: number;
  readonly kind: MomentKind;
  readonly attribution: Attribution;
  readonly interaction: Interaction | null;
  readonly trace: WeightTrace | null;
  readonly plates: readonly Plate[];
  readonly reach: Reach | null;
}

/** Who reached where at a moment, by the most probable explanation. */
export interface Reach {
  readonly person: Person;
  readonly head: Point3;
  readonly wrist: Point3;
}

export interface View {
  readonly story: Story;
  /** Makes the ids of this recording's part of the page its own: `r1`. */
  readonly prefix: string;
  readonly people: readonly Person[];
  readonly personByVisit: ReadonlyMap<VisitId, Person>;
  readonly moments: readonly Moment[];
  readonly momentByKey: ReadonlyMap<string, Moment>;
  /** Tracks that belong to no visit. */
  readonly strangers: readonly Walk[];
  /** Milliseconds since the recording began. */
  sinceStart(atMs: number): number;
  readonly durationMs: number;
}

export const LOOK_COUNT = 8;
/** A wrist is looked for this long before the plate left its level, and after it settled. */
const REACH_BEFORE_MS = 600;
const REACH_AFTER_MS = 200;

export function viewOf(story: Story, prefix: string): View {
  const people = peopleOf(story);
  const personByVisit = new Map(people.map((person) => [person.visit.visitId, person]));
  const moments = momentsOf(story, personByVisit);
  const taken = new Set(people.flatMap((person) => person.walks));
  return {
    story,
    prefix,
    people,
    personByVisit,
    moments,
    momentByKey: new Map(moments.map((moment) => [momentKey(moment.attribution), moment])),
    strangers: [...story.walks.byTrack.values()].filter((walk) => !taken.has(walk)),
    sinceStart: (atMs) => atMs - story.startsAtMs,
    durationMs: Number.isNaN(story.startsAtMs) ? 0 : story.endsAtMs - story.startsAtMs,
  };
}

function peopleOf(story: Story): Person[] {
  const receipts = new Map(story.receipts.map((told) => [told.receipt.visitId, told]));
  const visits = [...story.visits.values()].sort((a, b) => a.enteredAtMs - b.enteredAtMs);
  return visits.map((visit, index) => {
    const walks = visit.trackIds
      .map((track) => story.walks.byTrack.get(track))
      .filter((walk) => walk !== undefined)
      .sort((a, b) => a.firstAtMs - b.firstAtMs);
    const receipt = receipts.get(visit.visitId) ?? null;
    return {
      number: index + 1,
      name: `Shopper ${index + 1}`,
      look: (index % LOOK_COUNT) + 1,
      visit,
      walks,
      leftAtMs: receipt?.receipt.leftAtMs ?? story.leftAt.get(visit.visitId) ?? null,
      receipt,
      walkedM: walks.reduce((sum, walk) => sum + lengthM(walk), 0),
    };
  });
}

/** Steps shorter than this are the tracker's jitter, not walking. */
const WALKED_STEP_M = 0.1;

function lengthM(walk: Walk): number {
  let sum = 0;
  let from = walk.points[0]?.head;
  for (const { head } of walk.points) {
    const stepM = from ? floorDistanceM(from, head) : 0;
    if (stepM < WALKED_STEP_M) continue;
    sum += stepM;
    from = head;
  }
  return sum;
}

function momentsOf(story: Story, personByVisit: ReadonlyMap<VisitId, Person>): Moment[] {
  const attributions = [...story.attributions.values()].sort((a, b) => a.atMs - b.atMs);
  return attributions.map((attribution, index) => {
    const interaction = story.interactions.get(attribution.interactionId) ?? null;
    const plates = attribution.plateIds
      .map((plate) => story.store.layout.plateById.get(plate))
      .filter((plate) => plate !== undefined);
    return {
      number: index + 1,
      // A spread of nothing is no measurement.
      kind: attribution.sigmaGrams > 0 ? 'weighed' : unweighedKind(attribution),
      attribution,
      interaction,
      plates,
      trace: story.traces.byInteraction.get(attribution.interactionId) ?? null,
      reach: reachOf({ attribution, interaction, plates, personByVisit }),
    };
  });
}

interface ReachQuestion {
  readonly attribution: Attribution;
  readonly interaction: Interaction | null;
  readonly plates: readonly Plate[];
  readonly personByVisit: ReadonlyMap<VisitId, Person>;
}

/** The wrist that came nearest to the plates, of the person whom the most probable explanation names. */
function reachOf(of: ReachQuestion): Reach | null {
  const [first, second] = of.attribution.candidates;
  // Who was over a plate that weighs nothing is known, even where they probably took nothing.
  const likeliest = of.attribution.sigmaGrams === 0 && first?.moves.length === 0 ? second : first;
  const visit = likeliest?.moves.find((move) => move.visitId !== null)?.visitId;
  const person = visit ? of.personByVisit.get(visit) : undefined;
  if (!person) return null;
  const { atMs, plateIds } = of.attribution;
  const steps = (of.interaction?.steps ?? []).filter(
    (step) => plateIds.includes(step.plateId) && step.settledAtMs <= atMs + 1,
  );
  const leftAtMs = Math.max(...steps.map((step) => step.leftAtMs), atMs - 1000);
  let best: Reach | null = null;
  let bestM = Infinity;
  for (const walk of person.walks) {
    for (const point of walk.points) {
      if (point.atMs < leftAtMs - REACH_BEFORE_MS || point.atMs > atMs + REACH_AFTER_MS) continue;
      for (const wrist of point.wrists) {
        const awayM = Math.min(...of.plates.map((plate) => distanceToBoxM(plate.reach, wrist)));
        if (awayM >= bestM) continue;
        bestM = awayM;
        best = { person, head: point.head, wrist };
      }
    }
  }
  return best;
}

/** True where some candidate has `visit` move this product, or get it from somebody's hands. */
export function concerns(
  attribution: Attribution,
  of: { readonly visitId: VisitId; readonly productId: ProductId },
): boolean {
  return attribution.candidates.some((candidate) =>
    candidate.moves.some(
      (move) =>
        (move.visitId === of.visitId || move.toVisitId === of.visitId) &&
        move.items.some((item) => item.productId === of.productId),
    ),
  );
}
