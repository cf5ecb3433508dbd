export { hearObservations } from './hear-observations.ts';
export type { HeardCounters, Hearing, MqttHearOptions } from './hear-observations.ts';
export type { RetrySettings } from './broker-link.ts';
export { MQTT_PROBLEM_CODES } from './problem-codes.ts';
export type { MqttProblemCode } from './problem-codes.ts';
export { publishObservations, RETRY_SETTINGS } from './publish-observations.ts';
export type { MqttCredentials, MqttPublished, MqttPublishOptions } from './publish-observations.ts';
