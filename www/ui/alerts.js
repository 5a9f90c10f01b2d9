/** Errors, one at a time, above everything else until they are dismissed or overtaken. */
import { make } from "./dom.js";

export class Alerts {
  #root;
  #topic = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /**
   * @param {string} topic what the error is about, so that its repair can clear it
   * @param {string} message
   */
  show(topic, message) {
    this.#topic = topic;
    const dismiss = make("button", { type: "button", class: "button quiet" }, "Dismiss");
    dismiss.addEventListener("click", () => this.clear(topic));
    this.#root.replaceChildren(make("div", { role: "alert", class: "alert" }, make("p", {}, message), dismiss));
  }

  /** @param {string} topic */
  clear(topic) {
    if (topic === this.#topic) this.#root.replaceChildren();
  }
}
