/** Comparison: how groups of runs went, laid over each other, and PyTorch's own curves under them. */
import { find, setText } from "../../ui/dom.js";
import { onThemeChange } from "../../ui/theme.js";
import { ComparedFigure } from "./figure.js";
import { FinalValues } from "./final-values.js";
import { isSame, KnownLines } from "./known-lines.js";
import { mostXOf, named, stopsOf } from "./lines.js";
import { LossSwitch } from "./loss-switch.js";
import { alone, beneath, fetchRecorded } from "./pytorch.js";
import { lossKinds, mannerInWords, placeInWords } from "./reading.js";

/**
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Over} Over
 * @typedef {import("./lines.js").Quantity} Quantity
 */

export class ComparisonPanel {
  #words;
  #at;
  #pytorchBox;
  #figures;
  #lossSwitch;
  #table;
  #known = new KnownLines();
  /** By their marks. @type {(Group | null)[]} */ #groups = [];
  /** @type {Over} */ #over = "epochs";
  #isLog = true;
  #kind = "";
  /** @type {ReadonlySet<string>} */ #opened = new Set();
  /** @type {string | null} */ #lit = null;
  /** Null: where there is nothing else to see. @type {boolean | null} */ #wantsPyTorchs = null;
  /** @type {import("./pytorch.js").Recorded | null} */ #recorded = null;
  #failure = "";
  /** @type {number | null} */ #x = null;
  /** @type {Line[]} */ #lines = [];
  /** Whether there are no runs at all. */
  #isFirst = true;
  #isDrawDue = false;

