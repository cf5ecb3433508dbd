/** The codes that reading and writing MCAP recordings can report, with what each means. */
export const MCAP_PROBLEM_CODES = {
  MCAP_PATH_MISSING: 'The file is not there or cannot be read; nothing was opened.',
  MCAP_NOT_MCAP: 'The file does not begin as an MCAP file; nothing was opened.',
  MCAP_STORE_MISSING: 'The file has no description of its store; nothing was opened.',
  MCAP_STORE_UNREADABLE: 'The description of the store is damaged or of a newer format; nothing was opened.',
  RECORDING_TRUNCATED: 'The file breaks off or has no usable index; what is there is read.',
  MCAP_CHUNK_CORRUPT: 'A chunk of the file is damaged; its messages are left out.',
  MCAP_MESSAGE_MALFORMED: 'A message is not what its schema says; it is left out.',
  MCAP_FIXTURE_UNKNOWN: 'A message does not fit the fixture that it names; it is left out.',
  MCAP_NOT_WRITTEN: 'The file could not be written; what was there before is unchanged.',
  MCAP_OBSERVATION_NOT_FINITE: 'An observation has a number that is not finite; it was not written.',
} as const;

export type McapProblemCode = keyof typeof MCAP_PROBLEM_CODES;
