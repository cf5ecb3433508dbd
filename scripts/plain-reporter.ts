/**
 * Ends a test run with what a person or a machine wants to know: which tests were skipped and why, and one plain line
 * of counts. It follows the default reporter. A file that could not even be loaded counts as one failure.
 */
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

export interface RunCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countsLine(counts: RunCounts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

function countOf(values: Iterable<unknown>): number {
  return [...values].length;
}

function countRun(modules: readonly TestModule[], strayErrorCount: number): RunCounts {
  let passed = 0;
  let failed = strayErrorCount;
  let skipped = 0;
  for (const module of modules) {
    const failedTests = countOf(module.children.allTests('failed'));
    const isBroken = failedTests === 0 && module.state() === 'failed';
    passed += countOf(module.children.allTests('passed'));
    failed += isBroken ? 1 : failedTests;
    skipped += countOf(module.children.allTests('skipped'));
  }
  return { passed, failed, skipped };
}

function skippedLines(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('skipped')].map((test) => {
      const result = test.result();
      const why = result.state === 'skipped' ? result.note : undefined;
      return `skipped: ${module.relativeModuleId} > ${test.fullName}: ${why ?? 'no reason given'}`;
    }),
  );
}

export class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    const counts = countRun(modules, strayErrors.length);
    const lines = [...skippedLines(modules), countsLine(counts)];
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }
}
