/** Runs written straight into the page's database, in the form of www/runs/record.js. */

/**
 * @param {import("playwright-core").Page} page that has opened its database
 * @param {number} nGroups of eight seeds each
 */
export function storeRuns(page, nGroups) {
  return page.evaluate(async (nGroups) => {
    const layer = (/** @type {number} */ units) => ({ kind: "dense", units, bias: true });
    const recipe = {
      layers: [layer(128), { kind: "relu" }, layer(64), { kind: "relu" }, layer(10)],
      start: "heNormal",
      loss: { kind: "crossEntropy", labelSmoothing: 0 },
      optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      learningRate: 0.001,
      schedule: { kind: "constant" },
      weightDecay: 0,
      l1: 0,
      clipNorm: null,
      batchSize: 64,
      epochs: 3,
      shuffle: true,
      augmentation: {
        shift: 0,
        rotation: 0,
        scale: 0,
        shear: 0,
        elastic: { strength: 0, smoothness: 4 },
        thickness: 0,
        noise: 0,
      },
      validationImages: 5000,
      earlyStopping: null,
    };
    /** @param {number} n */
    const record = (n) => {
      const [group, seed] = [Math.floor(n / 8), (n % 8) + 1];
      const accuracy = 0.95 + (((group * 7919 + seed * 104_729) % 4000) + 1) / 100_000;
      const epochs = [1, 2, 3].map((epoch) => ({
        epoch,
        trainingLoss: 0.1,
        trainingAccuracy: 0.9,
        validationLoss: 0.1,
        validationAccuracy: accuracy - (3 - epoch) / 100,
        seconds: 1,
        bestEpoch: null,
      }));
      return {
        version: 1,
        // Nothing says that they are read in the order in which they began.
        id: ((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(16, "0"),
        name: `Better answer ${n + 1}`,
        basis: "Better answer",
        changes: `rate ${group + 1}e-6`,
        recipe: { ...recipe, learningRate: (group + 1) / 1e6, seed },
        network: { inputShape: [1, 28, 28], layers: [], nParameters: 109_386, nMultiplyAdds: 109_184 },
        nTraining: 55_000,
        nValidation: 5000,
        fingerprint: "0123456789abcdef",
        engineVersion: 1,
        begunAt: 1_700_000_000_000 + 1000 * n,
        race: null,
        isSealed: false,
        state: "finished",
        epochs,
        seconds: 3,
        secondsToGoal: accuracy >= 0.97 ? 2 : null,
        handSet: [],
        test: { loss: 0.1, nCorrect: 9600 + (n % 200), nImages: 10_000, nTotal: 10_000, done: true, atEpoch: 3 },
        answers: null,
        checksum: n.toString(16).padStart(16, "0"),
      };
    };
    // Who opens it before the page does makes an empty one of another form.
    const isThere = async () => (await indexedDB.databases()).some(({ name }) => name === "hellonn");
    while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 50));
    /** @type {IDBDatabase} */
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open("hellonn");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const writing = database.transaction("runs", "readwrite");
    for (let n = 0; n < 8 * nGroups; n += 1) writing.objectStore("runs").put(record(n));
    await new Promise((resolve) => {
      writing.oncomplete = resolve;
    });
    database.close();
  }, nGroups);
}
