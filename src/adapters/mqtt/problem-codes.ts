/** The codes that publishing to a broker, and hearing from one, can report, with what each means. */
export const MQTT_PROBLEM_CODES = {
  MQTT_URL: 'The address names no MQTT broker; nothing was published.',
  MQTT_REFUSED: 'The broker refuses us; publishing ends.',
  MQTT_UNREACHABLE:
    'The broker could not be reached: publishing ends after as long as was allowed, hearing goes on trying.',
  MQTT_CONNECTION_LOST:
    'The connection to the broker broke; what was on its way may be lost, the rest waits.',
  MQTT_NOT_PUBLISHABLE: 'An observation cannot be a message; it was not published.',
  MQTT_RETAINED: 'An event came with the retain flag: it is old, and left out.',
  MQTT_MESSAGE: 'A message of a sensor cannot be read; it is left out.',
} as const;

export type MqttProblemCode = keyof typeof MQTT_PROBLEM_CODES;
