/** On a phone what is watched comes first: in the document itself, and so for the keyboard and for whoever listens. */
import { find } from "./dom.js";

const SIDE_BY_SIDE = ["#data", "#network", "#training", "#curves", "#draw", "#test"];
const IN_ONE_COLUMN = ["#draw", "#test", "#curves", "#training", "#network", "#data"];

/** @param {Document} document */
export function keepReadingOrder(document) {
  // As in styles/layout.css.
  const isNarrow = matchMedia("(max-width: 679px)");
  const arrange = () => {
    const focused = document.activeElement;
    for (const panel of isNarrow.matches ? IN_ONE_COLUMN : SIDE_BY_SIDE) {
      const section = find(document, panel, HTMLElement);
      const column = section.parentElement;
      // Each goes to the end of its column, and the column to the end of the view.
      column?.append(section);
      column?.parentElement?.append(column);
    }
    // An element that is moved in the document loses the focus.
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
  isNarrow.addEventListener("change", arrange);
  arrange();
}
