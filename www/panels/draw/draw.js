/** Draw: the paper, what the network sees of it, and what it makes of that. */
import { find, setText } from "../../ui/dom.js";
import { paintPixels } from "../../ui/images.js";
import { showWhose } from "../../ui/whose.js";
import { DrawCanvas } from "./draw-canvas.js";
import { Meters } from "./meters.js";
import { StrokeRecorder } from "./stroke-recorder.js";

/**
 * @typedef {import("../../protocol/requests.js").Drawing} Drawing
 * @typedef {import("../../protocol/requests.js").Prediction} Prediction
 * @typedef {import("../../protocol/events.js").TrainerState} TrainerState
 */

/** What of a run it is that answers. @type {Partial<Record<TrainerState, string>>} */
const MOMENTS = {
  training: "with the weights of this moment",
  paused: "with the weights as trained so far",
  stopped: "with the weights as trained so far",
  diverged: "whose weights are no longer numbers",
};

export class DrawPanel {
  #strokes = new StrokeRecorder();
  #canvas;
  #meters;
  #hint;
  #note;
  #undo;
  #clear;
  #prediction;
  #preview;
  #onDrawing;
  #image = { rows: 28, cols: 28 };
  /** @type {(Update & import("../../runs/whose.js").Whose) | null} */ #shown = null;

  /**
   * @param {HTMLElement} section
   * @param {{onDrawing: (drawing: Drawing) => void}} events with something drawn
   */
  constructor(section, { onDrawing }) {
    this.#onDrawing = onDrawing;
    this.#meters = new Meters(find(section, ".meters", HTMLElement));
    this.#hint = find(section, ".paper-hint", HTMLElement);
    this.#note = find(section, ".note", HTMLElement);
    this.#prediction = find(section, "#prediction", HTMLOutputElement);
    this.#preview = find(section, ".preview canvas", HTMLCanvasElement);
    this.#undo = find(section, "[name=undo]", HTMLButtonElement);
    this.#clear = find(section, "[name=clear]", HTMLButtonElement);
    const penStatus = find(section, ".pen-status", HTMLElement);
    this.#canvas = new DrawCanvas(find(section, ".paper canvas", HTMLCanvasElement), this.#strokes, {
      onChange: () => this.#changed(),
      onPen: (isDown) => setText(penStatus, isDown ? "Pen down" : "Pen up"),
    });
    this.#undo.addEventListener("click", () => this.#undoStroke());
    this.#clear.addEventListener("click", () => {
      this.#strokes.clear();
      this.#changed();
    });
    section.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      this.#undoStroke();
    });
    this.#changed();
  }

  /** Asks again what the network makes of the drawing, because the weights have changed. */
  refresh() {
    if (!this.#strokes.isEmpty) this.#onDrawing(this.#strokes.drawing);
  }

  /** @param {Prediction | undefined} prediction */
  showPrediction(prediction) {
    // The answer may come after the drawing was cleared.
    if (prediction === undefined || this.#strokes.isEmpty) return this.#showNothing();
    // Weights that ran away to infinity have no answer.
    const hasAnswer = prediction.scores.every(Number.isFinite);
    this.#meters.update(hasAnswer ? prediction : null);
    setText(this.#prediction, hasAnswer ? String(prediction.digit) : "");
    paintPixels(this.#preview, prediction.image, this.#image.rows, this.#image.cols);
  }

  /**
   * @typedef {object} Update
   * @property {TrainerState} state
   * @property {import("../../protocol/requests.js").DataSummary | null} data
   * @property {string} misfit why there is data and no network
   * @property {number | null} bestEpoch that the run went back to
   *
   * @param {Update & import("../../runs/whose.js").Whose} update whose the answers are
   */
  update(update) {
    this.#shown = update;
    const { data } = update;
    if (data !== null) {
      this.#image = data;
      this.#meters.setClasses(data.nClasses);
      this.#prediction.classList.toggle("is-long", data.nClasses > 100);
    }
    this.#showNote(update);
  }

  /** @param {Update & import("../../runs/whose.js").Whose} update */
  #showNote({ state, misfit, bestEpoch, ...whose }) {
    if (state === "empty") {
      const why = "The network answers once the data is loaded.";
      setText(this.#note, misfit === "" ? why : `There is no network to answer. ${misfit}.`);
    } else if (state === "ready") {
      const since = whose.settings === "" ? "" : ` ${whose.settings.replace(/^./, (first) => first.toUpperCase())}.`;
      setText(this.#note, `This network is untrained: it guesses.${since}`);
    } else {
      showWhose(
        this.#note,
        whose,
        bestEpoch === null ? MOMENTS[state] : `as it was after epoch ${bestEpoch}, its best`,
        this.#strokes.isEmpty ? "What you draw is read by" : "Of",
      );
    }
    this.#note.classList.toggle("is-warning", misfit !== "" || state === "ready" || state === "diverged");
  }

  #undoStroke() {
    this.#strokes.undo();
    this.#changed();
  }

  #changed() {
    const { isEmpty } = this.#strokes;
    this.#hint.hidden = !isEmpty;
    this.#undo.disabled = this.#clear.disabled = isEmpty;
    this.#canvas.paint();
    if (this.#shown !== null) this.#showNote(this.#shown);
    if (isEmpty) this.#showNothing();
    else this.#onDrawing(this.#strokes.drawing);
  }

  #showNothing() {
    this.#meters.update(null);
    setText(this.#prediction, "");
    const { rows, cols } = this.#image;
    paintPixels(this.#preview, new Uint8Array(rows * cols), rows, cols);
  }
}
