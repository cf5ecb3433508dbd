export { stepPeople } from './acting.ts';
export { momentOf } from './body.ts';
export { apartM } from './floor-vectors.ts';
export type { Person, PersonTraits } from './person.ts';
export { createScene, enter } from './scene.ts';
export type { Arrival, Scene, SceneCounts } from './scene.ts';
export type { Task, TaskOf } from './task.ts';
