/** Whether all of the page can be seen and reached at a width. */

/** From the narrowest phone, which a window of 1280 px is at 400 %, to a wide screen. */
export const WIDTHS = [320, 340, 360, 375, 390, 414, 480, 600, 768, 834, 1024, 1180, 1280, 1440, 1680, 1920, 2560];

/**
 * What does not fit the window as it is.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>} a line each; none where all fits
 */
export function misfits(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    /** @type {string[]} */
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
    const say = (/** @type {string} */ what, /** @type {Element} */ element) =>
      found.push(`${what}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`);

    for (const element of document.body.querySelectorAll("*")) {
      if (!element.checkVisibility() || element.closest("[aria-hidden=true] canvas, .chart") !== null) continue;
      const { left, right } = element.getBoundingClientRect();
      if (isHeardAlone(element)) continue;
      const isOutside = right > clientWidth + 0.5 || left < -0.5;
      if (isOutside && !isWithinScroller(element)) say("lies outside of the window", element);
      if (isCut(element)) say("is cut off", element);
      if (runsOut(element)) say("has text that runs out of its box", element);
    }
    return found;

    /** Whether only a screen reader meets it. @param {Element} element */
    function isHeardAlone(element) {
      for (let box = /** @type {Element | null} */ (element); box !== null; box = box.parentElement) {
        if (getComputedStyle(box).clipPath === "inset(50%)") return true;
      }
      return false;
    }

    /** In a box of its own that scrolls, anything may be wide. @param {Element} element */
    function isWithinScroller(element) {
      for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement) {
        if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
      }
      return false;
    }

    /** @param {Element} element */
    function runsOut(element) {
      const { display, overflowX } = getComputedStyle(element);
      if (display.startsWith("inline") || display === "contents" || overflowX !== "visible") return false;
      const box = element.getBoundingClientRect();
      return [...element.childNodes].some((node) => {
        if (node.nodeType !== Node.TEXT_NODE || (node.textContent ?? "").trim() === "") return false;
        const range = document.createRange();
        range.selectNodeContents(node);
        const { left, right } = range.getBoundingClientRect();
        return right > box.right + 1 || left < box.left - 1;
      });
    }

    /** @param {Element} element */
    function isCut(element) {
      if (element instanceof HTMLInputElement) {
        // What is typed scrolls; what is only said in the empty field does not.
        return element.value === "" && element.placeholder !== "" && element.scrollWidth > element.clientWidth;
      }
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (!["hidden", "clip"].includes(overflowX) || textOverflow === "ellipsis") return false;
      return (element.textContent ?? "").trim() !== "" && element.scrollWidth > element.clientWidth + 1;
    }
  });
}

/**
 * @param {import("playwright-core").Page} page
 * @param {() => Promise<unknown>} [arrange] at each width, for what a change of width puts away
 * @returns {Promise<Record<string, string>>} at which widths each thing does not fit; empty where all fits
 */
export async function misfitsAtAllWidths(page, arrange) {
  /** @type {Record<string, string>} */
  const widthsOf = {};
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await arrange?.();
    for (const line of await misfits(page)) widthsOf[line] = `${widthsOf[line] ?? ""} ${width}`.trim();
  }
  if (before !== null) await page.setViewportSize(before);
  return widthsOf;
}
