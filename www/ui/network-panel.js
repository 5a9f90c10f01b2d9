/** Network: the preset, and its layers as rows. */
import { count } from "./format.js";
import { find, make, setText } from "./dom.js";

/**
 * @typedef {import("../protocol.js").NetworkSummary} NetworkSummary
 * @typedef {import("../protocol.js").Preset} Preset
 */

/** What each preset is there to show. @type {Record<string, string>} */
const NOTES = {
  "By hand":
    "The NumPy exercise: weights from N(0, 1), so large that they saturate it.",
  "PyTorch twin": "The layers of By hand, started and trained PyTorch’s way.",
  "Network wars": "Deeper and leaky, with cross-entropy, one image at a time.",
  "Better answer": "What a practitioner tries first: ReLU, cross-entropy, Adam.",
  Convolutional: "Looks for the same small patterns all over the image.",
};

export class NetworkPanel {
  #preset;
  #note;
  #restore;
  #rows;
  #total;
  #error;
  #reason;

  /**
   * @param {HTMLElement} section
   * @param {{onPreset: (name: string) => void}} events
   */
  constructor(section, { onPreset }) {
    this.#preset = find(section, "#preset", HTMLSelectElement);
    this.#note = find(section, ".preset-note", HTMLElement);
    this.#restore = find(section, "[name=restore]", HTMLButtonElement);
    this.#rows = find(section, "tbody", HTMLTableSectionElement);
    this.#total = find(section, ".total", HTMLElement);
    this.#error = find(section, ".field-error", HTMLElement);
    this.#reason = find(section, ".reason", HTMLElement);
    this.#preset.addEventListener("change", () => onPreset(this.preset));
    this.#restore.addEventListener("click", () => onPreset(this.preset));
  }

  get preset() {
    return this.#preset.value;
  }

  /** @param {Preset[]} presets @param {string} preferred */
  setPresets(presets, preferred) {
    this.#preset.replaceChildren(...presets.map(({ name }) => make("option", {}, name)));
    if (presets.some(({ name }) => name === preferred)) this.#preset.value = preferred;
  }

  /**
   * @param {object} update
   * @param {boolean} update.canEdit
   * @param {boolean} update.isChanged whether the settings differ from the preset's
   */
  update({ canEdit, isChanged }) {
    this.#preset.disabled = !canEdit;
    this.#reason.hidden = canEdit;
    this.#note.hidden = !canEdit;
    this.#preset.setAttribute("aria-describedby", canEdit ? this.#note.id : this.#reason.id);
    this.#restore.hidden = !(isChanged && canEdit);
    setText(this.#note, NOTES[this.preset] ?? "");
  }

  /** @param {NetworkSummary} network */
  showNetwork({ inputShape, layers, nParameters }) {
    this.showError("");
    const input = row("Input", inputShape, null);
    this.#rows.replaceChildren(input, ...layers.map((layer) => row(layer.name, layer.outputShape, layer.nParameters)));
    setText(this.#total, count(nParameters));
  }

  /** @param {string} message */
  showError(message) {
    this.#error.hidden = message === "";
    setText(this.#error, message);
  }
}

/**
 * @param {string} name
 * @param {number[]} shape
 * @param {number | null} nParameters
 */
function row(name, shape, nParameters) {
  const hasWeights = nParameters !== null && nParameters > 0;
  return make(
    "tr",
    { class: nParameters === null ? "layer-input" : hasWeights ? "layer-weights" : "layer-activation" },
    make("th", { scope: "row" }, name),
    make("td", {}, shape.map(count).join(" × ")),
    make("td", {}, hasWeights ? count(nParameters) : "–"),
  );
}
