/** The network's layers, each a row that can be set up, moved and removed; and more to add. */
import { draftOf, draftsOf, inserted, layerTitle, moved, readLayers, withKind } from "../../recipe/layer-drafts.js";
import { placeInWords, placeOf } from "../../recipe/layer-place.js";
import { find, setText } from "../../ui/dom.js";
import { count, counted } from "../../ui/format.js";
import { kindOptions, LayerRow } from "./layer-row.js";
import { RowDrag } from "./row-drag.js";

/**
 * @typedef {import("../../protocol/requests.js").FieldError} FieldError
 * @typedef {import("../../protocol/requests.js").LayersSummary} LayersSummary
 * @typedef {import("../../protocol/requests.js").Recipe["layers"]} Layers
 * @typedef {import("../../recipe/layer-drafts.js").LayerDraft} LayerDraft
 * @typedef {ReturnType<typeof readLayers> & {ids: number[]}} ReadLayers
 */

/** Long enough to finish typing a number. */
const TYPING_MS = 150;

export class LayerList {
  #parts;
  #onChange;
  #drag;
  /** @type {LayerDraft[]} */ #drafts = [];
  /** @type {Map<number, LayerRow>} */ #rows = new Map();
  /** @type {number | null} */ #openId = null;
  /** @type {LayersSummary | null} */ #summary = null;
  /** @type {Map<number, import("../../protocol/requests.js").LayerSummary>} */ #summaries = new Map();
  /** @type {FieldError[]} */ #errors = [];
  /** @type {number[]} */ #inputShape = [];
  #canEdit = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;
  #news = "";

