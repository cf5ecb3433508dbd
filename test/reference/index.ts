export { logStudentT } from './run-posterior.ts';
export { senseByReference } from './reference-sensing.ts';
export type { ReferenceInteraction } from './reference-sensing.ts';
export { Scene, SCENE_STARTS_AT_MS } from './scene.ts';
export type { SceneOptions } from './scene.ts';
export { sensed } from './sensed.ts';
export type { Sensed } from './sensed.ts';
