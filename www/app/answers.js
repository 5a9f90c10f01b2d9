/**
 * What the worker has answered, so that nothing is asked twice.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/requests.js").Replies} Replies
 */
export class Answers {
  #desk;
  #onAnswer;
  /** By question; undefined while it is on its way, or where it was refused. @type {Map<string, unknown>} */
  #known = new Map();
  /** That all answers are about. */ #fingerprint = "";

  /** @param {Pick<Desk, "ask" | "page">} desk @param {() => void} onAnswer */
  constructor(desk, onAnswer) {
    this.#desk = desk;
    this.#onAnswer = onAnswer;
  }

  /**
   * @template {Request["type"]} T
   * @param {string} name of the question, which no other has
   * @param {Extract<Request, {type: T}>} request
   * @returns {Replies[T] | undefined} undefined: it is on its way
   */
  to(name, request) {
    const key = `${name} ${this.#dataOf()}`;
    if (!this.#known.has(key)) {
      this.#known.set(key, undefined);
      void this.#ask(key, request);
    }
    return /** @type {Replies[T] | undefined} */ (this.#known.get(key));
  }

  /** @param {string} key @param {Request} request */
  async #ask(key, request) {
    await this.#desk.ask(request, (reply) => {
      this.#known.set(key, reply);
      this.#onAnswer();
    });
  }

  /** Other data, or none after a crash: what was refused then is asked anew. */
  #dataOf() {
    const fingerprint = this.#desk.page.data?.fingerprint ?? "";
    if (fingerprint !== this.#fingerprint) {
      this.#fingerprint = fingerprint;
      for (const [key, value] of this.#known) if (value === undefined) this.#known.delete(key);
    }
    return fingerprint;
  }
}