  /**
   * @param {HTMLElement} element
   * @param {{onChange: () => void}} events
   */
  constructor(element, { onChange }) {
    this.#onChange = onChange;
    this.#parts = {
      input: find(element, ".layer-input .layer-shape", HTMLElement),
      list: find(element, "ol", HTMLOListElement),
      total: find(element, ".total", HTMLElement),
      error: find(element, ".layers-error", HTMLElement),
      kind: find(element, "[name=add-kind]", HTMLSelectElement),
      add: find(element, "[name=add-layer]", HTMLButtonElement),
      where: find(element, ".add-where", HTMLElement),
      news: find(element, ".layers-news", HTMLElement),
    };
    this.#parts.kind.append(...kindOptions());
    this.#parts.kind.addEventListener("change", () => this.#showPlace());
    this.#parts.add.addEventListener("click", () => this.#add());
    this.#drag = new RowDrag(this.#parts.list, ".layer-handle", (from, to) => this.#move(from, to));
  }

  /** @param {Layers} layers */
  set(layers) {
    clearTimeout(this.#typing);
    this.#drag.cancel();
    this.#openId = null;
    this.#drafts = draftsOf(layers);
    this.#errors = [];
    this.#news = "";
    this.#render();
  }

  /** As far as the fields hold layers, and what is wrong with those that do not. @returns {ReadLayers} */
  read() {
    return { ...readLayers(this.#drafts), ids: this.#drafts.map(({ id }) => id) };
  }

  /**
   * @param {boolean} canEdit
   * @param {{rows: number, cols: number} | null} images that go in
   */
  update(canEdit, images) {
    if (!canEdit) this.#drag.cancel();
    this.#canEdit = canEdit;
    this.#inputShape = images === null ? [] : [1, images.rows, images.cols];
    this.#render();
  }

  /**
   * @param {ReadLayers} read
   * @param {LayersSummary} summary of those layers
   */
  show({ ids, errors }, summary) {
    // Layers that end before one that is none may well be wrong at their end.
    this.#errors = errors.length > 0 ? errors : summary.error === null ? [] : [summary.error];
    this.#summary = errors.length > 0 ? { ...summary, nParameters: null } : summary;
    this.#summaries = new Map(summary.layers.map((layer, i) => [ids[i] ?? -1, layer]));
    this.#render();
  }

  /** @param {FieldError} error */
  showError(error) {
    this.#errors = [error];
    this.#render();
  }

  /** Opens the row with an error and puts the focus there; says whether there is one. */
  focusError() {
    const draft = this.#drafts.find((_, i) => this.#errorsOf(i).length > 0);
    if (draft === undefined) {
      // What no row is to blame for is that there is none.
      if (this.#errors.length > 0) this.#parts.kind.focus();
      return this.#errors.length > 0;
    }
    this.#openId = draft.id;
    this.#render();
    this.#rows.get(draft.id)?.focusError();
    return true;
  }

  #render() {
    const { input, list, total, error, kind, add } = this.#parts;
    const ids = new Set(this.#drafts.map(({ id }) => id));
    for (const [id, row] of this.#rows) if (!ids.has(id)) this.#drop(id, row);
    const focused = document.activeElement;
    this.#drafts.forEach((draft, idx) => {
      const row = this.#rowOf(draft.id);
      row.update({
        draft,
        idx,
        nLayers: this.#drafts.length,
        summary: this.#summaries.get(draft.id) ?? null,
        errors: this.#errorsOf(idx),
        isOpen: draft.id === this.#openId,
        canEdit: this.#canEdit,
      });
      if (list.children[idx] !== row.element) list.insertBefore(row.element, list.children[idx] ?? null);
    });
    // An element that is moved in the document loses the focus.
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus({ preventScroll: true });
    setText(input, this.#inputShape.map(count).join(" × ") || "–");
    setText(total, this.#summary?.nParameters == null ? "–" : count(this.#summary.nParameters));
    const general = this.#errors.find(({ field }) => indexIn(field) === null);
    error.hidden = general === undefined;
    setText(error, general?.message ?? "");
    kind.disabled = add.disabled = !this.#canEdit;
    this.#showPlace();
    this.#tell();
  }

  /** @param {number} id @param {LayerRow} row */
  #drop(id, row) {
    row.element.remove();
    this.#rows.delete(id);
  }

  /** @param {number} id */
  #rowOf(id) {
    const present = this.#rows.get(id);
    if (present !== undefined) return present;
    const at = () => this.#drafts.findIndex((draft) => draft.id === id);
    const row = new LayerRow(id, {
      onToggle: () => {
        this.#openId = this.#openId === id ? null : id;
        this.#render();
      },
      onKind: (kind) =>
        this.#change(
          this.#drafts.map((draft) => (draft.id === id ? withKind(draft, kind) : draft)),
          "",
        ),
      onSetting: (name, text) => this.#set(id, name, text),
      onAction: (action) => {
        if (action === "remove") return this.#remove(at());
        const handle = row.element.contains(document.activeElement) && document.activeElement?.matches(".layer-handle");
        this.#move(at(), at() + (action === "up" ? -1 : 1));
        row.focus(handle ? "handle" : action);
      },
    });
    this.#rows.set(id, row);
    return row;
  }

  /** @param {number} id @param {string} name @param {string | boolean} text */
  #set(id, name, text) {
    const edit = (/** @type {LayerDraft} */ draft) => ({ ...draft, texts: { ...draft.texts, [name]: text } });
    this.#drafts = this.#drafts.map((draft) => (draft.id === id ? edit(draft) : draft));
    this.#news = "";
    this.#render();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#onChange(), TYPING_MS);
  }

  /**
   * @param {LayerDraft[]} drafts
   * @param {string} news of what was done
   */
  #change(drafts, news) {
    clearTimeout(this.#typing);
    this.#news = news;
    this.#drafts = drafts;
    this.#errors = [];
    this.#render();
    this.#onChange();
  }

  /** @param {number} from @param {number} to */
  #move(from, to) {
    const draft = this.#drafts[from];
    if (draft === undefined || to < 0 || to >= this.#drafts.length || from === to) return;
    this.#change(
      moved(this.#drafts, from, to),
      `${layerTitle(draft)} is now layer ${to + 1} of ${this.#drafts.length}.`,
    );
  }

  /** @param {number} at */
  #remove(at) {
    const draft = this.#drafts[at];
    if (draft === undefined) return;
    this.#openId = null;
    const rest = this.#drafts.toSpliced(at, 1);
    this.#change(rest, `${layerTitle(draft)} is removed: ${counted(rest.length, "layer")} left.`);
    const neighbour = this.#drafts[at] ?? this.#drafts[at - 1];
    if (neighbour === undefined) this.#parts.kind.focus();
    else this.#rows.get(neighbour.id)?.focus("toggle");
  }

  #add() {
    const draft = draftOf(this.#parts.kind.value);
    const at = this.#place();
    this.#openId = draft.id;
    const all = inserted(this.#drafts, at, draft);
    this.#change(all, `${layerTitle(draft)} is added as layer ${at + 1} of ${all.length}.`);
  }

  /** Where a new layer goes. */
  #place() {
    const [, rows, cols] = this.#summary?.inputShape ?? [];
    return placeOf(this.#parts.kind.value, this.#drafts, {
      openIdx: this.#drafts.findIndex(({ id }) => id === this.#openId),
      size: rows === undefined || cols === undefined ? null : [rows, cols],
    });
  }

  #showPlace() {
    setText(this.#parts.where, `It goes ${placeInWords(this.#place(), this.#drafts)}.`);
  }

  /** @param {number} idx */
  #errorsOf(idx) {
    return this.#errors
      .filter(({ field }) => indexIn(field) === idx)
      .map(({ field, message }) => ({ name: field.replace(/^[^.]*\.?/, ""), message }));
  }

  /** What was done last, and what is wrong since. */
  #tell() {
    const [first] = this.#errors;
    const idx = first && indexIn(first.field);
    const error = first && (idx == null ? first.message : `Layer ${idx + 1}: ${first.message}`);
    setText(this.#parts.news, [this.#news, error].filter(Boolean).join(" "));
  }
}

/** 2 in "layers[2].units". @param {string} field */
function indexIn(field) {
  const idx = /^layers\[(\d+)\]/.exec(field)?.[1];
  return idx === undefined ? null : Number(idx);
}
