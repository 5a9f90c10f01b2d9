import assert from "node:assert/strict";
import test from "node:test";
import { asSeen } from "../../../www/ui/images.js";

test("an image of a size that can be seen stays as it is", () => {
  const pixels = Uint8Array.from({ length: 256 * 3 }, (_, i) => i % 251);
  assert.deepEqual(asSeen(pixels, 3, 256), { pixels, rows: 3, cols: 256 });
});

test("of a larger one each pixel is the mean of a square, at the edges too", () => {
  const [rows, cols] = [5, 515];
  const pixels = Float64Array.from({ length: rows * cols }, (_, i) => (7919 * i) % 256);
  const seen = asSeen(pixels, rows, cols);
  // 515 pixels make at most 256 in squares of 3.
  assert.deepEqual([seen.rows, seen.cols], [2, 172]);
  for (let row = 0; row < seen.rows; row += 1) {
    for (let col = 0; col < seen.cols; col += 1) {
      const square = [];
      for (let y = 3 * row; y < Math.min(3 * row + 3, rows); y += 1) {
        for (let x = 3 * col; x < Math.min(3 * col + 3, cols); x += 1) square.push(pixels[y * cols + x] ?? NaN);
      }
      const mean = square.reduce((sum, value) => sum + value, 0) / square.length;
      assert.ok(Math.abs((seen.pixels[row * seen.cols + col] ?? NaN) - mean) < 1e-9, `${row}, ${col}`);
    }
  }
});

test("a thin stroke is still seen", () => {
  const n = 2000;
  const pixels = new Uint8Array(n * n);
  for (let row = 0; row < n; row += 1) pixels.fill(255, row * n + 1000, row * n + 1008);
  const { pixels: seen, rows, cols } = asSeen(pixels, n, n);
  assert.ok(rows <= 256 && cols <= 256);
  assert.ok(Array.from(seen).filter((value) => value > 200).length >= rows);
});
