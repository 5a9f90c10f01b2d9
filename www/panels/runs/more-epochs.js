/** The dialog that asks how many epochs a run is to have that is over, before it goes on. */
import { find, setText } from "../../ui/dom.js";
import { count, counted } from "../../ui/format.js";

export class MoreEpochs {
  #dialog;
  #events;
  #sentence;
  #field;
  #error;
  #run = { id: "", nEpochs: 0 };

  /** @param {HTMLDialogElement} dialog @param {{onEpochs: (id: string, epochs: number) => void}} events */
  constructor(dialog, events) {
    this.#dialog = dialog;
    this.#events = events;
    this.#sentence = find(dialog, ".help", HTMLElement);
    this.#field = find(dialog, "input", HTMLInputElement);
    this.#error = find(dialog, ".field-error", HTMLElement);
    find(dialog, "form", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#goOn();
    });
    find(dialog, ".cancel", HTMLButtonElement).addEventListener("click", () => dialog.close());
  }

  /** @param {string} id @param {import("./rows.js").Row} row */
  ask(id, { label, nEpochs }) {
    this.#run = { id, nEpochs };
    setText(this.#sentence, `${label} has had ${counted(nEpochs, "epoch")}. It goes on from there, to the same bits.`);
    this.#field.value = String(2 * nEpochs);
    this.#say("");
    this.#dialog.showModal();
    this.#field.select();
  }

  #goOn() {
    const { id, nEpochs } = this.#run;
    const epochs = this.#field.value === "" ? Number.NaN : Number(this.#field.value);
    if (!Number.isSafeInteger(epochs) || epochs <= nEpochs) {
      this.#say(`Epochs: expected a whole number above ${count(nEpochs)}, found “${this.#field.value}”.`);
      return this.#field.focus();
    }
    this.#dialog.close();
    this.#events.onEpochs(id, epochs);
  }

  /** @param {string} error "": none */
  #say(error) {
    setText(this.#error, error);
    this.#error.hidden = error === "";
    this.#field.setAttribute("aria-invalid", String(error !== ""));
  }
}
