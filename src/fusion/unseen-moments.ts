/** Moments that no plate weighs: hands that met, and hands over plates that do not work. */
import type { PlaceScene } from './goods/place-belief.ts';
import type { HandMeeting } from './people/hand-meetings.ts';
import type { GroupBook } from './stories/group-book.ts';
import { meetingEvents } from './stories/meeting-event.ts';
import type { FusedEvent } from './stories/story.ts';
import { unweighedEvent } from './stories/unweighed-event.ts';
import type { UnweighedReach } from './stories/unweighed-event.ts';

export type UnseenMoment =
  | { readonly kind: 'meeting'; readonly atMs: number; readonly meeting: HandMeeting }
  | { readonly kind: 'unweighed'; readonly atMs: number; readonly reach: UnweighedReach };

/** What may have happened then, by what everybody holds in `scene`. */
export function eventsOf(
  scene: PlaceScene & { readonly groups: GroupBook },
  moment: UnseenMoment,
): FusedEvent[] {
  return moment.kind === 'meeting'
    ? meetingEvents(scene.groups, moment.meeting, scene.settings)
    : [unweighedEvent(scene, moment.reach)];
}
