/**
 * Lets one call run at a time; of those that come meanwhile only the latest runs, afterwards.
 * @template A
 * @param {(argument: A) => Promise<void>} run
 * @returns {(argument: A) => void}
 */
export function latestOnly(run) {
  let isRunning = false;
  /** @type {{argument: A} | null} */
  let next = null;
  return async (argument) => {
    next = { argument };
    if (isRunning) return;
    isRunning = true;
    try {
      while (next !== null) {
        const { argument: latest } = /** @type {{argument: A}} */ (next);
        next = null;
        await run(latest);
      }
    } finally {
      isRunning = false;
    }
  };
}
