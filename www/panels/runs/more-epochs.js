/** The dialog that asks how many epochs a run is to have that is over, before it goes on. */
import { make, setText } from "../../ui/dom.js";
import { count, counted } from "../../ui/format.js";

export class MoreEpochs {
  #events;
  #sentence = make("p", { class: "help" });
  #field = make("input", {
    id: "more-epochs-field",
    type: "number",
    inputmode: "numeric",
    "aria-describedby": "more-epochs-error",
  });
  #error = make("p", { id: "more-epochs-error", class: "field-error", role: "alert" });
  #run = { id: "", nEpochs: 0 };

  /** @param {{onEpochs: (id: string, epochs: number) => void}} events */
  constructor(events) {
    this.#events = events;
    const cancel = make("button", { type: "button", class: "button" }, "Cancel");
    const goOn = make("button", { type: "submit", class: "button primary" }, "Go on");
    const label = make("label", { for: "more-epochs-field" }, "Epochs in all");
    const field = make("div", { class: "field" }, label, this.#field, this.#error);
    const form = make(
      "form",
      { class: "contents", novalidate: "" },
      field,
      make("div", { class: "row" }, cancel, goOn),
    );
    const title = make("h2", { id: "more-epochs-title" }, "More epochs");
    this.dialog = make("dialog", { "aria-labelledby": "more-epochs-title" }, title, this.#sentence, form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#goOn();
    });
    cancel.addEventListener("click", () => this.dialog.close());
  }

  /** @param {string} id @param {import("./rows.js").Row} row */
  ask(id, { label, nEpochs }) {
    this.#run = { id, nEpochs };
    setText(this.#sentence, `${label} has had ${counted(nEpochs, "epoch")}. It goes on from there, to the same bits.`);
    this.#field.value = String(2 * nEpochs);
    this.#say("");
    this.dialog.showModal();
    this.#field.select();
  }

  #goOn() {
    const { id, nEpochs } = this.#run;
    const epochs = this.#field.value === "" ? Number.NaN : Number(this.#field.value);
    if (!Number.isSafeInteger(epochs) || epochs <= nEpochs) {
      this.#say(`Epochs: expected a whole number above ${count(nEpochs)}, found “${this.#field.value}”.`);
      return this.#field.focus();
    }
    this.dialog.close();
    this.#events.onEpochs(id, epochs);
  }

  /** @param {string} error "": none */
  #say(error) {
    setText(this.#error, error);
    this.#error.hidden = error === "";
    this.#field.setAttribute("aria-invalid", String(error !== ""));
  }
}
