/** The virtual clock: what is to happen, in order of time; equal times in the order in which they were planned. */
interface Planned {
  readonly atMs: number;
  readonly act: () => void;
}

export class Agenda {
  nowMs = 0;
  private readonly planned: Planned[] = [];

  after(delayMs: number, act: () => void): void {
    this.at(this.nowMs + delayMs, act);
  }

  at(atMs: number, act: () => void): void {
    const planned = { atMs: Math.max(atMs, this.nowMs), act };
    // Few things are planned at a time, most of them soon: from the back, where the soonest are.
    let place = this.planned.length;
    while (place > 0 && this.planned[place - 1]!.atMs <= planned.atMs) place--;
    this.planned.splice(place, 0, planned);
  }

  /** Lets the next thing happen; false where nothing is left. */
  next(): boolean {
    const planned = this.planned.pop();
    if (planned === undefined) return false;
    this.nowMs = planned.atMs;
    planned.act();
    return true;
  }
}
