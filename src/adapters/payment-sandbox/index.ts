export { ProcessorModel } from './processor-model.ts';
export type { Arrival, ModelSettings, Webhook, Whim } from './processor-model.ts';
