/** Files in MNIST's format, made for a test. */

/** @typedef {import("./hellonn-page.js").UserFile} UserFile */

/**
 * @param {number[]} header big-endian 32-bit numbers
 * @param {Uint8Array | number[]} content
 */
export function idx(header, content) {
  const bytes = Buffer.alloc(4 * header.length + content.length);
  for (const [i, number] of header.entries()) bytes.writeUInt32BE(number, 4 * i);
  bytes.set(content, 4 * header.length);
  return bytes;
}

export const IMAGES_MAGIC = 0x0803;
export const LABELS_MAGIC = 0x0801;

/**
 * @param {number} nImages
 * @param {number} rows
 * @param {number} cols
 * @param {(imageIdx: number, row: number, col: number) => number} pixel a byte
 */
export function images(nImages, rows, cols, pixel) {
  const pixels = new Uint8Array(nImages * rows * cols);
  for (let i = 0; i < pixels.length; i += 1) {
    const within = i % (rows * cols);
    pixels[i] = pixel(Math.floor(i / (rows * cols)), Math.floor(within / cols), within % cols);
  }
  return idx([IMAGES_MAGIC, nImages, rows, cols], pixels);
}

/** @param {number[]} labels */
export function labels(labels) {
  return idx([LABELS_MAGIC, labels.length], labels);
}

/**
 * A set that anyone can learn: each class is a bright band of rows at a height of its own, on a little noise.
 * @param {{rows: number, cols: number, nClasses: number, nTraining: number, nTest: number, seed?: number}} shape `seed`
 *   of the noise
 * @returns {UserFile[]}
 */
export function bands({ rows, cols, nClasses, nTraining, nTest, seed = 1 }) {
  const height = rows / nClasses;
  const labelOf = (/** @type {number} */ i) => i % nClasses;
  // A small generator of Park and Miller's, so that the files are the same in each run.
  let state = seed;
  const noise = () => (state = (state * 48271) % 0x7fffffff) % 64;
  const set = (/** @type {string} */ name, /** @type {number} */ n) => [
    {
      name: `${name}-images.idx`,
      buffer: images(n, rows, cols, (i, row) => (Math.floor(row / height) === labelOf(i) ? 190 : 0) + noise()),
    },
    { name: `${name}-labels.idx`, buffer: labels(Array.from({ length: n }, (_, i) => labelOf(i))) },
  ];
  return [...set("train", nTraining), ...set("test", nTest)];
}

/** Ten classes of 28 × 28, as MNIST has, and so few that an epoch takes no time. */
export const SMALL = { rows: 28, cols: 28, nClasses: 10, nTraining: 600, nTest: 200 };
