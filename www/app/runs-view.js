/**
 * The view Runs: its panels and what each shows of the page. It is fetched when somebody first looks at it.
 *
 * @typedef {import("./actions.js").Actions} Actions
 * @typedef {import("./state.js").Page} Page
 */
import { RunsPanel } from "../panels/runs/runs.js";
import { find } from "../ui/dom.js";
import { keepReadingOrder, ORDERS } from "../ui/reading-order.js";
import { part } from "./render.js";
import { isMidRun } from "./state.js";

/**
 * @param {Document} document
 * @param {Actions} actions
 * @returns {(page: Page) => void}
 */
export function makeRunsView(document, actions) {
  keepReadingOrder(document, ORDERS.runs);
  const region = (/** @type {string} */ id) => find(document, `#${id}`, HTMLElement);
  const runs = new RunsPanel(region("runs-list"), {
    onOpen: (id) => actions.runs.open(id),
    onEditCopy: (id) => actions.runs.editCopy(id),
    onResume: (id) => actions.runs.goOn(id),
    onDelete: (ids) => actions.runs.delete(ids),
  });
  const parts = [
    part(
      (page) => ({
        runs: page.runs,
        current: page.current,
        isMidRun: isMidRun(page),
        fingerprint: page.data?.fingerprint ?? null,
      }),
      (shown) => runs.update(shown),
    ),
  ];
  return (page) => {
    for (const show of parts) show(page);
  };
}
