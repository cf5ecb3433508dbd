/** Runs a scene through the loop and keeps what the page shows: every moment as it was read, every basket as it was told. */
import { present } from '../../src/base/index.ts';
import { accept, closeShop, openShop } from '../../src/engine/index.ts';
import type { Shop, ShopEvent } from '../../src/engine/index.ts';
import { basketOf, listedProbability } from '../../src/fusion/index.ts';
import type { FusionState } from '../../src/fusion/index.ts';
import type {
  Attribution,
  Interaction,
  LineStatus,
  PlacePicks,
  ProductId,
  Receipt,
  VisitId,
} from '../../src/domain/index.ts';
import { secondsOf } from './scenes.ts';
import type { Scene } from './scenes.ts';

type Groups = FusionState['groups'];
export type Group = NonNullable<ReturnType<Groups['get']>>[number];
export type FusedEvent = Group['events'][number];
export type Option = FusedEvent['options'][number];

/** A line of a live basket, or one that could be missing, at one moment. */
export interface ToldLine {
  readonly s: number;
  readonly visitId: VisitId;
  readonly productId: ProductId;
  readonly quantity: number;
  readonly probability: number;
  readonly status: LineStatus;
  /** False where the line is told as one that could be missing. */
  readonly isLine: boolean;
}

/** A moment right after it was committed. */
export interface Committed {
  readonly attribution: Attribution;
  readonly event: FusedEvent;
  readonly group: Group;
  /** What was known of places when it was read. */
  readonly picks: PlacePicks;
  readonly toldAtS: number;
}

export interface Issued {
  readonly receipt: Receipt;
  readonly evidence: readonly Attribution[];
}

/** P(the row is wrong) of some products after one more moment. */
export interface RowDoubt {
  readonly attribution: Attribution;
  readonly wrong: ReadonlyMap<ProductId, number>;
}

export interface Followed {
  readonly told: readonly ToldLine[];
  readonly committed: readonly Committed[];
  readonly issued: readonly Issued[];
  readonly interactions: readonly Interaction[];
  readonly rowDoubts: readonly RowDoubt[];
}

/** The live baskets are looked at this often. */
const LOOK_MS = 100;

function groupOf(groups: Groups, attribution: Attribution): Group | undefined {
  return [...groups.values()].flat().find((group) => groupHas(group, attribution));
}

function groupHas(group: Group, { interactionId, atMs }: Attribution): boolean {
  const { moment } = group.events.at(-1) ?? {};
  return moment?.interactionId === interactionId && moment.settledAtMs === Number(atMs);
}

function linesNow(shop: Shop, s: number): ToldLine[] {
  return [...shop.visits.keys()].flatMap((visitId) => {
    const { lines, unlikely } = basketOf(shop.fusion, visitId);
    const told = [...lines, ...unlikely];
    return told.map((line): ToldLine => ({ ...line, s, visitId, isLine: lines.includes(line) }));
  });
}

class Follower {
  readonly told: ToldLine[] = [];
  readonly committed: Committed[] = [];
  readonly issued: Issued[] = [];
  readonly rowDoubts: RowDoubt[] = [];
  readonly interactions: Interaction[] = [];
  private readonly scene: Scene;
  private readonly shop: Shop;
  private lookedAtMs = -Infinity;
  private picks: PlacePicks;

  constructor(scene: Scene) {
    this.scene = scene;
    this.shop = openShop(scene.store);
    this.picks = this.shop.fusion.places.picks;
  }

  follow(): Followed {
    for (const observation of this.scene.recording.observations()) {
      this.picks = this.shop.fusion.places.picks;
      const events = accept(this.shop, observation);
      for (const event of events) this.hear(event);
      this.look();
    }
    for (const event of closeShop(this.shop)) this.hear(event);
    return this;
  }

  private get nowS(): number {
    return secondsOf(this.scene, this.shop.nowMs);
  }

  private look(): void {
    const { nowMs } = this.shop;
    if (nowMs - this.lookedAtMs < LOOK_MS) return;
    this.lookedAtMs = nowMs;
    this.told.push(...linesNow(this.shop, this.nowS));
  }

  private hear(event: ShopEvent): void {
    if (event.kind === 'receipt-issued') this.issued.push(event);
    if (event.kind === 'interaction-told' && event.interaction.phase === 'final')
      this.interactions.push(event.interaction);
    if (event.kind !== 'interaction-attributed') return;
    const { attribution } = event;
    const { weights, groups } = this.shop.fusion;
    const wrong = new Map([...weights].map(([product, weight]) => [product, 1 - listedProbability(weight)]));
    this.rowDoubts.push({ attribution, wrong });
    const group = groupOf(groups, attribution);
    const told = group?.events.at(-1);
    if (group && told)
      this.committed.push({ attribution, event: told, group, picks: this.picks, toldAtS: this.nowS });
  }
}

export function followed(scene: Scene): Followed {
  return new Follower(scene).follow();
}

/** What was committed for the moment at which `product` was truly moved for the `nth` time, from 0. */
export function committedFor(
  scene: Scene,
  run: Followed,
  { product, nth }: { readonly product: ProductId; readonly nth: number },
): Committed {
  const moves = scene.recording.moves.filter((move) => move.productId === product);
  const atMs = present(moves[nth], 'GUIDE_SCENE_HAS_NO_SUCH_MOVE').atMs;
  const found = run.committed.find(
    ({ event: { moment } }) => moment.leftAtMs - NEAR_MS <= atMs && atMs <= moment.settledAtMs + NEAR_MS,
  );
  return present(found, 'GUIDE_MOVE_WAS_NOT_FOUND');
}

/** A step is timed to the block, and the hand is at the plate a little before and after it. */
const NEAR_MS = 300;
