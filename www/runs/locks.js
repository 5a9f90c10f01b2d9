/**
 * Who trains which run: of all tabs of this page one at the most, as long as it holds the run's lock. It goes with the
 * worker that holds it, however that ends.
 *
 * @typedef {Pick<LockManager, "request" | "query">} Locks
 */

const PREFIX = "hellonn run ";

/** A browser gives none to pages that come over a line that anybody can read. @returns {Locks | null} */
export function browserLocks() {
  return globalThis.navigator.locks ?? null;
}

/** The runs that somebody trains now. @param {Locks | null} locks @returns {Promise<Set<string>>} */
export async function runsUnderWay(locks) {
  if (locks === null) return new Set();
  const { held = [] } = await locks.query();
  const names = held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
  return new Set(names);
}

/** One worker's hold on the run that it trains. */
export class RunLock {
  #locks;
  /** The run that is wanted, whether the hold on it has come yet or not. @type {string | null} */ #run = null;
  #release = () => {};

  /** @param {Locks | null} locks */
  constructor(locks) {
    this.#locks = locks;
  }

  /**
   * Takes hold of a run, and lets go of the one before.
   * @param {string} run
   * @returns {Promise<boolean>} false: somebody else has it
   */
  take(run) {
    if (this.#locks === null || run === this.#run) return Promise.resolve(true);
    this.release();
    this.#run = run;
    const request = this.#locks.request.bind(this.#locks, PREFIX + run, { ifAvailable: true });
    return new Promise((resolve, reject) => {
      request((lock) => {
        resolve(lock !== null);
        if (lock === null) this.#run = null;
        // It may have been let go of before it came.
        if (lock === null || this.#run !== run) return;
        return new Promise((release) => {
          this.#release = () => release(undefined);
        });
      }).catch(reject);
    });
  }

  release() {
    this.#release();
    this.#release = () => {};
    this.#run = null;
  }
}
