/**
 * MNIST's test images whose label people judged wrong. For each of these 15, fewer than three of five people agreed
 * with the label. Northcutt, Athalye and Mueller, "Pervasive label errors in test sets destabilize machine learning
 * benchmarks", 2021; the data of github.com/cleanlab/label-errors.
 */

/** Of MNIST's four files, as the page has them built in. */
export const MNIST_FINGERPRINT = "e7cccc2dc66f0263";

/** Positions from 0. @type {ReadonlySet<number>} */
export const DISPUTED = new Set([
  947, 1621, 1901, 2130, 2462, 2597, 2654, 3520, 3558, 5937, 6651, 6783, 8527, 9679, 9729,
]);
