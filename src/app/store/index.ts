export { StoreProcess } from './store-process.ts';
export type { StoreProcessParts } from './store-process.ts';
