/** Work that ends well when somebody presses Ctrl-C: the first stops it in good order, the second at once. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export async function interruptible<Done>(work: (stop: AbortSignal) => Promise<Done>): Promise<Done> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
