/** All images that only one of two runs reads, some at a time. */
import { make } from "../../ui/dom.js";
import { count } from "../../ui/format.js";
import { MisreadStrip } from "./misread-strip.js";

/**
 * @typedef {import("./images.js").ImagesShown} ImagesShown
 * @typedef {import("./images.js").ImagesEvents} ImagesEvents
 */

/** So many at a time: of thousands, nobody sees more. */
const N_AT_A_TIME = 200;

/**
 * @param {HTMLDialogElement} dialog
 * @param {ImagesShown} shown
 * @param {ImagesEvents["imagesAt"]} imagesAt
 */
export function openAll(dialog, { compared, a, b, size }, imagesAt) {
  const title = make("h2", { id: "all-images-title" }, "Images that only one of them reads");
  const close = make("button", { type: "button", class: "button" }, "Close");
  close.addEventListener("click", () => dialog.close());
  const lists = [
    list("all-only-a", "A right, B wrong", compared.onlyA, { answers: b.answers, wrong: "B", size, imagesAt }),
    list("all-only-b", "B right, A wrong", compared.onlyB, { answers: a.answers, wrong: "A", size, imagesAt }),
  ];
  dialog.setAttribute("aria-labelledby", title.id);
  dialog.replaceChildren(title, ...lists, make("div", { class: "row" }, close));
  dialog.showModal();
}

/**
 * @param {string} id
 * @param {string} name
 * @param {readonly number[]} indices
 * @param {{answers: Uint8Array | null, wrong: "A" | "B", size: {rows: number, cols: number},
 *   imagesAt: ImagesEvents["imagesAt"]}} of
 */
function list(id, name, indices, { answers, wrong, size, imagesAt }) {
  const strip = new MisreadStrip(id, name, "h3");
  strip.begin(indices.length);
  const more = make("button", { type: "button", class: "link" });
  let nShown = 0;
  const showMore = async () => {
    const next = indices.slice(nShown, nShown + N_AT_A_TIME);
    nShown += next.length;
    more.hidden = nShown >= indices.length;
    more.textContent = `${count(Math.min(N_AT_A_TIME, indices.length - nShown))} more`;
    const samples = next.length === 0 ? null : await imagesAt(next);
    if (samples !== null) strip.add(next, samples, size, answers, wrong);
  };
  more.addEventListener("click", () => void showMore());
  void showMore();
  return make("div", { class: "all-misread" }, strip.element, more);
}
