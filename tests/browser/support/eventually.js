/** Waiting for what becomes true: the page answers in its own time. */
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 25;

/**
 * Tries until `check` no longer throws; then its last error is the test's.
 * @template T
 * @param {() => T | Promise<T>} check
 * @param {number} [timeoutMs]
 * @returns {Promise<T>}
 */
export async function eventually(check, timeoutMs = 10_000) {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(POLL_MS);
    }
  }
}
