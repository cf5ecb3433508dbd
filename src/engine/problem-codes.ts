/** The codes of observations that the door refuses or mends, with what each means; docs/reference/errors.md lists them. */
export const ENGINE_PROBLEM_CODES = {
  FIXTURE_UNKNOWN: 'A plate batch names a fixture that the layout lacks; it is left out.',
  BATCH_SHAPE: 'A plate batch does not hold samples × plates of its fixture; it is left out.',
  BATCH_RATE: 'A plate batch states an impossible sample rate; it is left out.',
  GATE_UNKNOWN: 'A crossing names a gate that the store lacks; it is left out.',
  TAG_SIGNAL: 'A tag was read without a finite signal strength; that read is left out.',
  CART_WEIGHT: 'A cart tells a weight that is no number; it is left out.',
  TRACK_POINT: 'A tracked point is not a finite place; the point is left out.',
  SOURCES_TOO_MANY: 'More sources speak than the shop can have; the new one is not heard.',
  MESSAGE_REPEATED: 'A message came twice; the second is left out.',
  MESSAGE_LATE: 'A message came after later ones had been used; it is left out.',
  MESSAGES_MISSING: 'Messages of a source never came.',
  SEQUENCE_RESTARTED: 'A source began to count anew; it is followed from there.',
  CLOCK_STEPPED: "A source's clock jumped; its times are shifted so that they go on.",
} as const;

export type EngineProblemCode = keyof typeof ENGINE_PROBLEM_CODES;
