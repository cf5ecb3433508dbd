/** Hands items from one loop to another, one at a time: the giver waits until the last one was taken. */
export class Handoff<Item> implements AsyncIterable<Item> {
  private item: { readonly value: Item } | null = null;
  private isEnded = false;
  private isRefused = false;
  private wake: () => void = () => undefined;

  /** Resolves once the item was taken, or nobody takes any more. */
  async give(value: Item): Promise<void> {
    this.item = { value };
    this.change();
    while (this.item !== null && !this.isRefused) await this.changed();
  }

  /** Nothing more comes. */
  end(): void {
    this.isEnded = true;
    this.change();
  }

  /** Nothing more is taken. */
  refuse(): void {
    this.isRefused = true;
    this.change();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for (;;) {
      while (this.item === null && !this.isEnded) await this.changed();
      if (this.item === null) return;
      const { value } = this.item;
      this.item = null;
      this.change();
      yield value;
    }
  }

  private waiting: Promise<void> | null = null;

  private async changed(): Promise<void> {
    this.waiting ??= new Promise((resolve) => (this.wake = resolve));
    await this.waiting;
  }

  private change(): void {
    this.waiting = null;
    this.wake();
  }
}

/** The same items, each handed on first. */
export async function* handedOn<Item>(
  items: AsyncIterable<Item>,
  handoff: Handoff<Item>,
): AsyncGenerator<Item> {
  for await (const item of items) {
    await handoff.give(item);
    yield item;
  }
}
