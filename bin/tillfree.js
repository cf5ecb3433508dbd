#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript directly. A shell's own Node may be older than the one in
// the lock file; then the installed one takes over, and without it the message says what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const runsTypeScript = major > 22 || (major === 22 && minor >= 18);

if (runsTypeScript) {
  // Whoever reads our output may stop reading (| head): that is no error.
  process.stdout.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  const { main } = await import('../src/app/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const installed = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (!existsSync(installed)) {
    process.stderr.write(
      `tillfree needs Node 22.18 or later, this is ${process.versions.node}. Run "npm install" once: it brings its own.\n`,
    );
    process.exit(2);
  }
  const self = fileURLToPath(import.meta.url);
  const run = spawn(installed, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches both: the one that works ends in good order, and this one waits for it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => run.kill('SIGTERM'));
  run.on('exit', (code, signal) => process.exit(signal === 'SIGINT' ? 130 : (code ?? 1)));
}
