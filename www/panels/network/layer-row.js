/** One layer as a row: what it is and what comes out of it; beneath, when it is open, its settings. */
import { layerDetails, layerLabel, layerTitle } from "../../recipe/layer-drafts.js";
import { LAYER_GROUPS, LAYERS } from "../../recipe/schema.js";
import { make, setText } from "../../ui/dom.js";
import { controlsIn, makeField, readText } from "../../ui/field.js";
import { count } from "../../ui/format.js";

/**
 * @typedef {import("../../recipe/layer-drafts.js").LayerDraft} LayerDraft
 * @typedef {"up" | "down" | "remove"} RowAction
 *
 * @typedef {object} RowEvents
 * @property {() => void} onToggle
 * @property {(kind: string) => void} onKind
 * @property {(name: string, text: string | boolean) => void} onSetting
 * @property {(action: RowAction) => void} onAction
 *
 * @typedef {object} RowUpdate
 * @property {LayerDraft} draft
 * @property {number} idx
 * @property {number} nLayers
 * @property {import("../../protocol/requests.js").LayerSummary | null} summary
 * @property {{name: string, message: string}[]} errors `name` "": of the layer as a whole
 * @property {boolean} isOpen
 * @property {boolean} canEdit
 */

export class LayerRow {
  #parts;
  #events;
  #kind = "";

  /**
   * @param {number} id
   * @param {RowEvents} events
   */
  constructor(id, events) {
    this.#events = events;
    const settingsId = `layer-${id}-settings`;
    const parts = {
      handle: make("button", { type: "button", class: "layer-handle", title: "Drag, or use the arrow keys" }),
      place: make("span", { class: "visually-hidden" }),
      title: make("span"),
      details: make("span", { class: "layer-details" }),
      shape: make("span", { class: "layer-shape" }),
      parameters: make("span", { class: "layer-parameters" }),
      error: make("p", { class: "field-error", id: `layer-${id}-error` }),
      kind: make("select", { id: `layer-${id}-kind`, name: "kind" }, ...kindOptions()),
      numbers: make("div", { class: "contents" }),
      checks: make("div", { class: "contents" }),
      up: action("up", "↑"),
      down: action("down", "↓"),
      remove: action("remove", "Remove"),
    };
    const hidden = (/** @type {string} */ text) => make("span", { class: "visually-hidden" }, text);
    const toggle = make(
      "button",
      { type: "button", class: "layer-toggle", "aria-controls": settingsId },
      parts.place,
      make("span", { class: "layer-title" }, parts.title, " ", parts.details),
      hidden(" output "),
      parts.shape,
      hidden(" parameters "),
      parts.parameters,
    );
    const kindField = make(
      "div",
      { class: "field layer-kind" },
      make("label", { for: parts.kind.id }, "Kind"),
      parts.kind,
    );
    const settings = make(
      "div",
      { class: "layer-settings", id: settingsId },
      make("div", { class: "layer-fields" }, kindField, parts.numbers),
      make("div", { class: "layer-actions" }, parts.checks, parts.up, parts.down, parts.remove),
    );
    this.#parts = { ...parts, toggle, settings, id };
    this.element = make("li", { class: "layer" }, parts.handle, toggle, parts.error, settings);
    this.#listen();
  }

