export { createReport, writeReport } from './report.ts';
export type { Report, ReportOptions } from './report.ts';
