/** A disk that fails in the midst of writing: it takes nothing more, and what was acknowledged before is there. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStoreLog } from '../../src/adapters/store-log-sqlite/index.ts';
import { storeId } from '../../src/domain/index.ts';
import { refusal } from '../conformance/store-log.ts';
import { checkLog, NOTHING_CHECKED, numberedBatch } from '../sim/store-log/index.ts';
import type { Acknowledged } from '../sim/store-log/index.ts';
import { imageAbsentReason, imageDisk, memoryAbsentReason, memoryDisk } from './mounts.ts';

const WRITER = { storeId: storeId('store-1'), writerId: 'writer-1' };
const IMAGE_MEGABYTES = 64;
const MEGABYTES_UNDER_IT = 16;
/** More than the disk under the image holds. */
const APPENDS_MAX = 40_000;

test('SQLite on a disk that fails', async ({ skip }) => {
  skip(imageAbsentReason !== null, imageAbsentReason ?? '');
  skip(memoryAbsentReason !== null, memoryAbsentReason ?? '');
  const disk = imageDisk(IMAGE_MEGABYTES, memoryDisk(MEGABYTES_UNDER_IT));
  const opened = await SqliteStoreLog.open({ ...WRITER, path: join(disk.directory, 'log.db') });
  if (!opened.ok) throw new Error(opened.problem.what);
  const log = opened.value;
  onTestFinished(() => log.close());
  const acknowledged: Acknowledged[] = [];
  let code: string | null = null;
  for (let number = 1; code === null && number <= APPENDS_MAX; number++) {
    code = await refusal(
      log.append(numberedBatch(number)).then((kept) => acknowledged.push({ number, ...kept })),
    );
  }
  expect(code).toBe('STORE_LOG_UNREACHABLE');
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(await refusal(log.append(numberedBatch(1)))).toBe('STORE_LOG_UNREACHABLE');
  disk.copyAsCut();
  await log.close();
  const path = join(disk.mountCopy(), 'log.db');
  const again = await SqliteStoreLog.open({ ...WRITER, path });
  if (!again.ok) throw new Error(again.problem.what);
  const { found, checked } = await checkLog(again.value, acknowledged, NOTHING_CHECKED);
  expect(found).toEqual([]);
  expect(await again.value.append(numberedBatch(checked.number + 1))).toEqual({
    firstPosition: checked.position + 1,
  });
  await again.value.close();
});
