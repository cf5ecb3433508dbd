/**
 * How many messages without acknowledgement may be lost when a connection breaks. TCP keeps order: an answer to anything
 * sent later (an acknowledged message, a ping) proves that the broker has read all before it. What was sent since the
 * last such answer is in doubt.
 */
interface Packet {
  readonly cmd?: string | undefined;
  readonly qos?: number | undefined;
  readonly messageId?: number | undefined;
}

const PING = 'ping';

export class Unconfirmed {
  private sentCount = 0;
  private confirmedCount = 0;
  /** What had been sent before each question that waits for its answer: ≤ one a message in flight, and a ping. */
  private readonly asked = new Map<number | typeof PING, number>();

  noteSent(packet: Packet): void {
    if (packet.cmd === 'pingreq') this.asked.set(PING, this.sentCount);
    else if (packet.cmd !== 'publish') return;
    else if (packet.qos === 0) this.sentCount++;
    else if (packet.messageId !== undefined) this.asked.set(packet.messageId, this.sentCount);
  }

  noteReceived(packet: Packet): void {
    const isAnswer = packet.cmd === 'puback' || packet.cmd === 'pingresp';
    const key = packet.cmd === 'pingresp' ? PING : packet.messageId;
    if (!isAnswer || key === undefined) return;
    this.confirmedCount = Math.max(this.confirmedCount, this.asked.get(key) ?? 0);
    this.asked.delete(key);
  }

  /** The connection broke: what is in doubt, counted once. */
  breakOff(): number {
    const inDoubt = this.sentCount - this.confirmedCount;
    this.confirmedCount = this.sentCount;
    this.asked.clear();
    return inDoubt;
  }
}
