export { checkFaults } from './check-faults.ts';
export { createDelivery, deliveryCounts, receive, receiveRest, send } from './delivery.ts';
export type { Delivery, DeliveryCounts, DeliveryOptions } from './delivery.ts';
export { DELIVERY_PROBLEM_CODES } from './problem-codes.ts';
export type { DeliveryProblemCode } from './problem-codes.ts';
export { DELIVERY_SETTINGS, RECORDED_TRACK_LATENCY } from './settings.ts';
export type { DeliverySettings, Latency } from './settings.ts';
