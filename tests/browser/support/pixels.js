/** What is really painted, pixel by pixel: for what only the eye finds out. */

/**
 * The colours of an element on the screen, with how many pixels each has, the most frequent first.
 * @param {import("playwright-core").Locator} locator
 * @returns {Promise<{colour: string, n: number}[]>} each as "r g b"
 */
export async function coloursOf(locator) {
  const png = await locator.screenshot();
  // The page's own policy allows it no image from elsewhere; a bitmap is none.
  const counts = await locator.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const { data = [] } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {};
    /** @type {Record<string, number>} */
    const counts = {};
    for (let i = 0; i < data.length; i += 4) {
      const colour = `${data[i]} ${data[i + 1]} ${data[i + 2]}`;
      counts[colour] = (counts[colour] ?? 0) + 1;
    }
    return counts;
  }, png.toString("base64"));
  return Object.entries(counts)
    .map(([colour, n]) => ({ colour, n }))
    .sort((a, b) => b.n - a.n);
}

/**
 * The share of an element that has a colour.
 * @param {import("playwright-core").Locator} locator
 * @param {string} wanted
 */
export async function shareOf(locator, wanted) {
  const colours = await coloursOf(locator);
  const nPixels = colours.reduce((sum, { n }) => sum + n, 0);
  return (colours.find(({ colour }) => colour === wanted)?.n ?? 0) / nPixels;
}
