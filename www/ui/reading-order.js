/**
 * On a phone what is watched comes first, and so it does for the keyboard and for whoever listens: the order in the
 * document is the one that is seen.
 */

/** As in styles/layout.css. */
const ONE_COLUMN = "(max-width: 679px)";

/** The panels from left to right and from top to bottom, side by side or in one column. */
const ORDERS = {
  wide: ["#data", "#network", "#training", "#curves", "#draw", "#test"],
  narrow: ["#draw", "#test", "#curves", "#training", "#network", "#data"],
};

/** @param {Document} document */
export function keepReadingOrder(document) {
  const query = matchMedia(ONE_COLUMN);
  const arrange = () => order(document, query.matches ? ORDERS.narrow : ORDERS.wide);
  query.addEventListener("change", arrange);
  arrange();
}

/**
 * @param {Document} document
 * @param {string[]} panels
 */
function order(document, panels) {
  const focused = document.activeElement;
  const inOrder = panels.map((panel) => document.querySelector(panel)).filter((panel) => panel !== null);
  // Each goes to the end of its column, and the column to the end of the view.
  for (const panel of inOrder) {
    const column = panel.parentElement;
    column?.append(panel);
    column?.parentElement?.append(column);
  }
  // An element that is moved in the document loses the focus.
  if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
}
