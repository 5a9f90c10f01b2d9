/** The dialog "Share": a run's recipe as a link, as a QR code and as a file, with what was seen of it. */
import { rowsOf } from "../../recipe/summary.js";
import { encodeShared, sharedOf, whyNoClaim, writeShared } from "../../runs/share.js";
import { inGroups } from "../../runs/verification.js";
import { make, setText } from "../../ui/dom.js";
import { download } from "../../ui/download.js";
import { count, counted, percent } from "../../ui/format.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../protocol/requests.js").DataSummary} DataSummary
 */

/** What a phone's camera reads from a projector without effort; what is longer is better copied. */
const MOST_FOR_QR = 2000;

export class ShareDialog {
  #window;
  #run;
  #shared;
  #link = make("textarea", { id: "share-link", rows: "4", readonly: "", spellcheck: "false" });
  #news = make("p", { class: "small", role: "status" });
  #qr = make("div", { class: "share-qr" });
  #dialog;

  /**
   * @param {Window} window
   * @param {Run} run
   * @param {DataSummary | null} data that is loaded
   */
  constructor(window, run, data) {
    this.#window = window;
    this.#run = run;
    this.#shared = sharedOf(run);
    this.#dialog = make("dialog", { class: "share", "aria-labelledby": "share-title" });
    const close = button("Close", "quiet", () => this.#dialog.close());
    const title = make("h2", { id: "share-title" }, "Share");
    const help = `${run.name}, seed ${run.recipe.seed}. The link is the recipe itself; nothing is uploaded.`;
    this.#dialog.append(
      make("div", { class: "panel-head" }, title, close),
      make("p", { class: "help" }, help),
      make("div", { class: "share-parts" }, this.#left(data), this.#right()),
    );
    // It goes with what it was about; the browser gives the focus back.
    this.#dialog.addEventListener("close", () => this.#dialog.remove());
  }

  async show() {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#link.focus();
    const { origin, pathname, search } = this.#window.location;
    try {
      const link = `${origin}${pathname}${search}#train?recipe=${await encodeShared(this.#shared)}`;
      this.#link.value = link;
      setText(this.#news, counted(link.length, "character"));
      await this.#draw(link);
    } catch {
      this.#link.value = "";
      setText(this.#news, "This browser cannot pack a link. The file works.");
    }
  }

  /** @param {DataSummary | null} data */
  #left(data) {
    const copy = button("Copy link", "primary", () => this.#copy());
    const save = button("Save as a file", "", () => this.#save());
    const facts = make("dl", { class: "facts" });
    for (const [about, text] of this.#facts(data)) facts.append(make("dt", {}, about), make("dd", {}, text));
    return make(
      "div",
      {},
      make("div", { class: "field" }, make("label", { for: "share-link" }, "Link"), this.#link),
      make("div", { class: "row" }, copy, save, this.#news),
      facts,
      make("p", { class: "help" }, this.#claimInWords()),
    );
  }

  #right() {
    const full = button("Full screen", "quiet", () => void this.#qr.requestFullscreen?.().catch(() => {}));
    return make(
      "div",
      {},
      this.#qr,
      make("div", { class: "panel-head" }, make("span", { class: "small" }, "For the projector"), full),
    );
  }

  /** @param {DataSummary | null} data @returns {[string, string][]} */
  #facts(data) {
    const { recipe, network, fingerprint } = this.#run;
    const { checksum, validationAccuracy, test } = this.#shared;
    const images = data?.fingerprint === fingerprint ? `${count(data.training.nImages)} training images, ` : "";
    const scores = [
      ...(validationAccuracy === null
        ? []
        : [`${percent(validationAccuracy)} of ${count(this.#run.nValidation)} validation images`]),
      ...(test === null ? [] : [`${percent(test.nCorrect / test.nImages)} of ${count(test.nImages)} test images`]),
    ];
    return [
      ...rowsOf(recipe, network.inputShape),
      ["On", `${images}fingerprint ${inGroups(fingerprint)}`],
      ...(checksum === null
        ? []
        : /** @type {[string, string][]} */ ([["You claim", scores.join(", ") || "the weights alone"]])),
      ...(checksum === null ? [] : /** @type {[string, string][]} */ ([["Weights’ checksum", inGroups(checksum)]])),
    ];
  }

  #claimInWords() {
    const why = whyNoClaim(this.#run);
    if (why !== "") return `${why}, so that the recipe is shared without a score or a checksum.`;
    const sealed = this.#run.isSealed ? " The test score is sealed and not in the link." : "";
    return `Whoever opens it can train it again and see whether the last bit agrees.${sealed}`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#link.value);
      setText(this.#news, "Copied");
    } catch {
      // Browsers refuse where the page is not served safely, and when the user says no.
      this.#link.select();
      setText(this.#news, "The browser does not let this page copy: the link is selected, copy it from there");
    }
  }

  #save() {
    const stem =
      this.#run.name
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, "")
        .toLowerCase() || "run";
    const name = `${stem}-seed-${this.#run.recipe.seed}.hellonn.json`;
    download({ name, type: "application/json", content: writeShared(this.#shared) });
    setText(this.#news, `Saved as ${name}`);
  }

  /** @param {string} link */
  async #draw(link) {
    const code = link.length > MOST_FOR_QR ? null : (await import("./qr.js")).qrCode(link);
    if (code === null) setText(this.#qr, "The link is too long for a QR code: copy it, or save the file.");
    else this.#qr.replaceChildren(code);
  }
}

/** @param {string} text @param {string} kind @param {() => void} onClick */
function button(text, kind, onClick) {
  const made = make("button", { type: "button", class: `button ${kind}`.trim() }, text);
  made.addEventListener("click", onClick);
  return made;
}
