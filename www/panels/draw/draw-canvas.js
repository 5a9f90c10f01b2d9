/** The paper: takes a pen, a finger, a mouse or the keyboard, and shows the strokes. */
import { colour, onThemeChange } from "../../ui/theme.js";
import { PEN_RADIUS, SIZE } from "./stroke-recorder.js";

const KEY_STEP = 8;
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class DrawCanvas {
  #canvas;
  #strokes;
  #onChange;
  #onPen;
  #cursor = { x: SIZE / 2, y: SIZE / 4 };
  #isPaintDue = false;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {import("./stroke-recorder.js").StrokeRecorder} strokes
   * @param {{onChange: () => void, onPen: (isDown: boolean) => void}} events `onPen`: put down or lifted by keyboard
   */
  constructor(canvas, strokes, { onChange, onPen }) {
    this.#canvas = canvas;
    this.#strokes = strokes;
    this.#onChange = onChange;
    this.#onPen = onPen;
    canvas.addEventListener("pointerdown", (event) => this.#pointerDown(event));
    canvas.addEventListener("pointermove", (event) => this.#pointerMove(event));
    canvas.addEventListener("lostpointercapture", (event) => event.isPrimary && strokes.end());
    canvas.addEventListener("keydown", (event) => this.#keyDown(event));
    canvas.addEventListener("focus", () => this.paint());
    canvas.addEventListener("blur", () => {
      strokes.end();
      this.paint();
    });
    const observer = new ResizeObserver(() => this.paint());
    try {
      // Another screen's pixels, or the browser's zoom, change how many there are in a box of the same size.
      observer.observe(canvas, { box: "device-pixel-content-box" });
    } catch {
      // Safari knows no such box.
      observer.observe(canvas);
    }
    onThemeChange(() => this.paint());
  }

  /** @param {PointerEvent} event */
  #pointerDown(event) {
    if (!event.isPrimary || event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    const { x, y } = this.#locate(event);
    this.#strokes.begin(x, y);
    this.#changed();
  }

  /** @param {PointerEvent} event */
  #pointerMove(event) {
    if (!event.isPrimary || !this.#canvas.hasPointerCapture(event.pointerId)) return;
    const events = event.getCoalescedEvents();
    let hasChanged = false;
    for (const each of events.length > 0 ? events : [event]) {
      const { x, y } = this.#locate(each);
      hasChanged = this.#strokes.extend(x, y) || hasChanged;
    }
    if (hasChanged) this.#changed();
  }

  /** @param {KeyboardEvent} event */
  #keyDown(event) {
    // With another key, an arrow is the browser's: Alt and Left go back.
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const direction = ARROWS[event.key];
    if (direction !== undefined) {
      const limit = (/** @type {number} */ value) => Math.min(Math.max(value, 0), SIZE);
      this.#cursor.x = limit(this.#cursor.x + direction[0] * KEY_STEP);
      this.#cursor.y = limit(this.#cursor.y + direction[1] * KEY_STEP);
      if (this.#strokes.extend(this.#cursor.x, this.#cursor.y)) this.#changed();
    } else if (event.key === " ") {
      if (this.#strokes.isDrawing) this.#strokes.end();
      else {
        this.#strokes.begin(this.#cursor.x, this.#cursor.y);
        this.#changed();
      }
      this.#onPen(this.#strokes.isDrawing);
    } else return;
    event.preventDefault();
    this.paint();
  }

  /** @param {PointerEvent} event */
  #locate(event) {
    const box = this.#canvas.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * SIZE, y: ((event.clientY - box.top) / box.height) * SIZE };
  }

  #changed() {
    this.paint();
    this.#onChange();
  }

  /** Paints before the next frame, once, however often it is asked for. */
  paint() {
    if (this.#isPaintDue) return;
    this.#isPaintDue = true;
    requestAnimationFrame(() => {
      this.#isPaintDue = false;
      this.#paintNow();
    });
  }

  #paintNow() {
    const canvas = this.#canvas;
    const side = Math.max(1, Math.round(canvas.clientWidth * devicePixelRatio));
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.setTransform(side / SIZE, 0, 0, side / SIZE, 0, 0);
    context.clearRect(0, 0, SIZE, SIZE);
    context.lineCap = context.lineJoin = "round";
    context.lineWidth = 2 * PEN_RADIUS;
    context.strokeStyle = colour("--ink");
    for (const { points } of this.#strokes.drawing.strokes) {
      context.beginPath();
      // The first point is moved to and then drawn to as well, which paints the dot that a click without a move is.
      for (const { x, y } of [...points.slice(0, 1), ...points]) context.lineTo(x, y);
      context.stroke();
    }
    if (canvas.matches(":focus-visible")) this.#paintCursor(context);
  }

  /** @param {CanvasRenderingContext2D} context */
  #paintCursor(context) {
    context.beginPath();
    context.arc(this.#cursor.x, this.#cursor.y, PEN_RADIUS, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = context.fillStyle = colour("--accent");
    context.stroke();
    if (this.#strokes.isDrawing) context.fill();
  }
}
