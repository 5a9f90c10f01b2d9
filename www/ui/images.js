/** Images of the data: which to look at, and how they are painted. */

/**
 * Where to look, at random: this choice is for the eye and no part of any recipe.
 * @param {number} nWanted
 * @param {number} nImages that there are
 */
export function randomIndices(nWanted, nImages) {
  return Uint32Array.from({ length: Math.min(nWanted, nImages) }, () => Math.floor(Math.random() * nImages));
}

/**
 * Paints grey pixels, one canvas pixel each; CSS scales them.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} pixels row-major bytes
 * @param {number} rows
 * @param {number} cols
 */
export function paintPixels(canvas, pixels, rows, cols) {
  canvas.width = cols;
  canvas.height = rows;
  const image = new ImageData(cols, rows);
  for (let i = 0; i < rows * cols; i++) {
    image.data.fill(pixels[i] ?? 0, 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
