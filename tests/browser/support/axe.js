/** axe-core's verdict on the page as it is. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Those that look at colours, of those that are looked at by default. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * @param {import("playwright-core").Page} page
 * @param {{onlyColours?: boolean}} [options] `onlyColours`: where nothing else has changed since all was looked at
 * @returns {Promise<string[]>} the violations, one line each
 */
export async function violations(page, { onlyColours = false } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  return page.evaluate(
    async (rules) => {
      const { axe } = /** @type {{axe: typeof import("axe-core")}} */ (/** @type {unknown} */ (globalThis));
      const { violations } = await axe.run(document, {
        resultTypes: ["violations"],
        ...(rules === null ? {} : { runOnly: rules }),
      });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(
          (node) => `${id} (${help}) at ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim()}`,
        ),
      );
    },
    onlyColours ? COLOUR_RULES : null,
  );
}
