export { base64FromFloat32, float32FromBase64 } from './float32-text.ts';
export { exactJsonText } from './json-text.ts';
export type { JsonValue } from './json-text.ts';
export {
  messageSchemaText,
  observationText,
  parseObservation,
  plateBatchSchema,
  trackFrameSchema,
} from './observation-messages.ts';
export {
  parseStoreDocument,
  STORE_FORMAT_VERSION,
  storeDocumentSchema,
  storeDocumentText,
} from './store-document.ts';
export type { StoreDocument, StoreRead } from './store-document.ts';
