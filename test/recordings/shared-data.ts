/** Real recordings that are not part of the repository: they lie beside the checkout where developers have them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHARED = fileURLToPath(new URL('../../../shared/data/aifi', import.meta.url));

export const REAL_RECORDING = join(SHARED, 'benchmark-1');
export const REAL_STORE = join(SHARED, 'store');
export const isRealDataAbsent = !existsSync(REAL_RECORDING) || !existsSync(REAL_STORE);
export const REASON_DATA_ABSENT = 'the real recording is not beside this checkout (shared/data/aifi)';
