/** The test scores' seal: they are told once, after the verdict. */
import { make } from "../../ui/dom.js";
import { count } from "../../ui/format.js";
import { makeSvg } from "../../ui/svg.js";

const LOCK = "M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zM5.5 7h5V5a2.5 2.5 0 0 0-5 0z";

/**
 * @param {string} cannot why it cannot be broken yet; "" where it can
 * @param {() => void} onReveal
 */
export function sealElement(cannot, onReveal) {
  const button = make("button", { type: "button", class: "button", name: "reveal" }, "Reveal");
  button.disabled = cannot !== "";
  button.addEventListener("click", onReveal);
  const lock = makeSvg(
    "svg",
    { viewBox: "0 0 16 16", class: "lock", "aria-hidden": "true" },
    makeSvg("path", { d: LOCK }),
  );
  const why = cannot === "" ? "Decide first: a score once seen pulls at every later choice." : cannot;
  const text = make("p", { id: "seal-text" }, make("b", {}, "Test accuracy is sealed."), " ", why);
  button.setAttribute("aria-describedby", "seal-text");
  return make("div", { class: "seal" }, lock, text, button);
}

/** So many images find room in a row. */
const N_PLACES = 9;

/** Where images will be. */
export function placeholders() {
  const row = (/** @type {string} */ name) =>
    make(
      "div",
      {},
      make("h4", { class: "misread-title" }, name, make("span", { class: "small" }, "sealed")),
      make(
        "div",
        { class: "misread-places", "aria-hidden": "true" },
        ...Array.from({ length: N_PLACES }, () => make("span")),
      ),
    );
  const help = make("span", { class: "small" }, " opens with the test score");
  return make(
    "div",
    { class: "verdict-part" },
    make("h3", {}, "Image by image", help),
    row("A right, B wrong"),
    row("B right, A wrong"),
  );
}

/**
 * @param {number} at when it was revealed, in milliseconds since 1970
 * @param {{a: import("./rows.js").GroupTest, b: import("./rows.js").GroupTest} | null} tests
 * @param {string} withoutImages why there is nothing to see image by image
 */
export function testNote(at, tests, withoutImages) {
  const time = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const given = [tests?.a.given, tests?.b.given].find((scores) => scores != null);
  const sentences = [
    `Test: revealed once, at ${time}; it chooses nothing.`,
    ...(tests !== null && given === undefined ? ["None of these runs was tested."] : []),
    ...(given == null
      ? []
      : [`${count(given.nImages)} images pin one run down no better than that (Wilson’s interval).`]),
    ...(tests !== null && (tests.a.undisputed ?? tests.b.undisputed) !== null ? [DISPUTED] : []),
    withoutImages,
  ];
  return make("p", { class: "small test-note" }, sentences.filter(Boolean).join(" "));
}

const DISPUTED = "Of 15 test labels at least three of five people said that they are wrong, or were not sure.";
