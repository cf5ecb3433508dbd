/**
 * What a recording told, gathered for its page. Everything is bounded: what goes beyond a limit is counted, and the
 * page says so. Times stay as the sensors stamped them; `startsAtMs` is the earliest stamp of the first seconds, since
 * a tracker's pictures arrive later than plate samples of the same moment.
 */
import type { EpochMs } from '../../base/index.ts';
import type {
  Attribution,
  DeviceHealth,
  DeviceId,
  Fixture,
  Interaction,
  InteractionId,
  Observation,
  PlateId,
  PlateReport,
  ProductId,
  Receipt,
  StoreModel,
  Visit,
  VisitId,
  WeightNotice,
} from '../../domain/index.ts';
import type { ShopEvent } from '../../engine/index.ts';
import { ProblemTally } from '../commands/problem-tally.ts';
import { Walks } from './walks.ts';
import { WeightTraces } from './weight-traces.ts';

export interface ReceiptTold {
  readonly receipt: Receipt;
  readonly evidence: readonly Attribution[];
}

export interface PlateHealth {
  readonly report: PlateReport;
  /** How often the plate fell ill, the present illness included. */
  readonly timesIll: number;
}

export interface DeviceTold {
  readonly health: DeviceHealth;
  /** How often it fell ill, the present illness included. */
  readonly timesIll: number;
}

export interface StoryLimits {
  readonly receipts: number;
  readonly visits: number;
  readonly interactions: number;
  readonly attributions: number;
  readonly devices: number;
}

export const STORY_LIMITS: StoryLimits = {
  receipts: 300,
  visits: 300,
  interactions: 2000,
  attributions: 1000,
  devices: 300,
};

/** The first seconds of receive time, in which the earliest stamp is looked for. */
const START_MS = 5000;
/** A stamp further than this from its receive time belongs to a broken clock, and dates nothing. */
const STAMP_APART_MS_MAX = 60_000;

export class Story {
  readonly recordingName: string;
  readonly store: StoreModel;
  readonly walks = new Walks();
  readonly traces: WeightTraces;
  readonly problems = new ProblemTally();
  readonly visits = new Map<VisitId, Visit>();
  readonly leftAt = new Map<VisitId, EpochMs>();
  readonly receipts: ReceiptTold[] = [];
  readonly interactions = new Map<InteractionId, Interaction>();
  readonly attributions = new Map<string, Attribution>();
  readonly health = new Map<PlateId, PlateHealth>();
  readonly devices = new Map<DeviceId, DeviceTold>();
  /** What was said last of each product that does not weigh what is listed; no more than there are products. */
  readonly weightNotices = new Map<ProductId, WeightNotice>();
  readonly heardFixtures = new Set<Fixture['fixtureId']>();
  /** What went beyond a limit, by what it is. */
  readonly leftOut = new Map<keyof StoryLimits, number>();
  observationCount = 0;
  startsAtMs = Number.NaN;
  endsAtMs = Number.NaN;
  private firstReceivedAtMs = Number.NaN;
  private readonly limits: StoryLimits;

  constructor(recordingName: string, store: StoreModel, limits: StoryLimits = STORY_LIMITS) {
    this.recordingName = recordingName;
    this.store = store;
    this.traces = new WeightTraces(store.layout);
    this.limits = limits;
  }

  observe(observation: Observation): void {
    this.observationCount++;
    this.followClock(observation);
    if (observation.kind === 'tracks') this.walks.follow(observation);
    if (observation.kind !== 'plates') return;
    this.heardFixtures.add(observation.fixtureId);
    this.traces.observe(observation);
  }

  hear(event: ShopEvent): void {
    switch (event.kind) {
      case 'visit-entered':
        this.keepVisit(event.visit);
        break;
      case 'visit-left':
        this.keepVisit(event.visit);
        this.leftAt.set(event.visit.visitId, event.visit.lastSeenAtMs);
        break;
      case 'interaction-told':
        this.keepInteraction(event.interaction);
        break;
      case 'interaction-attributed':
        this.keepAttribution(event.attribution);
        break;
      case 'plate-reported':
        this.keepHealth(event.report);
        break;
      case 'device-reported':
        this.keepDevice(event.health);
        break;
      case 'receipt-issued':
        this.keepReceipt(event.receipt, event.evidence);
        break;
      case 'weight-noticed':
        this.weightNotices.set(event.notice.productId, event.notice);
        break;
      case 'observation-refused':
        this.problems.add(event.problem);
        break;
      default:
        // A live basket is the business of screens; its last form is the receipt.
        break;
    }
  }

  private followClock(observation: Observation): void {
    const { observedAtMs, receivedAtMs } = observation;
    if (Math.abs(receivedAtMs - observedAtMs) > STAMP_APART_MS_MAX) return;
    if (Number.isNaN(this.firstReceivedAtMs)) {
      this.firstReceivedAtMs = receivedAtMs;
      this.startsAtMs = observedAtMs;
      this.endsAtMs = observedAtMs;
    }
    if (receivedAtMs - this.firstReceivedAtMs <= START_MS)
      this.startsAtMs = Math.min(this.startsAtMs, observedAtMs);
    this.endsAtMs = Math.max(this.endsAtMs, observedAtMs);
  }

  private hasRoom(what: keyof StoryLimits, keptCount: number): boolean {
    if (keptCount < this.limits[what]) return true;
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1);
    return false;
  }

  private keepVisit(visit: Visit): void {
    if (this.visits.has(visit.visitId) || this.hasRoom('visits', this.visits.size))
      this.visits.set(visit.visitId, visit);
  }

  private keepReceipt(receipt: Receipt, evidence: readonly Attribution[]): void {
    const visit = this.visits.get(receipt.visitId);
    if (visit) this.visits.set(receipt.visitId, { ...visit, trackIds: receipt.trackIds });
    if (!this.hasRoom('receipts', this.receipts.length)) return;
    this.receipts.push({ receipt, evidence });
    for (const attribution of evidence) this.keepAttribution(attribution);
  }

  private keepInteraction(interaction: Interaction): void {
    const { interactionId } = interaction;
    if (!this.interactions.has(interactionId) && !this.hasRoom('interactions', this.interactions.size))
      return;
    this.interactions.set(interactionId, interaction);
    if (interaction.phase === 'final') this.traces.cut(interaction);
  }

  private keepAttribution(attribution: Attribution): void {
    const key = momentKey(attribution);
    if (this.attributions.has(key) || this.hasRoom('attributions', this.attributions.size))
      this.attributions.set(key, attribution);
  }

  private keepHealth(report: PlateReport): void {
    const before = this.health.get(report.plateId)?.timesIll ?? 0;
    const timesIll = report.condition === 'working' ? before : before + 1;
    this.health.set(report.plateId, { report, timesIll });
  }

  private keepDevice(health: DeviceHealth): void {
    const before = this.devices.get(health.deviceId);
    if (!before && !this.hasRoom('devices', this.devices.size)) return;
    const timesIll = (before?.timesIll ?? 0) + (health.state === 'online' ? 0 : 1);
    this.devices.set(health.deviceId, { health, timesIll });
  }
}

/** Names one moment of an interaction, however often it is told again with other probabilities. */
export function momentKey(attribution: Attribution): string {
  return [attribution.interactionId, ...attribution.plateIds, Math.round(attribution.atMs)].join(' ');
}