  #listen() {
    const { handle, toggle, settings, kind, up, down, remove } = this.#parts;
    const { onToggle, onKind, onSetting, onAction } = this.#events;
    for (const button of [handle, toggle]) button.addEventListener("click", () => onToggle());
    kind.addEventListener("change", () => onKind(kind.value));
    settings.addEventListener("input", ({ target }) => {
      if (target instanceof HTMLInputElement) onSetting(target.name, readText(target));
    });
    up.addEventListener("click", () => onAction("up"));
    down.addEventListener("click", () => onAction("down"));
    remove.addEventListener("click", () => onAction("remove"));
    handle.addEventListener("keydown", (event) => {
      const action = event.key === "ArrowUp" ? "up" : event.key === "ArrowDown" ? "down" : null;
      if (action === null) return;
      event.preventDefault();
      onAction(action);
    });
  }

  /** @param {RowUpdate} update */
  update({ draft, idx, nLayers, summary, errors, isOpen, canEdit }) {
    const { handle, place, title, details, shape, parameters, error } = this.#parts;
    const { toggle, settings, kind, up, down, remove } = this.#parts;
    const name = `Layer ${idx + 1}: ${layerLabel(draft)}`;
    const hasWeights = summary === null ? "units" in draft.texts || "channels" in draft.texts : summary.nParameters > 0;
    this.element.classList.toggle("is-open", isOpen);
    this.element.classList.toggle("has-weights", hasWeights);
    setText(place, `Layer ${idx + 1}: `);
    setText(title, layerTitle(draft));
    setText(details, layerDetails(draft));
    setText(shape, summary === null ? "–" : summary.outputShape.map(count).join(" × "));
    setText(parameters, summary !== null && summary.nParameters > 0 ? count(summary.nParameters) : "–");
    toggle.setAttribute("aria-expanded", String(isOpen));
    settings.hidden = !isOpen;

    handle.setAttribute("aria-label", `Move layer ${idx + 1}: ${layerLabel(draft)}`);
    handle.tabIndex = isOpen ? 0 : -1;
    handle.disabled = remove.disabled = kind.disabled = !canEdit;
    up.disabled = !canEdit || idx === 0;
    down.disabled = !canEdit || idx === nLayers - 1;
    up.setAttribute("aria-label", `${name}, move up`);
    down.setAttribute("aria-label", `${name}, move down`);
    remove.setAttribute("aria-label", `${name}, remove`);
    kind.setAttribute("aria-label", `${name}, kind`);
    this.#showSettings(draft, name, canEdit);
    setText(error, errors.map(({ message }) => message).join(" "));
    error.hidden = errors.length === 0;
    this.#markErrors(errors);
  }

  /** @param {LayerDraft} draft @param {string} name @param {boolean} canEdit */
  #showSettings({ kind, texts }, name, canEdit) {
    const { settings, numbers, checks, kind: select, id } = this.#parts;
    // What somebody is typing must stay theirs.
    if (kind !== this.#kind) {
      this.#kind = select.value = kind;
      numbers.replaceChildren();
      checks.replaceChildren();
      for (const setting of LAYERS[kind]?.settings ?? []) {
        const field = { id: `layer-${id}-${setting.name}`, name: setting.name, text: texts[setting.name] ?? "" };
        (setting.type === "check" ? checks : numbers).append(makeField(setting, field));
      }
    }
    for (const { name: settingName, label } of LAYERS[kind]?.settings ?? []) {
      const control = controlsIn(settings).find((each) => each.name === settingName);
      control?.setAttribute("aria-label", `${name}, ${label.toLowerCase()}`);
      if (control) control.disabled = !canEdit;
    }
  }

  /** @param {{name: string, message: string}[]} errors */
  #markErrors(errors) {
    const { error, toggle, settings } = this.#parts;
    const controls = controlsIn(settings);
    const wrong = new Set(errors.map(({ name }) => (controls.some((each) => each.name === name) ? name : "kind")));
    for (const control of controls) mark(control, wrong.has(control.name), error.id);
    if (errors.length > 0) toggle.setAttribute("aria-describedby", error.id);
    else toggle.removeAttribute("aria-describedby");
  }

  /** @param {RowAction | "toggle" | "handle"} part */
  focus(part) {
    const { up, down, toggle } = this.#parts;
    const wanted = this.#parts[part];
    if (!wanted.disabled) wanted.focus();
    else (part === "up" ? down : part === "down" ? up : toggle).focus();
  }

  /** Puts the focus where the error is. */
  focusError() {
    const control = controlsIn(this.#parts.settings).find((each) => each.hasAttribute("aria-invalid"));
    (control ?? this.#parts.toggle).focus();
  }
}

/**
 * @param {Element} control
 * @param {boolean} isWrong
 * @param {string} errorId
 */
function mark(control, isWrong, errorId) {
  if (isWrong) {
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", errorId);
  } else {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}

/** @param {string} name @param {string} text */
function action(name, text) {
  return make("button", { type: "button", class: "button quiet", "data-action": name }, text);
}

/** The kinds of layers as a list offers them. */
export function kindOptions() {
  return Object.entries(LAYER_GROUPS).map(([label, kinds]) =>
    make("optgroup", { label }, ...Object.entries(kinds).map(([value, kind]) => make("option", { value }, kind.label))),
  );
}
