export { CART_SCALE_SETTINGS, createCartScale, putInCart, readCart, rollCart } from './cart-scale.ts';
export type { CartScale, CartScaleOptions, CartScaleSettings, Roll } from './cart-scale.ts';
export { createDeviceHealth, HEARTBEAT_MS, readHealth } from './device-health.ts';
export type { DeviceHealthOptions, DevicesHealth, DeviceTrouble } from './device-health.ts';
export { createGates, GATE_SETTINGS, passGate, readGates } from './gates.ts';
export type { Gates, GateSettings } from './gates.ts';
export { createTagReader, passTags, readTags, TAG_READER_SETTINGS } from './tag-reader.ts';
export type { Tag, TagReader, TagReaderOptions, TagReaderSettings } from './tag-reader.ts';
