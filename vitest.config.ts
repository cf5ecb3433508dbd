import { defineConfig } from 'vitest/config';
import { PlainReporter } from './scripts/plain-reporter.ts';

/** No test times anything; this is only the moment at which a hanging test is given up on a slow machine. */
const GIVE_UP_MS = 120_000;

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['test/setup.ts'],
    testTimeout: GIVE_UP_MS,
    hookTimeout: GIVE_UP_MS,
    reporters: ['default', new PlainReporter()],
  },
});
