/** What the page keeps in the browser's database. */

/**
 * @typedef {object} StoredRun what a test asks about of it
 * @property {string} id
 * @property {string} name
 * @property {string} basis
 * @property {string} state
 * @property {string | null} race
 * @property {boolean} isSealed
 * @property {string | null} checksum
 * @property {{seed: number, epochs: number, validationImages: number}} recipe
 * @property {number[]} epochs their numbers
 * @property {{epoch: number, rate: number}[]} handSet
 * @property {number[]} validationAccuracies an epoch each
 * @property {{nCorrect: number} | null} test
 * @property {number | null} answers how many
 */

/** @param {import("playwright-core").Page} page @returns {Promise<StoredRun[]>} */
export function storedRuns(page) {
  return page.evaluate(async () => {
    const database = await new Promise((/** @type {(database: IDBDatabase) => void} */ resolve, reject) => {
      const opening = indexedDB.open("hellonn");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const records = await new Promise((/** @type {(records: any[]) => void} */ resolve, reject) => {
      const getting = database.transaction("runs").objectStore("runs").getAll();
      getting.onsuccess = () => resolve(getting.result);
      getting.onerror = () => reject(getting.error);
    });
    database.close();
    return records.map(({ epochs, answers, ...rest }) => ({
      ...rest,
      epochs: epochs.map((/** @type {{epoch: number}} */ { epoch }) => epoch),
      validationAccuracies: epochs.map(
        (/** @type {{validationAccuracy: number}} */ { validationAccuracy }) => validationAccuracy,
      ),
      answers: answers?.length ?? null,
    }));
  });
}
