import { allowedImports, everyFileIsUsed, noRings, throughTheDoor } from './import-rules.ts';
import {
  noOutsideWorld,
  pureFoldersAreSynchronous,
  testsAreRepeatable,
  twinHasExactMath,
} from './purity-rules.ts';
import type { Rule } from './rule.ts';
import { fileSize, functionSize, parameterCount, sizeDistribution } from './size-rules.ts';
import {
  kebabCaseNames,
  noForeignFiles,
  noUnwantedWords,
  remindersHaveReasons,
  skippedTestsSayWhy,
} from './text-rules.ts';
import { brandsAreChecked, noAny, noDefaultExports, noEnums, starsOnlyInDoors } from './type-rules.ts';

export { EXCEPTIONS } from './exceptions.ts';
export { codeFile, readRepository, repositoryOf } from './repository.ts';
export type { Repository, TextFile } from './repository.ts';
export type { Rule, Snippet, Violation } from './rule.ts';
export { visitNodes } from './size-rules.ts';

export const RULES: readonly Rule[] = [
  allowedImports,
  throughTheDoor,
  noRings,
  everyFileIsUsed,
  fileSize,
  functionSize,
  parameterCount,
  sizeDistribution,
  noOutsideWorld,
  testsAreRepeatable,
  pureFoldersAreSynchronous,
  twinHasExactMath,
  noAny,
  noEnums,
  noDefaultExports,
  starsOnlyInDoors,
  brandsAreChecked,
  remindersHaveReasons,
  skippedTestsSayWhy,
  kebabCaseNames,
  noUnwantedWords,
  noForeignFiles,
];
