export { barcodeInputSchema, embeddedRuleSchema } from './barcode-case.ts';
export type { BarcodeInput } from './barcode-case.ts';
export { caseDocumentSchema, CASES_FORMAT_VERSION } from './case-document.ts';
export type { CaseDocument } from './case-document.ts';
export {
  KNOWLEDGE_FORMAT_VERSION,
  knowledgeDocumentSchema,
  knowledgeDocumentText,
  parseKnowledgeDocument,
} from './knowledge-document.ts';
export { base64FromFloat32, float32FromBase64 } from './float32-text.ts';
export { exactJsonText } from './json-text.ts';
export type { JsonValue } from './json-text.ts';
export { isWritable } from './finite-numbers.ts';
export { mqttMessage, observationFromMqtt, storeTopicFilter } from './mqtt-message.ts';
export type { MqttMessage } from './mqtt-message.ts';
export {
  decodePlateMessage,
  encodePlateMessage,
  PLATE_HEADER_BYTES,
  PLATE_MESSAGE_VERSION,
} from './plate-message.ts';
export type { PlateMessageSetting } from './plate-message.ts';
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
export { strictForm } from './strict-form.ts';
export { parseTopic, topicOf } from './topics.ts';
export type { ReadTopic } from './topics.ts';
export { trackFrameSchema } from './track-json.ts';
