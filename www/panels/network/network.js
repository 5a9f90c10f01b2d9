/** Network: the preset, what it is there to show, and its layers. */
import { find, make, setText } from "../../ui/dom.js";
import { LayerList } from "./layer-list.js";

/** @typedef {import("../../protocol/requests.js").Preset} Preset */

export class NetworkPanel {
  #preset;
  #note;
  #changed;
  #changedFrom;
  #restore;
  #help;
  #reason;
  /** @type {Preset[]} */ #presets = [];

  /**
   * @param {HTMLElement} section
   * @param {{onPreset: (name: string) => void, onLayers: () => void}} events
   */
  constructor(section, { onPreset, onLayers }) {
    this.#preset = find(section, "#preset", HTMLSelectElement);
    this.#note = find(section, ".preset-note", HTMLElement);
    this.#changed = find(section, ".preset-changed", HTMLElement);
    this.#changedFrom = find(section, ".preset-changed span", HTMLElement);
    this.#restore = find(section, "[name=restore]", HTMLButtonElement);
    this.#help = find(section, ".help", HTMLElement);
    this.#reason = find(section, ".reason", HTMLElement);
    this.layers = new LayerList(find(section, ".layers", HTMLElement), { onChange: onLayers });
    this.#preset.addEventListener("change", () => onPreset(this.#preset.value));
    this.#restore.addEventListener("click", () => {
      onPreset(this.#preset.value);
      // The button is gone with what it was for.
      this.#preset.focus();
    });
  }

  /**
   * @param {object} update
   * @param {Preset[]} update.presets
   * @param {string} update.presetName the one that is chosen
   * @param {import("../../protocol/requests.js").DataSummary | null} update.data that the layers are for
   * @param {boolean} update.canEdit
   * @param {boolean} update.isChanged whether the settings differ from the preset's
   */
  update({ presets, presetName, data, canEdit, isChanged }) {
    if (presets !== this.#presets) {
      this.#presets = presets;
      this.#preset.replaceChildren(...presets.map(({ name }) => make("option", {}, name)));
    }
    this.#preset.value = presetName;
    this.#preset.disabled = !canEdit;
    this.#help.hidden = !canEdit;
    this.#reason.hidden = canEdit;
    this.#changed.hidden = !isChanged;
    this.#restore.disabled = !canEdit;
    const descriptions = [this.#note, ...(isChanged ? [this.#changed] : []), ...(canEdit ? [] : [this.#reason])];
    this.#preset.setAttribute("aria-describedby", descriptions.map(({ id }) => id).join(" "));
    setText(this.#note, presets.find(({ name }) => name === presetName)?.note ?? "");
    setText(this.#changedFrom, `Changed from ${presetName}.`);
    this.layers.update(canEdit, data);
  }
}
