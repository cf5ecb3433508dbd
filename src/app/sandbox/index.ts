export { readFaultFile } from './fault-file.ts';
