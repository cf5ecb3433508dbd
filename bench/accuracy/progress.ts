/** How far a long run is and how long it may still take; one line that is drawn over, or now and then a new one. */
const QUIET_MS = 15_000;

export interface Progress {
  tell(at: { readonly doing: string; readonly done: number; readonly of: number }): void;
  end(): void;
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

export function progressOn(stream: NodeJS.WriteStream): Progress {
  const startedAtMs = Date.now();
  let toldAtMs = startedAtMs;
  return {
    tell({ doing, done, of }) {
      const nowMs = Date.now();
      if (!stream.isTTY && nowMs - toldAtMs < QUIET_MS) return;
      toldAtMs = nowMs;
      const leftMs = ((nowMs - startedAtMs) / done) * (of - done);
      const text = `${doing}: ${done} of ${of} runs, about ${minutes(leftMs)} left`;
      stream.write(stream.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
