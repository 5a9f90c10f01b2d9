/** Numbers as the page writes them: in English, whatever the browser's language, because the page is. */

const integers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** @param {number} n */
export function count(n) {
  return integers.format(n);
}

/**
 * "1 image", "2 images"
 * @param {number} n
 * @param {string} noun
 */
export function counted(n, noun) {
  return `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** @param {number} share 0 to 1 */
export function percent(share, decimals = 2) {
  return `${(share * 100).toFixed(decimals)}\u00a0%`;
}

/** @param {number} value */
export function loss(value) {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) < 1e5 ? value.toFixed(6) : value.toExponential(3);
}

/** Short enough for a chart. @param {number} value */
export function short(value) {
  if (value === 0) return "0";
  return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(1);
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** @param {number} bytes */
export function mebibytes(bytes) {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

/**
 * "60,000 training images, 10,000 test images, 28 × 28, 10 classes"
 * @param {import("../protocol/requests.js").DataSummary} data
 */
export function dataSummary({ training, test, rows, cols, nClasses }) {
  const sets = [counted(training.nImages, "training image")];
  sets.push(test === null ? "no test images" : counted(test.nImages, "test image"));
  const classes = `${count(nClasses)} ${nClasses === 1 ? "class" : "classes"}`;
  const nEmpty = training.classCounts.filter((n) => n === 0).length;
  // The highest label decides how many there are.
  const empty = `, ${count(nEmpty)} of them without an image: labels should run from 0 to ${nClasses - nEmpty - 1}`;
  return `${sets.join(", ")}, ${rows} × ${cols}, ${classes}${nEmpty === 0 ? "" : empty}`;
}
