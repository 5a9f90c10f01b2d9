/** Which rows of a long table are in the document: those in sight, and some around them for the keyboard. */

/** More than the keyboard can pass before the next are there. */
const AROUND = 4;

/** @param {number} idx @param {number} nRows @returns {{from: number, to: number}} indices, `to` not included */
export function rowsAround(idx, nRows) {
  return { from: Math.max(0, idx - AROUND), to: Math.min(nRows, idx + AROUND + 1) };
}

/**
 * @param {object} box
 * @param {number} box.scrollTop
 * @param {number} box.height that is in sight
 * @param {number} box.rowHeight
 * @param {number} nRows
 * @returns {{from: number, to: number}} indices, `to` not included
 */
export function rowsInSight({ scrollTop, height, rowHeight }, nRows) {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + height) / rowHeight);
  const from = Math.min(Math.max(0, first - AROUND), Math.max(0, nRows - 1));
  return { from, to: Math.min(nRows, Math.max(last + AROUND, from)) };
}
