export { WholeFile, writeWholeFile } from './whole-file.ts';
