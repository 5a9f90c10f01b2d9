/**
 * One going through the test set, which somebody waits for.
 * @typedef {import("../protocol/requests.js").Evaluation} Evaluation
 * @typedef {Pick<import("../wasm/hellonn.js").Session, "beginEvaluation" | "evaluateStep">} Session
 */
export class TestRun {
  #session;
  /** @type {((evaluation: Evaluation | undefined) => void) | null} */ #done = null;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  get isUnderWay() {
    return this.#done !== null;
  }

  /** @returns {Promise<Evaluation | undefined>} undefined: given up, because the network or the data changed */
  begin() {
    this.giveUp();
    this.#session.beginEvaluation();
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  giveUp() {
    this.#done?.(undefined);
    this.#done = null;
  }

  /** Goes on by some images. @param {(evaluation: Evaluation) => void} tell before whoever waits is answered */
  step(tell) {
    const evaluation = this.#session.evaluateStep();
    tell(evaluation);
    if (!evaluation.done) return;
    this.#done?.(evaluation);
    this.#done = null;
  }
}
