/** Draws the way people do: strokes of a mouse, a finger or a pen, at the size and place that they choose. */
import { readFile } from "node:fs/promises";

/**
 * @typedef {import("./hellonn-page.js").HelloNN} HelloNN
 * @typedef {[number, number][]} Stroke in the unit square, y down
 * @typedef {{label: number, strokes: Stroke[]}} Drawing
 * @typedef {{size: number, left: number, top: number}} Placement shares of the canvas
 * @typedef {"mouse" | "touch" | "pen"} Tool
 */

/** @returns {Promise<Drawing[]>} four drawings of each digit */
export async function handDrawn() {
  return JSON.parse(await readFile(new URL("../../drawings/digits.json", import.meta.url), "utf8"));
}

export const WHOLE = { size: 1, left: 0, top: 0 };

/**
 * Sizes and places that differ from drawing to drawing, the same in each run.
 * @param {number} idx
 * @returns {Placement}
 */
export function placement(idx) {
  // Multiples of the golden ratio spread evenly over 0 to 1, whatever their number.
  const spread = (/** @type {number} */ n) => (n * 0.6180339887) % 1;
  const size = 0.4 + 0.6 * spread(idx + 1);
  return { size, left: (1 - size) * spread(3 * idx + 2), top: (1 - size) * spread(7 * idx + 3) };
}

/**
 * @param {HelloNN} nn
 * @param {Stroke[]} strokes
 * @param {{place?: Placement, tool?: Tool}} [how]
 */
export async function draw(nn, strokes, { place = WHOLE, tool = "mouse" } = {}) {
  await nn.canvas.scrollIntoViewIfNeeded();
  const box = await nn.canvas.boundingBox();
  if (box === null) throw new Error("the canvas is not on the page");
  const onPage = (/** @type {[number, number]} */ [x, y]) => ({
    x: box.x + (place.left + x * place.size) * box.width,
    y: box.y + (place.top + y * place.size) * box.height,
  });
  const hand = await HANDS[tool](nn);
  for (const stroke of strokes) {
    const [first, ...rest] = stroke.map(onPage);
    if (first === undefined) continue;
    await hand.down(first);
    // Faster than frames come, as a quick hand is: the page gets these points coalesced.
    await Promise.all(rest.map((point) => hand.move(point)));
    await hand.up(rest.at(-1) ?? first);
  }
}

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {{down(point: Point): Promise<unknown>, move(point: Point): Promise<unknown>, up(point: Point):
 *   Promise<unknown>}} Hand
 */

/** @type {Record<Tool, (nn: HelloNN) => Promise<Hand>>} */
const HANDS = {
  async mouse({ page: { mouse } }) {
    return {
      async down({ x, y }) {
        await mouse.move(x, y);
        await mouse.down();
      },
      move: ({ x, y }) => mouse.move(x, y),
      up: () => mouse.up(),
    };
  },
  async touch({ page }) {
    const devtools = await page.context().newCDPSession(page);
    /** @param {"touchStart" | "touchMove" | "touchEnd"} type @param {Point[]} touchPoints */
    const send = (type, touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
    return {
      down: (point) => send("touchStart", [point]),
      move: (point) => send("touchMove", [point]),
      up: () => send("touchEnd", []),
    };
  },
  async pen({ page }) {
    const devtools = await page.context().newCDPSession(page);
    /** @param {"mousePressed" | "mouseMoved" | "mouseReleased"} type @param {Point} point @param {number} buttons */
    const send = (type, point, buttons) =>
      devtools.send("Input.dispatchMouseEvent", {
        type,
        ...point,
        pointerType: "pen",
        button: "left",
        buttons,
        clickCount: 1,
      });
    return {
      down: (point) => send("mousePressed", point, 1),
      move: (point) => send("mouseMoved", point, 1),
      up: (point) => send("mouseReleased", point, 0),
    };
  },
};
