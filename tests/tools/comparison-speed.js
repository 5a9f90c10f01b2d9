/**
 * How long the comparison takes to redraw forty runs of a hundred epochs: eight groups of five seeds, every run with a
 * line of its own, another of them changed each time. Prints milliseconds of the page's thread: new lines, layout, and both
 * canvases painted to the last pixel.
 *
 *   CHROMIUM=/usr/bin/chromium node tests/tools/comparison-speed.js
 */
import { Lab } from "../browser/support/lab.js";
import { epoch, RECIPE, run } from "../www/support/values.js";

const [N_GROUPS, N_SEEDS, N_EPOCHS, N_FRAMES] = [8, 5, 100, 60];

const runs = Array.from({ length: N_GROUPS * N_SEEDS }, (_, i) => {
  const [group, seed] = [Math.floor(i / N_SEEDS), (i % N_SEEDS) + 1];
  const epochs = Array.from({ length: N_EPOCHS }, (_, e) => {
    const mistakes = 0.1 / (1 + e / 5) + 0.002 * Math.sin(i * 7 + e) ** 2;
    const values = { validationAccuracy: 1 - mistakes, validationLoss: 3.5 * mistakes, seconds: 1 + 0.1 * Math.sin(i) };
    return epoch(e + 1, values);
  });
  const recipe = { ...RECIPE, learningRate: 0.001 * (group + 1), seed };
  const changes = `rate ${recipe.learningRate}`;
  return run({ id: String(i), recipe, changes, epochs, state: "finished", nTraining: 55_000, nValidation: 5000 });
});

const lab = await Lab.open();
try {
  const nn = await lab.visitLoaded();
  for (const over of ["epochs", "seconds"]) {
    const times = await nn.page.evaluate(measure, { runs, over, nFrames: N_FRAMES });
    times.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => times[Math.floor(share * (times.length - 1))]?.toFixed(1);
    console.log(`over ${over}: median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, longest ${at(1)} ms`);
  }
} finally {
  await lab.close();
}

/** @param {{runs: import("../../www/runs/run.js").Run[], over: string, nFrames: number}} asked */
async function measure({ runs, over, nFrames }) {
  const module = (/** @type {string} */ place) => import(new URL(place, document.baseURI).href);
  const { ComparisonPanel } = await module("panels/comparison/comparison.js");
  const { groupsOf } = await module("runs/groups.js");
  for (const view of document.querySelectorAll(".view")) {
    if (view instanceof HTMLElement) view.hidden = view.dataset["view"] !== "runs";
  }
  const section = /** @type {HTMLElement} */ (document.querySelector("#comparison"));
  // One that nothing else listens to.
  const fresh = /** @type {HTMLElement} */ (section.cloneNode(true));
  section.replaceWith(fresh);
  for (const box of fresh.querySelectorAll(".end-labels, .loss-kinds")) box.replaceChildren();
  const panel = new ComparisonPanel(fresh);
  const shown = groupsOf(runs).map((/** @type {{key: string}} */ { key }) => key);
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  panel.update(groupsOf(runs), shown);
  const select = /** @type {HTMLSelectElement} */ (fresh.querySelector("[name=over]"));
  select.value = over;
  select.dispatchEvent(new Event("change"));
  await nextFrame();
  await nextFrame();
  const labels = fresh.querySelectorAll(".compared-accuracy .end-label");
  for (const label of labels) if (label instanceof HTMLElement) label.click();
  await nextFrame();
  const canvases = [...fresh.querySelectorAll("canvas")];
  /** @type {number[]} */
  const times = [];
  for (let frame = 0; frame < nFrames; frame++) {
    runs = runs.map((run, i) => (i === frame % runs.length ? { ...run, epochs: [...run.epochs] } : run));
    const groups = groupsOf(runs);
    let began = 0;
    // Frames' callbacks come in the order in which they were asked for: the panel's is between these two.
    requestAnimationFrame(() => (began = performance.now()));
    const before = performance.now();
    panel.update(groups, shown);
    const updating = performance.now() - before;
    await nextFrame();
    void fresh.offsetHeight;
    // Asking for a pixel waits until all are painted.
    for (const canvas of canvases) canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
    times.push(updating + performance.now() - began);
  }
  return times;
}
