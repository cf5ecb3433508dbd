/** A line to a server that breaks at the two worst moments: after the work was done, and before it has arrived. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export class LossyLine {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private fault: 'answer lost' | 'held back' | null = null;
  private readonly late: (() => Promise<void>)[] = [];

  private constructor(socketPath: string) {
    this.server = createServer((near) => this.carry(near, connect(socketPath)));
  }

  static async to(socketPath: string): Promise<LossyLine> {
    const line = new LossyLine(socketPath);
    line.server.listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    return line;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What is said next is done; the line breaks instead of the answer. */
  loseNextAnswer(): void {
    this.fault = 'answer lost';
  }

  /** The line breaks at what is said next, which reaches the server when `arriveLate` is called. */
  holdNextBack(): void {
    this.fault = 'held back';
  }

  /** Resolves when the server has answered to what was held back. */
  async arriveLate(): Promise<void> {
    for (const deliver of this.late.splice(0)) await deliver();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private carry(near: Socket, far: Socket): void {
    let isAnswerLost = false;
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    }
    near.on('close', () => this.late.length === 0 && far.end());
    far.on('close', () => near.destroy());
    near.on('data', (bytes: Buffer) => {
      const { fault } = this;
      this.fault = null;
      isAnswerLost ||= fault === 'answer lost';
      if (fault !== 'held back') {
        far.write(bytes);
        return;
      }
      this.late.push(async () => {
        far.write(bytes);
        await once(far, 'data');
        far.end();
      });
      near.destroy();
    });
    far.on('data', (bytes: Buffer) => {
      if (isAnswerLost) near.destroy();
      else near.write(bytes);
    });
  }
}
