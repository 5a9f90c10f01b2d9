/** Images of the data: which to look at, and how they are painted. */

/**
 * Where to look, at random: this choice is for the eye and no part of any recipe.
 * @param {number} nWanted
 * @param {number} nImages that there are
 */
export function randomIndices(nWanted, nImages) {
  return Uint32Array.from({ length: Math.min(nWanted, nImages) }, () => Math.floor(Math.random() * nImages));
}

/** Larger than an image is shown anywhere. */
const MOST = 256;

/**
 * An image no larger than it can be seen: each pixel is the mean of a square of them.
 * @param {ArrayLike<number>} pixels row-major bytes
 * @param {number} rows
 * @param {number} cols
 */
export function asSeen(pixels, rows, cols) {
  const side = Math.ceil(Math.max(rows, cols) / MOST);
  if (side <= 1) return { pixels, rows, cols };
  const [nRows, nCols] = [Math.ceil(rows / side), Math.ceil(cols / side)];
  const sums = new Float64Array(nRows * nCols);
  for (let row = 0; row < rows; row += 1) {
    const start = Math.floor(row / side) * nCols;
    for (let col = 0, at = start; col < cols; at += 1) {
      let sum = 0;
      for (const end = Math.min(col + side, cols); col < end; col += 1) sum += pixels[row * cols + col] ?? 0;
      sums[at] = (sums[at] ?? 0) + sum;
    }
  }
  const extent = (/** @type {number} */ n, /** @type {number} */ idx) => Math.min(side, n - idx * side);
  const mean = (/** @type {number} */ sum, /** @type {number} */ i) =>
    sum / (extent(rows, Math.floor(i / nCols)) * extent(cols, i % nCols));
  return { pixels: sums.map(mean), rows: nRows, cols: nCols };
}

/**
 * Paints grey pixels, one canvas pixel each as far as they can be seen; CSS scales them.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} pixels row-major bytes
 * @param {number} rows
 * @param {number} cols
 */
export function paintPixels(canvas, pixels, rows, cols) {
  const seen = asSeen(pixels, rows, cols);
  canvas.width = seen.cols;
  canvas.height = seen.rows;
  const image = new ImageData(seen.cols, seen.rows);
  for (let i = 0; i < seen.rows * seen.cols; i++) {
    image.data.fill(seen.pixels[i] ?? 0, 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
