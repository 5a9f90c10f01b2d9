/** The dialog "Export": a run as files for other programs, and weights from a file back into the page. */
import { whyNoCheck } from "../../runs/export/notebook-check.js";
import { canComeBack } from "../../runs/run.js";
import { make, setText } from "../../ui/dom.js";
import { download } from "../../ui/download.js";

/**
 * @typedef {import("../../runs/run.js").Run} Run
 * @typedef {import("../../runs/export/files.js").Ask} Ask
 * @typedef {import("../../runs/export/files.js").KindName} KindName
 *
 * @typedef {object} ExportEvents
 * @property {Ask} ask
 * @property {(bytes: Uint8Array) => Promise<void>} onWeights throws what is wrong with them, and leaves all as it was
 *
 * @typedef {{kind: KindName | "png", name: string, about: string, cannot: (run: Run) => string}} Item `cannot` why not;
 *   "": it can
 */

/** @param {Run} run */
const noWeights = (run) => (canComeBack(run) ? "" : "its weights are not kept");
/** @param {Run} run */
const noEpochs = ({ epochs }) => (epochs.length > 0 ? "" : "no epoch has ended yet");
/** @param {Run} run */
const noCurves = ({ epochs, curve }) => (epochs.length + curve.points.length > 0 ? "" : "nothing was trained yet");

/** @type {[string, Item[]][]} */
const GROUPS = [
  [
    "The network",
    [
      {
        kind: "safetensors",
        name: "Weights (safetensors)",
        about: "what PyTorch and others load; comes back into this page, too",
        cannot: noWeights,
      },
      {
        kind: "pytorch",
        name: "PyTorch script",
        about: "rebuilds the network, compares its answers, trains on; reads the weights’ file",
        cannot: noWeights,
      },
      {
        kind: "notebook",
        name: "Jupyter notebook",
        about: "the same, step by step, with the epochs trained here",
        cannot: noWeights,
      },
      { kind: "onnx", name: "ONNX", about: "for Netron and onnxruntime", cannot: noWeights },
    ],
  ],
  [
    "What was seen",
    [
      { kind: "json", name: "Run (JSON)", about: "recipe, epochs, results", cannot: () => "" },
      { kind: "csv", name: "Epochs (CSV)", about: "a row an epoch, every digit", cannot: noEpochs },
      { kind: "png", name: "Curves (PNG)", about: "loss and accuracy, for a report", cannot: noCurves },
      { kind: "svg", name: "Curves (SVG)", about: "the same, sharp at every size", cannot: noCurves },
    ],
  ],
  [
    "Your own network",
    [
      {
        kind: "check",
        name: "Check my notebook",
        about: "a Python file that compares your NumPy layers with these numbers and names the first that differs",
        cannot: ({ recipe }) => whyNoCheck(recipe),
      },
    ],
  ],
];

const MOST_BYTES = 200e6;

export class ExportDialog {
  #run;
  #events;
  #news = make("p", { class: "small", role: "status" });
  #error = make("p", { class: "field-error", role: "alert", id: "weights-error", hidden: "" });
  #file = make("input", { id: "weights-file", type: "file", accept: ".safetensors" });
  #dialog;

  /**
   * @param {Run} run
   * @param {string} cannotOpen why no weights can be opened now; "": they can
   * @param {ExportEvents} events
   */
  constructor(run, cannotOpen, events) {
    this.#run = run;
    this.#events = events;
    const close = make("button", { type: "button", class: "button quiet" }, "Close");
    close.addEventListener("click", () => this.#dialog.close());
    const title = make("h2", { id: "export-title" }, "Export");
    const help = `${run.name}, seed ${run.recipe.seed}. Each file is made here and goes to your downloads.`;
    this.#dialog = make(
      "dialog",
      { class: "export", "aria-labelledby": "export-title", "data-takes-files": "" },
      make("div", { class: "panel-head" }, title, close),
      make("p", { class: "help" }, help),
      ...GROUPS.map(([about, items]) => this.#group(about, items)),
      this.#openPart(cannotOpen),
      this.#news,
    );
    this.#dialog.addEventListener("close", () => this.#dialog.remove());
    this.#dialog.addEventListener("drop", ({ dataTransfer }) => void this.#take(dataTransfer?.files[0]));
  }

  show() {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  /** @param {string} about @param {Item[]} items */
  #group(about, items) {
    const rows = items.map((item) => this.#row(item));
    return make("div", { role: "group", "aria-label": about }, make("h3", {}, about), ...rows);
  }

  /** @param {Item} item */
  #row({ kind, name, about, cannot }) {
    const why = cannot(this.#run);
    const id = `export-${kind}`;
    const button = make("button", { type: "button", class: "button", "aria-describedby": id }, name);
    button.disabled = why !== "";
    button.addEventListener("click", () => void this.#export(kind, name, button));
    const text = why === "" ? about : `Not for this run: ${why}.`;
    return make("div", { class: "export-row" }, button, make("span", { id, class: "small" }, text));
  }

  /** @param {string} cannot */
  #openPart(cannot) {
    this.#file.setAttribute("aria-describedby", "weights-help weights-error");
    this.#file.disabled = cannot !== "";
    this.#file.addEventListener("change", () => {
      void this.#take(this.#file.files?.[0]);
      // Choosing the same file again, once repaired, is a change too.
      this.#file.value = "";
    });
    const help =
      cannot || "Choose or drop a safetensors file, of this page or of the script: it becomes a run of its own.";
    return make(
      "div",
      { class: "drop-zone" },
      this.#file,
      make("label", { for: "weights-file" }, "Open weights"),
      make("p", { id: "weights-help", class: "small" }, help),
      this.#error,
    );
  }

  /** @param {Item["kind"]} kind @param {string} name @param {HTMLButtonElement} button */
  async #export(kind, name, button) {
    this.#refuse("");
    setText(this.#news, `${name}: on its way …`);
    button.setAttribute("aria-busy", "true");
    try {
      const file = await this.#made(kind);
      download(file);
      setText(this.#news, `Saved as ${file.name}`);
    } catch (error) {
      setText(this.#news, `${name}: ${/** @type {Error} */ (error).message}`);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /** @param {Item["kind"]} kind */
  async #made(kind) {
    const { exportFile } = await import("../../runs/export/files.js");
    if (kind !== "png") return exportFile(kind, this.#run, this.#events.ask);
    const svg = await exportFile("svg", this.#run, this.#events.ask);
    const { pngOf } = await import("./png.js");
    return { name: svg.name.replace(/svg$/, "png"), type: "image/png", content: await pngOf(String(svg.content)) };
  }

  /** @param {File | undefined} file */
  async #take(file) {
    if (file === undefined || this.#file.disabled) return;
    if (file.size > MOST_BYTES) return this.#refuse(`${file.name}: expected at most 200 MB`);
    /** @type {ArrayBuffer} */
    let bytes;
    try {
      bytes = await file.arrayBuffer();
    } catch {
      // Browsers hand a folder over as if it were a file.
      return this.#refuse(`${file.name} could not be read: expected a safetensors file, found a folder`);
    }
    try {
      await this.#events.onWeights(new Uint8Array(bytes));
      this.#dialog.close();
    } catch (error) {
      const { message, field } = /** @type {Error & {field?: string}} */ (error);
      this.#refuse(`${file.name}: ${field === undefined ? "" : `${field}: `}${message}`);
    }
  }

  /** @param {string} message */
  #refuse(message) {
    this.#error.hidden = message === "";
    setText(this.#error, message);
  }
}
