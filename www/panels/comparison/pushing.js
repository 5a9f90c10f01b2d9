/** Labels beside the ends of lines: each as near to its line as the others let it, none over another. */

/**
 * @param {readonly number[]} wanted middles, in any order
 * @param {number} height of each label
 * @param {number} low where the room begins
 * @param {number} high where it ends; where all do not fit, the last run out of it
 * @returns {number[]} middles, in the same order; the order from top to bottom is that of the wanted ones
 */
export function pushedApart(wanted, height, low, high) {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  /** Labels that touch: they move as one. @type {{sum: number, n: number, top: number}[]} */
  const blocks = [];
  for (const i of order) {
    // What the block's top would be if this one alone decided.
    let block = { sum: (wanted[i] ?? 0) - height / 2, n: 1, top: 0 };
    block.top = held(block, height, low, high);
    for (let above = blocks.at(-1); above !== undefined && above.top + above.n * height > block.top; ) {
      blocks.pop();
      const { sum, n } = block;
      block = { sum: above.sum + sum - n * above.n * height, n: above.n + n, top: 0 };
      block.top = held(block, height, low, high);
      above = blocks.at(-1);
    }
    blocks.push(block);
  }
  const middles = new Array(wanted.length).fill(0);
  let nPlaced = 0;
  for (const { n, top } of blocks) {
    for (let k = 0; k < n; k++) middles[order[nPlaced++] ?? 0] = top + (k + 0.5) * height;
  }
  return middles;
}

/**
 * A block's top where its labels are together as near as can be to where they want to be, within the room.
 * @param {{sum: number, n: number}} block
 * @param {number} height
 * @param {number} low
 * @param {number} high
 */
function held({ sum, n }, height, low, high) {
  return Math.max(low, Math.min(sum / n, high - n * height));
}
