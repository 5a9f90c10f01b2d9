/** Which kind of loss is shown: a cross-entropy and a squared error on one axis would say nothing. */
import { make, setText } from "../../ui/dom.js";

export class LossSwitch {
  #box;
  #onChoose;
  /** @type {Map<string, {label: HTMLLabelElement, radio: HTMLInputElement, text: HTMLElement}>} */ #choices =
    new Map();

  /** @param {HTMLElement} box @param {(kind: string) => void} onChoose */
  constructor(box, onChoose) {
    this.#box = box;
    this.#onChoose = onChoose;
  }

  /** @param {readonly {kind: string, n: number}[]} kinds @param {string} chosen */
  update(kinds, chosen) {
    this.#box.hidden = kinds.length === 0;
    for (const [kind, { label }] of this.#choices) {
      if (kinds.some((each) => each.kind === kind)) continue;
      label.remove();
      this.#choices.delete(kind);
    }
    for (const { kind, n } of kinds) {
      const { radio, text } = this.#choices.get(kind) ?? this.#add(kind);
      radio.checked = kind === chosen;
      setText(text, `${kind} ${n}`);
    }
  }

  /** @param {string} kind */
  #add(kind) {
    const radio = make("input", { type: "radio", name: "loss-kind", value: kind });
    radio.addEventListener("change", () => this.#onChoose(kind));
    const text = make("span");
    const label = make("label", {}, radio, text);
    this.#box.append(label);
    const choice = { label, radio, text };
    this.#choices.set(kind, choice);
    return choice;
  }
}
