/** The process that writes, as a test sees it: what it said was acknowledged, and its sudden end. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../scripts/log-writer.ts', import.meta.url));

export interface Acknowledged {
  readonly number: number;
  readonly firstPosition: number;
}

export class LogWriter {
  private readonly child: ChildProcess;
  private said = '';
  private complaint = '';
  private lineCount = 0;
  private readonly ended: Promise<unknown>;
  private look: () => void = () => undefined;

  /** @param place the options of the script that name the log. */
  constructor(place: readonly string[]) {
    this.child = spawn(process.execPath, [SCRIPT, ...place], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.child, 'close');
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.said += text;
      this.lineCount += text.split('\n').length - 1;
      this.look();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.complaint += text;
    });
    this.child.on('close', () => this.look());
  }

  /** Resolves when it has said so many, or is gone. */
  async says(count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.look = () => {
        if (this.lineCount >= count || this.child.exitCode !== null) resolve();
      };
      this.look();
    });
    if (this.child.exitCode !== null) throw new Error(`the writer ended by itself: ${this.complaint}`);
  }

  /** It does nothing more until it is killed. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  /** Ends it; everything that it had been told is kept. */
  async kill(): Promise<readonly Acknowledged[]> {
    this.child.kill('SIGKILL');
    return this.acknowledged();
  }

  /** What it complained of when it ended by itself. */
  async complains(): Promise<string> {
    await this.ended;
    return this.complaint;
  }

  /** Everything that it had been told is kept, after its end. */
  async acknowledged(): Promise<readonly Acknowledged[]> {
    await this.ended;
    const lines = this.said.split('\n').slice(0, -1);
    return lines.map((line) => {
      const [number, firstPosition] = line.split(' ').map(Number);
      return { number: number!, firstPosition: firstPosition! };
    });
  }
}
