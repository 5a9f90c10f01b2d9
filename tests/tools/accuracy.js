/**
 * Measures what takes too long for a test: how right a preset gets, in the page, on MNIST's test images and on the
 * hand-drawn digits, as they are and warped as other hands would write them.
 *
 *   CHROMIUM=/usr/bin/chromium node tests/tools/accuracy.js PRESET [--plain] [--epochs N] [SEED...]
 *
 * `--plain` leaves the preset's augmentation out. Without a SEED it takes 1, 2 and 3.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { draw, handDrawn } from "../browser/support/drawings.js";
import { Lab } from "../browser/support/lab.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { plain: { type: "boolean", default: false }, epochs: { type: "string" } },
});
const [preset, ...seeds] = positionals;
if (preset === undefined) {
  console.error("Say which preset: node tests/tools/accuracy.js 'Best dense'");
  process.exit(1);
}

/** Turned, slanted and stretched, about the middle of the unit square. */
const WARPS = [
  { turn: 0, slant: 0, stretch: 1 },
  { turn: 12, slant: 0, stretch: 1.15 },
  { turn: -12, slant: 0, stretch: 0.85 },
  { turn: 0, slant: 0.25, stretch: 1 },
  { turn: 0, slant: -0.25, stretch: 1 },
];
const HOUR_MS = 3_600_000;

const lab = await Lab.open();
try {
  for (const seed of seeds.length > 0 ? seeds : ["1", "2", "3"]) await measure(seed);
} finally {
  await lab.close();
}

/** @param {string} seed */
async function measure(seed) {
  const nn = await lab.visitLoaded();
  await nn.choosePreset(String(preset));
  await nn.fill({ Seed: seed, ...(values.epochs === undefined ? {} : { Epochs: values.epochs }) });
  if (values.plain) await openWithoutAugmentation(nn);
  const startedAt = Date.now();
  const { text } = await nn.run(HOUR_MS);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  const rights = WARPS.map(() => 0);
  const digits = await handDrawn();
  for (const [warpIdx, warp] of WARPS.entries()) {
    for (const { label, strokes } of digits) {
      await draw(
        nn,
        strokes.map((stroke) => stroke.map((point) => warped(point, warp))),
      );
      if ((await nn.settledPrediction()) === String(label)) rights[warpIdx] = (rights[warpIdx] ?? 0) + 1;
      await nn.press("Clear");
    }
  }
  const nRight = rights.reduce((sum, n) => sum + n, 0);
  const drawings = `${rights[0]}/${digits.length} drawings, ${nRight}/${digits.length * WARPS.length} with warped ones`;
  console.log(`${preset}${values.plain ? ", no augmentation" : ""}, seed ${seed}: ${text}, ${seconds} s, ${drawings}`);
  await nn.page.context().close();
}

/** @param {import("../browser/support/hellonn-page.js").HelloNN} nn */
async function openWithoutAugmentation(nn) {
  const download = nn.page.waitForEvent("download");
  await nn.page.getByRole("button", { name: "Save recipe" }).click();
  const chunks = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
  const recipe = { ...JSON.parse(Buffer.concat(chunks).toString()), augmentation: {} };
  const file = { name: "plain.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(recipe)) };
  await nn.page.getByLabel("Recipe file").setInputFiles(file);
  await nn.page.getByText("plain.json is in use").waitFor();
}

/**
 * @param {[number, number]} point
 * @param {{turn: number, slant: number, stretch: number}} warp
 * @returns {[number, number]}
 */
function warped([x, y], { turn, slant, stretch }) {
  const angle = (turn * Math.PI) / 180;
  const [dx, dy] = [(x - 0.5) * stretch + slant * (0.5 - y), (y - 0.5) / stretch];
  const size = 0.8;
  return [
    0.5 + size * (dx * Math.cos(angle) - dy * Math.sin(angle)),
    0.5 + size * (dx * Math.sin(angle) + dy * Math.cos(angle)),
  ];
}
