/** The codes that reading and writing AiFi documents can report, with what each means. */
export const AIFI_PROBLEM_CODES = {
  AIFI_PATH_MISSING: 'The recording directory is not there, or is not a directory; nothing was opened.',
  AIFI_EMPTY: 'The recording directory has no files; nothing was opened.',
  AIFI_NOTHING_OBSERVED: 'The directory has neither plate nor target documents; nothing was opened.',
  AIFI_GEOMETRY_MISSING: 'A geometry file of the store is not there; nothing was opened.',
  AIFI_GEOMETRY_CORRUPT: 'A geometry file is not JSON or lacks its list; nothing was opened.',
  AIFI_GEOMETRY_ORPHAN: 'A shelf or plate has no usable place or parent; it is left out.',
  AIFI_TOO_LARGE: 'The recording is longer than this format is read in one go; nothing was opened.',
  AIFI_FILE_TRUNCATED: 'A file breaks off or cannot be read further; what came before is used.',
  AIFI_LINE_TOO_LONG: 'A line is longer than any document can be; it is left out.',
  AIFI_RECORD_NOT_JSON: 'A line is not a JSON document, or is cut off; it is left out.',
  AIFI_TIME_MISSING: 'A document has no usable time; it is left out.',
  AIFI_FIXTURE_UNKNOWN: 'A plate document names a fixture that the geometry lacks; it is left out.',
  AIFI_PLATES_TYPE: 'A plate document holds something other than float32; it is left out.',
  AIFI_PLATES_SHAPE: 'A plate document declares no usable shape; it is left out.',
  AIFI_PLATES_BASE64: 'The samples of a plate document are not base64; it is left out.',
  AIFI_PLATES_LENGTH: 'A plate document has more or fewer samples than its shape says; it is left out.',
  AIFI_TARGETS_MALFORMED: 'A target document has no list of targets; it is left out.',
  AIFI_TARGET_NAMELESS: 'A target has no usable id; that body is left out of its frame.',
  AIFI_TARGET_TWICE: 'A target appears twice in one frame; the later one is left out.',
  AIFI_POINT_NOT_FINITE: 'A joint has a coordinate or score that is no number; that joint is left out.',
  AIFI_PRODUCTS_MISSING: 'There is no usable product document; nothing can be named, weighed or priced.',
  AIFI_PRODUCT_PRICE: 'A product has a price that is no amount of money; its price counts as unknown.',
  AIFI_PLANOGRAM_MISSING: 'There is no usable planogram document; where products lie is unknown.',
  AIFI_FACING_PRODUCT_MISSING: 'A facing names no product; it is left out.',
  AIFI_FACING_PLATE_MISSING:
    'A facing names no plates, or a plate without a usable number; that is left out.',
  AIFI_NOT_WRITABLE: 'An observation cannot be expressed in this format; it was not written.',
  AIFI_NOT_WRITTEN: 'The documents could not be written.',
} as const;

export type AifiProblemCode = keyof typeof AIFI_PROBLEM_CODES;
