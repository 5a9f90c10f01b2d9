/** On a phone what is watched comes first: in the document itself, and so for the keyboard and for whoever listens. */
import { find } from "./dom.js";

/**
 * @typedef {object} Order of a view's panels
 * @property {string[]} sideBySide
 * @property {string[]} inOneColumn
 */

/** @type {Record<"train" | "runs", Order>} */
export const ORDERS = {
  train: {
    sideBySide: ["#data", "#network", "#training", "#curves", "#draw", "#test"],
    inOneColumn: ["#draw", "#test", "#curves", "#training", "#network", "#data"],
  },
  runs: {
    sideBySide: ["#race", "#comparison", "#verdict", "#runs-list"],
    inOneColumn: ["#verdict", "#race", "#comparison", "#runs-list"],
  },
};

/** @param {Document} document @param {Order} order */
export function keepReadingOrder(document, { sideBySide, inOneColumn }) {
  // As in styles/layout.css.
  const isNarrow = matchMedia("(max-width: 679px)");
  const arrange = () => {
    const focused = document.activeElement;
    for (const panel of isNarrow.matches ? inOneColumn : sideBySide) {
      const section = find(document, panel, HTMLElement);
      const column = section.parentElement;
      // Each goes to the end of its column, and the column to the end of the view.
      column?.append(section);
      if (column?.matches(".column")) column.parentElement?.append(column);
    }
    // An element that is moved in the document loses the focus.
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
  isNarrow.addEventListener("change", arrange);
  arrange();
}