  /** @param {HTMLElement} section */
  constructor(section) {
    this.#words = find(section, ".compared-words", HTMLElement);
    this.#at = find(section, ".compared-at", HTMLElement);
    this.#pytorchBox = find(section, "[name=pytorch]", HTMLInputElement);
    this.#table = new FinalValues(section);
    this.#lossSwitch = new LossSwitch(find(section, ".loss-kinds", HTMLElement), (kind) => {
      this.#kind = kind;
      this.#schedule();
    });
    const events = {
      onCursor: (/** @type {number | null} */ x) => this.#point(x),
      onLight: (/** @type {string | null} */ key) => {
        this.#lit = key;
        this.#schedule();
      },
      onOpen: (/** @type {string} */ key) => this.#toggle(key),
    };
    this.#figures = /** @type {const} */ (["accuracy", "loss"]).map(
      (quantity) => new ComparedFigure(find(section, `.compared-${quantity}`, HTMLElement), quantity, events),
    );
    this.#listen(section);
    this.#schedule();
  }

  /** @param {HTMLElement} section */
  #listen(section) {
    find(section, "[name=log]", HTMLInputElement).addEventListener("change", (event) => {
      this.#isLog = /** @type {HTMLInputElement} */ (event.currentTarget).checked;
      this.#schedule();
    });
    find(section, "[name=over]", HTMLSelectElement).addEventListener("change", (event) => {
      this.#over = /** @type {Over} */ (/** @type {HTMLSelectElement} */ (event.currentTarget).value);
      this.#x = null;
      this.#schedule();
    });
    this.#pytorchBox.addEventListener("change", () => {
      this.#wantsPyTorchs = this.#pytorchBox.checked;
      this.#failure = "";
      this.#schedule();
    });
    const observer = new ResizeObserver(() => this.#schedule());
    for (const { element } of this.#figures) observer.observe(element);
    onThemeChange(() => this.#schedule());
  }

  /**
   * @param {readonly Group[]} groups all that there are
   * @param {readonly (string | null)[]} shown their keys, by their marks
   */
  update(groups, shown) {
    const byKey = new Map(groups.map((group) => [group.key, group]));
    const next = shown.map((key) => (key === null ? null : (byKey.get(key) ?? null)));
    const before = this.#groups;
    this.#groups = next;
    const isUnchanged =
      next.length === before.length &&
      next.every((group, mark) => {
        const old = before[mark] ?? null;
        return group === null || old === null ? group === old : group.key === old.key && isSame(old, group);
      });
    const wasFirst = this.#isFirst;
    this.#isFirst = groups.length === 0;
    if (isUnchanged && wasFirst === this.#isFirst) return;
    this.#known.keep(new Set(next.flatMap((group) => group?.key ?? [])));
    this.#schedule();
  }

  /** At most once a frame, however much has happened. In a hidden tab no frame comes, until it is shown again. */
  #schedule() {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => {
      this.#isDrawDue = false;
      this.#draw();
    });
  }

  #draw() {
    const own = this.#groups.filter((group) => group !== null);
    const isEmpty = own.length === 0;
    const wantsPyTorchs = this.#wantsPyTorchs ?? isEmpty;
    this.#pytorchBox.checked = wantsPyTorchs;
    if (wantsPyTorchs) this.#fetch();
    const accuracies = this.#linesOf("accuracy", own, wantsPyTorchs);
    const losses = this.#linesOf("loss", own, wantsPyTorchs);
    const kinds = lossKinds(losses.filter(({ isPyTorchs }) => isEmpty || !isPyTorchs));
    if (!kinds.some(({ kind }) => kind === this.#kind)) this.#kind = kinds[0]?.kind ?? "";
    this.#lossSwitch.update(kinds, this.#kind);
    this.#table.update(accuracies, losses);
    this.#lines = accuracies;
    const shownLosses = losses.filter(({ kind }) => kind === this.#kind);
    const stops = stopsOf(accuracies);
    const mostX = mostXOf(accuracies, this.#opened);
    for (const { figure, lines } of this.#withLines(accuracies, shownLosses)) {
      // What there is of PyTorch's alone is a promise, not a result: its accuracy is enough.
      figure.element.hidden = lines.length === 0 || (isEmpty && figure.quantity === "loss");
      const hasXAxis = figure.quantity === "loss" || isEmpty;
      const { opened, lit, over, isLog } = {
        opened: this.#opened,
        lit: this.#lit,
        over: this.#over,
        isLog: this.#isLog,
      };
      figure.update({ lines, opened, lit, over, isLog, stops, mostX, hasXAxis });
    }
    this.#tell();
  }

  /** @param {readonly Line[]} accuracies @param {readonly Line[]} losses */
  #withLines(accuracies, losses) {
    return this.#figures.map((figure) => ({ figure, lines: figure.quantity === "accuracy" ? accuracies : losses }));
  }

  /** @param {Quantity} quantity @param {readonly Group[]} own @param {boolean} wantsPyTorchs @returns {Line[]} */
  #linesOf(quantity, own, wantsPyTorchs) {
    const markOf = (/** @type {string} */ key) => this.#groups.findIndex((group) => group?.key === key);
    const groups = new Map(own.map((group) => [group.key, group]));
    const lines = named(
      own.map((group) => this.#known.of(group, markOf(group.key), quantity, this.#over)),
      groups,
    );
    if (!wantsPyTorchs || this.#recorded === null || this.#over === "seconds") return lines;
    const recorded =
      own.length === 0
        ? alone(this.#recorded, quantity, this.#over)
        : beneath(this.#recorded, own, markOf, quantity, this.#over);
    return [...lines, ...recorded];
  }

  #fetch() {
    if (this.#recorded !== null || this.#failure !== "") return;
    this.#failure = "on their way";
    fetchRecorded().then(
      (recorded) => {
        this.#failure = "";
        this.#recorded = recorded;
        this.#schedule();
      },
      (error) => {
        this.#failure = String(error instanceof Error ? error.message : error);
        this.#tell();
      },
    );
  }

  /** @param {number | null} x */
  #point(x) {
    this.#x = x;
    for (const figure of this.#figures) figure.point(x);
    this.#tell();
  }

  /** @param {string} key */
  #toggle(key) {
    const opened = new Set(this.#opened);
    if (!opened.delete(key)) opened.add(key);
    this.#opened = opened;
    this.#schedule();
  }

  #tell() {
    const own = this.#lines.filter(({ isPyTorchs }) => !isPyTorchs);
    const sentences = [
      own.length > 0
        ? mannerInWords(own, this.#isLog)
        : this.#isFirst
          ? "Nothing of yours yet: start a race."
          : "Nothing is shown: start a race, or tick groups in the list of runs.",
      this.#pytorchBox.checked ? this.#pytorchsInWords(own.length) : "",
    ];
    setText(this.#words, sentences.filter(Boolean).join(" "));
    setText(this.#at, this.#x === null ? "" : `Values at ${placeInWords(this.#x, this.#over)}`);
  }

  /** @param {number} nOwn groups that are shown */
  #pytorchsInWords(nOwn) {
    if (this.#recorded === null) {
      return this.#failure === "on their way" ? "" : `PyTorch’s curves cannot be shown: ${this.#failure}.`;
    }
    if (this.#over === "seconds") return "PyTorch’s seconds were another machine’s, and are not shown.";
    const { pytorch: version, nValidation: nAside, curves } = this.#recorded;
    const what = `${curves.length} presets as they are, on MNIST with ${nAside} images set aside`;
    if (nOwn === 0) {
      return `Short dashes: ${curves.length} recipes as PyTorch ${version} trains them, recorded.`;
    }
    return this.#lines.some(({ isPyTorchs }) => isPyTorchs)
      ? `Short dashes: the same recipe as PyTorch ${version} trains it, recorded.`
      : `PyTorch ${version} was recorded with ${what}: none of those is shown.`;
  }
}
