/** Where a rule does not hold, and why. An exception that nothing needs any more fails the tidy test too. */
export interface Exception {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    rule: 'named exports only',
    path: 'vitest.config.ts',
    reason: 'Vitest reads its configuration from the default export.',
  },
  {
    rule: 'every file is imported by something that is not its test',
    path: 'test/store/one-life.ts',
    reason: 'A test starts it as a process of its own, to kill it.',
  },
  ...['first-visit', 'two-shoppers'].map((name) => ({
    rule: 'file and folder names are kebab-case',
    path: `examples/${name}.ground_truth.json`,
    reason: 'The ground truth of a recording has its name from the file format.',
  })),
];
