/** HelloNN as the page's worker uses it: the built module, pulled step by step. */
import init, { memoryBytes, Session } from "/wasm/hellonn.js";
import "./answers.js";

/** @type {Session} */
let session;

const ANSWERS = {
  async prepare({ recipe, images }) {
    await init();
    session = new Session();
    if (recipe === null) return {};
    session.stageFile("train-images", first(await fetchIdx("train-images-idx3"), images, 16, 784));
    session.stageFile("train-labels", first(await fetchIdx("train-labels-idx1"), images, 8, 1));
    session.stageFile("t10k-images", await fetchIdx("t10k-images-idx3"));
    session.stageFile("t10k-labels", await fetchIdx("t10k-labels-idx1"));
    session.loadStaged();
    configure(recipe);
    return {};
  },

  epoch() {
    const { seconds, report } = epoch();
    return { values: [seconds], loss: report.trainingLoss };
  },

  evaluation() {
    const start = performance.now();
    session.beginEvaluation();
    let evaluation;
    do evaluation = session.evaluateStep();
    while (!evaluation.done);
    return { values: [(performance.now() - start) / 1000], loss: evaluation.loss };
  },

  /** A whole run from a fresh network: how its last epoch compares with its second. */
  steadiness({ recipe }) {
    configure(recipe);
    const seconds = [];
    for (let i = 0; i < recipe.epochs; i += 1) seconds.push(epoch().seconds);
    return { values: [seconds.at(-1) / seconds[1]] };
  },

  /** Each drawing once. The network's weights make no difference. */
  prediction({ drawings }) {
    const values = drawings.map((strokes) => {
      const drawing = {
        strokes: strokes.map((points) => ({ points: points.map(([x, y]) => ({ x: 280 * x, y: 280 * y })) })),
        penRadius: 10,
      };
      const start = performance.now();
      session.predict(drawing);
      return (performance.now() - start) / 1000;
    });
    return { values };
  },

  /** The module's memory after it took `images` made-up images of 28 × 28: it never shrinks, so this is its peak. */
  memory({ images }) {
    session.stageFile(
      "images",
      idx([0x0803, images, 28, 28], images * 784, (i) => (i % 5 === 0 ? i % 251 : 0)),
    );
    session.stageFile(
      "labels",
      idx([0x0801, images], images, (i) => i % 10),
    );
    const { training } = session.loadStaged();
    if (training.nImages !== images) throw new Error(`${training.nImages} images arrived`);
    return { values: [memoryBytes()] };
  },

  moduleBytes: () => ({ bytes: memoryBytes() }),
};

answerMessages((request) => ANSWERS[request.do](request));

/** Seeded, so that every run of the bench trains the same network. */
function configure(recipe) {
  session.configure({ ...recipe, seed: 1 });
}

function epoch() {
  const start = performance.now();
  let step;
  do step = session.step();
  while (step.epochEnd === null && step.status !== "diverged");
  if (step.epochEnd === null) throw new Error("the training diverged");
  return { seconds: (performance.now() - start) / 1000, report: step.epochEnd };
}

/** The IDX file of the first `n` items alone, whose number is the header's second word. */
function first(file, n, headerBytes, itemBytes) {
  const shorter = file.slice(0, headerBytes + n * itemBytes);
  new DataView(shorter.buffer).setUint32(4, n);
  return shorter;
}

/** @param {number[]} header @param {number} length @param {(i: number) => number} byte */
function idx(header, length, byte) {
  const file = new Uint8Array(4 * header.length + length);
  const view = new DataView(file.buffer);
  for (const [i, number] of header.entries()) view.setUint32(4 * i, number);
  for (let i = 0; i < length; i += 1) file[4 * header.length + i] = byte(i);
  return file;
}
