/** Moves rows of a list by their handles, with a mouse, a finger or a pen. */

/** A press that moves less than this is a click. */
const SLOP = 4;
/** So near to the window's edge the page scrolls. */
const EDGE = 72;
const SCROLL_STEP = 10;
/** So soon after a drag, a click is its end. */
const CLICK_MS = 50;

/**
 * @typedef {object} Dragged
 * @property {HTMLElement} row
 * @property {HTMLElement} handle
 * @property {number} pointerId
 * @property {number} from
 * @property {number} to
 * @property {number} startY on the page
 * @property {number} clientY
 * @property {{top: number, height: number}[]} boxes of all rows, before anything moved
 * @property {boolean} hasMoved
 */

export class RowDrag {
  #list;
  #onMove;
  /** @type {Dragged | null} */ #dragged = null;
  #droppedAt = -CLICK_MS;

  /**
   * @param {HTMLElement} list
   * @param {string} handleSelector
   * @param {(from: number, to: number) => void} onMove
   */
  constructor(list, handleSelector, onMove) {
    this.#list = list;
    this.#onMove = onMove;
    list.addEventListener("pointerdown", (event) => {
      const handle = event.target instanceof Element ? event.target.closest(handleSelector) : null;
      if (handle instanceof HTMLButtonElement && !handle.disabled && event.isPrimary && event.button === 0) {
        this.#press(event, handle);
      }
    });
    list.addEventListener("pointermove", (event) => this.#follow(event));
    list.addEventListener("pointerup", ({ pointerId }) => pointerId === this.#dragged?.pointerId && this.#drop());
    list.addEventListener("click", (event) => this.#dropClick(event), { capture: true });
    list.addEventListener("lostpointercapture", () => this.cancel());
    window.addEventListener("keydown", (event) => event.key === "Escape" && this.cancel());
  }

  /** Lets go of what is being dragged, and leaves it where it was. */
  cancel() {
    const dragged = this.#dragged;
    if (dragged === null) return;
    this.#dragged = null;
    this.#list.classList.remove("is-dragging");
    dragged.row.classList.remove("is-dragged");
    for (const row of this.#rows()) row.style.removeProperty("translate");
    if (dragged.handle.hasPointerCapture(dragged.pointerId)) dragged.handle.releasePointerCapture(dragged.pointerId);
  }

  /** @param {PointerEvent} event @param {HTMLButtonElement} handle */
  #press(event, handle) {
    const rows = this.#rows();
    const from = rows.findIndex((row) => row.contains(handle));
    const row = rows[from];
    if (row === undefined) return;
    handle.setPointerCapture(event.pointerId);
    this.#dragged = {
      row,
      handle,
      pointerId: event.pointerId,
      from,
      to: from,
      startY: event.clientY + scrollY,
      clientY: event.clientY,
      boxes: rows.map(({ offsetTop, offsetHeight }) => ({ top: offsetTop, height: offsetHeight })),
      hasMoved: false,
    };
  }

  /** @param {PointerEvent} event */
  #follow({ pointerId, clientY }) {
    const dragged = this.#dragged;
    if (dragged === null || pointerId !== dragged.pointerId) return;
    dragged.clientY = clientY;
    if (!dragged.hasMoved && Math.abs(clientY + scrollY - dragged.startY) < SLOP) return;
    if (!dragged.hasMoved) {
      dragged.hasMoved = true;
      dragged.row.classList.add("is-dragged");
      this.#list.classList.add("is-dragging");
      requestAnimationFrame(() => this.#scroll());
    }
    this.#place(dragged);
  }

  /** Shows the row under the pointer, and the others making room for it. @param {Dragged} dragged */
  #place(dragged) {
    const { from, boxes } = dragged;
    const [own, first, last] = [boxes[from], boxes[0], boxes.at(-1)];
    if (own === undefined || first === undefined || last === undefined) return;
    // Not out of the list, wherever the pointer goes.
    const least = first.top - own.top;
    const most = last.top + last.height - own.top - own.height;
    const shift = Math.min(Math.max(dragged.clientY + scrollY - dragged.startY, least), most);
    const middle = own.top + own.height / 2 + shift;
    const isAbove = (/** @type {{top: number, height: number}} */ { top, height }) => top + height / 2 < middle;
    dragged.to = boxes.filter((box, i) => i !== from && isAbove(box)).length;
    this.#rows().forEach((row, i) => {
      const gives = i > from && i <= dragged.to ? -1 : i < from && i >= dragged.to ? 1 : 0;
      row.style.setProperty("translate", `0 ${i === from ? shift : gives * own.height}px`);
    });
  }

  /** While the pointer rests at an edge of the window. */
  #scroll() {
    const dragged = this.#dragged;
    if (dragged === null) return;
    const step = dragged.clientY < EDGE ? -SCROLL_STEP : dragged.clientY > innerHeight - EDGE ? SCROLL_STEP : 0;
    if (step !== 0) {
      scrollBy({ top: step, behavior: "instant" });
      this.#place(dragged);
    }
    requestAnimationFrame(() => this.#scroll());
  }

  #drop() {
    const dragged = this.#dragged;
    if (dragged === null) return;
    this.cancel();
    if (!dragged.hasMoved) return;
    this.#droppedAt = performance.now();
    if (dragged.to !== dragged.from) this.#onMove(dragged.from, dragged.to);
  }

  /** @param {MouseEvent} event */
  #dropClick(event) {
    // A click by keyboard has no count.
    if (event.detail > 0 && performance.now() - this.#droppedAt < CLICK_MS) event.stopPropagation();
  }

  #rows() {
    return /** @type {HTMLElement[]} */ ([...this.#list.children]);
  }
}
