// Waiting for a condition instead of for a time.
import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is truthy; an error counts as "not yet". */
export async function until(what, ask, { timeout = 15_000, every = 100 } = {}) {
  const end = performance.now() + timeout;
  let last;
  for (;;) {
    try {
      const value = await ask();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`not within ${timeout} ms: ${what}; last: ${last?.message ?? JSON.stringify(last)}`);
    }
    await pause(every);
  }
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
