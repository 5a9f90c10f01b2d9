/** Network: the preset, what it is there to show, and its layers. */
import { find, make, setText } from "../../ui/dom.js";
import { LayerList } from "./layer-list.js";

/** @typedef {import("../../protocol/requests.js").Preset} Preset */

/** What each preset is there to show. @type {Record<string, string>} */
const NOTES = {
  "By hand": "The NumPy exercise. Weights from N(0, 1) saturate it: it stays near chance.",
  "PyTorch twin": "The layers of By hand, started and trained PyTorch’s way: now they learn.",
  "Network wars": "Deeper and leaky, with cross-entropy, one image at a time.",
  "Better answer": "What a practitioner tries first: ReLU, cross-entropy, Adam.",
  "Best dense": "As far as dense layers go: images varied anew, the rate up and down once.",
  Convolutional: "Looks for the same small patterns all over the image.",
};

export class NetworkPanel {
  #preset;
  #note;
  #changed;
  #changedFrom;
  #reason;

  /**
   * @param {HTMLElement} section
   * @param {{onPreset: (name: string) => void, onLayers: () => void}} events
   */
  constructor(section, { onPreset, onLayers }) {
    this.#preset = find(section, "#preset", HTMLSelectElement);
    this.#note = find(section, ".preset-note", HTMLElement);
    this.#changed = find(section, ".preset-changed", HTMLElement);
    this.#changedFrom = find(section, ".preset-changed span", HTMLElement);
    this.#reason = find(section, ".reason", HTMLElement);
    this.layers = new LayerList(find(section, ".layers", HTMLElement), { onChange: onLayers });
    this.#preset.addEventListener("change", () => onPreset(this.preset));
    find(section, "[name=restore]", HTMLButtonElement).addEventListener("click", () => {
      onPreset(this.preset);
      // The button is gone with what it was for.
      this.#preset.focus();
    });
  }

  get preset() {
    return this.#preset.value;
  }

  /** @param {Preset[]} presets @param {string} preferred */
  setPresets(presets, preferred) {
    this.#preset.replaceChildren(...presets.map(({ name }) => make("option", {}, name)));
    this.choose(preferred);
  }

  /** @param {string} name chosen if there is such a preset */
  choose(name) {
    if ([...this.#preset.options].some(({ value }) => value === name)) this.#preset.value = name;
  }

  /**
   * @param {object} update
   * @param {boolean} update.canEdit
   * @param {boolean} update.isChanged whether the settings differ from the preset's
   */
  update({ canEdit, isChanged }) {
    this.#preset.disabled = !canEdit;
    this.#reason.hidden = canEdit;
    this.#changed.hidden = !(isChanged && canEdit);
    this.#note.hidden = isChanged || !canEdit;
    this.#preset.setAttribute(
      "aria-describedby",
      (canEdit ? (isChanged ? this.#changed : this.#note) : this.#reason).id,
    );
    setText(this.#note, NOTES[this.preset] ?? "");
    setText(this.#changedFrom, `Changed from ${this.preset}.`);
    this.layers.update(canEdit);
  }
}
