export { base64FromFloat32, float32FromBase64 } from './float32-text.ts';
export { exactJsonText } from './json-text.ts';
export type { JsonValue } from './json-text.ts';
export { cartWeightSchema, deviceHealthSchema, gateCrossingSchema, tagReadsSchema } from './device-json.ts';
export {
  messageSchemaText,
  OBSERVATION_KINDS,
  observationText,
  parseObservation,
} from './observation-messages.ts';
export { plateBatchSchema } from './plate-json.ts';
export { CONTRACT_PROBLEM_CODES } from './problem-codes.ts';
export type { ContractProblemCode } from './problem-codes.ts';
export {
  parseStoreDocument,
  STORE_FORMAT_VERSION,
  storeDocumentSchema,
  storeDocumentText,
} from './store-document.ts';
export type { StoreDocument, StoreRead } from './store-document.ts';
export { parseTopic, topicOf } from './topics.ts';
export type { ReadTopic } from './topics.ts';
export { trackFrameSchema } from './track-json.ts';
