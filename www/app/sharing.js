/**
 * What becomes of runs that travel: a run is shared, and a link or a file that somebody shared is opened, trained or
 * verified. It comes with the first of these.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("../runs/run.js").Run} Run
 * @typedef {import("../runs/share.js").Shared} Shared
 * @typedef {import("../panels/shared/shared.js").Opened} Opened
 */
import { TrainerError } from "../client/trainer-client.js";
import { SharedPanel } from "../panels/shared/shared.js";
import { asFieldsHold } from "../recipe/normal.js";
import { changesInWords, refusalInWords } from "../recipe/words.js";
import { nameAmong, newId } from "../runs/run.js";
import { decodeShared, sharedIn } from "../runs/share.js";
import { findingOf, knownBefore } from "../runs/verification.js";
import { find } from "../ui/dom.js";
import { part } from "./render.js";
import { isMidRun, recipeOpened } from "./state.js";
import { Verifying } from "./verifying.js";
import { codeIn } from "./views.js";

/** Where the preset that it began as is none of this page's. */
const NAMELESS = "Shared recipe";

export class Sharing {
  #desk;
  #window;
  #events;
  #show;
  /** Of the address. @type {string | null} */ #code = null;
  /** @type {Opened | null} */ #opened = null;
  /** @type {Verifying | null} */ #verifying = null;
  /** @type {Page["data"]} */ #data = null;

  /**
   * @param {Desk} desk
   * @param {Window & typeof globalThis} window
   * @param {{onOpen: (id: string) => void, onDropped: (ids: string[]) => void}} events
   */
  constructor(desk, window, events) {
    this.#desk = desk;
    this.#window = window;
    this.#events = events;
    const panel = new SharedPanel(find(window.document, "#shared", HTMLElement), {
      onTrain: () => this.#train(),
      onVerify: () => this.#verify(),
      onStop: () => this.#stop(),
      onOpen: (id) => events.onOpen(id),
      onDismiss: () => {
        this.#dismiss();
        // The keyboard would be nowhere.
        desk.showTrain();
      },
    });
    this.#show = part(
      (/** @type {Page} */ page) => this.#select(page),
      (shown) => panel.update(shown),
    );
    this.#data = desk.page.data;
  }

  /** @param {Page} page */
  update(page) {
    this.#show(page);
    if (page.data === this.#data) return;
    this.#data = page.data;
    void this.#describe();
  }

  /** Shows what the address holds. @param {string} hash */
  async follow(hash) {
    const code = codeIn(hash);
    if (code === this.#code) return;
    this.#code = code;
    if (code === null) {
      // What was looked into is kept until somebody puts it away.
      if (this.#opened?.from === "link" && this.#opened.run === null && this.#opened.finding === null) this.#close();
      return;
    }
    try {
      const shared = await decodeShared(code);
      if (code === this.#code) this.open(shared, "link");
    } catch (error) {
      if (code === this.#code) this.#refuse("The recipe in this link was not taken", error);
    }
  }

  /** @param {unknown} value from a file; throws, in words, where it is no shared run */
  openFile(value) {
    this.open(sharedIn(value), "file");
  }

  /** @param {Shared} shared @param {"link" | "file"} from */
  open(shared, from) {
    this.#close();
    this.#desk.panels.alerts.clear("shared");
    this.#become({ shared, from, summary: null, refusal: "", finding: null, run: null, isVerifying: false });
    void this.#describe();
  }

  /** @param {string} what @param {unknown} error */
  #refuse(what, error) {
    this.#close();
    const { message } = /** @type {Error} */ (error);
    this.#desk.panels.alerts.show("shared", `${what}: ${message.replace(/(?<![.?!])$/, ".")} The page is as it was.`);
  }

  /** Asks the trainer what the recipe would be with the data that is loaded. */
  async #describe() {
    const opened = this.#opened;
    if (opened === null || this.#desk.page.data === null) return;
    const { shared } = opened;
    const answer = await this.#desk.client.request({ type: "describe", recipe: shared.recipe }).then(
      (summary) => ({ summary, refusal: "" }),
      (error) => ({
        summary: null,
        refusal: error instanceof TrainerError ? refusalInWords(error) : "The trainer has crashed.",
      }),
    );
    if (this.#opened?.shared === shared) this.#become({ ...this.#opened, ...answer });
  }

  async #train() {
    const desk = this.#desk;
    const { shared } = this.#opened ?? {};
    if (shared === undefined) return;
    this.#dismiss();
    desk.take(recipeOpened(desk.page, shared.recipe, shared.basis));
    await desk.ask({ type: "train", run: newId(), recipe: shared.recipe });
    desk.showTrain();
  }

  #verify() {
    const opened = this.#opened;
    const { page } = this.#desk;
    if (opened === null || opened.summary === null || page.data === null) return;
    const { shared, summary } = opened;
    const { engineVersion } = summary;
    const finding = knownBefore(shared, { fingerprint: page.data.fingerprint, engineVersion });
    if (finding !== null) return this.#become({ ...opened, finding });
    const { basis, changes } = this.#whence(page, shared);
    const name = nameAmong(page.runs, basis);
    const recipe = asFieldsHold(summary.recipe) ?? summary.recipe;
    this.#endVerifying();
    this.#verifying = new Verifying(
      this.#desk,
      { name, basis, changes, summary: { ...summary, recipe } },
      { onOver: () => this.#found(), onLost: (reason) => this.#lose(reason) },
    );
    this.#become({ ...opened, finding: null, run: this.#verifying.id, isVerifying: true });
  }

  /** The recipe has come to its end here. */
  #found() {
    const opened = this.#opened;
    const { page } = this.#desk;
    const run = page.runs.find(({ id }) => id === opened?.run);
    this.#verifying = null;
    if (opened === null || run === undefined) return;
    const finding = findingOf(opened.shared, run, page.data?.test != null);
    this.#become({ ...opened, finding, isVerifying: false });
  }

  /** @param {string} reason */
  #lose(reason) {
    this.#endVerifying();
    if (this.#opened === null) return;
    const title = "The verification was broken off.";
    this.#become({ ...this.#opened, run: null, isVerifying: false, finding: { isSame: false, title, detail: reason } });
  }

  #stop() {
    this.#endVerifying();
    if (this.#opened !== null) this.#become({ ...this.#opened, run: null, isVerifying: false });
  }

  #endVerifying() {
    const id = this.#verifying?.id;
    if (this.#verifying?.end() && id !== undefined) this.#events.onDropped([id]);
    this.#verifying = null;
  }

  /** Puts it away, and takes it out of the address, so that a reload does not bring it back. */
  #dismiss() {
    const { history, location } = this.#window;
    if (codeIn(location.hash) !== null) history.replaceState(history.state, "", "#train");
    this.#code = null;
    this.#close();
  }

  #close() {
    this.#endVerifying();
    if (this.#opened !== null) this.#become(null);
  }

  /** @param {Opened | null} opened */
  #become(opened) {
    this.#opened = opened;
    this.#show(this.#desk.page);
  }

  /**
   * The preset that it began as, if this page has it, and what was changed.
   * @param {Page} page
   * @param {Shared} shared
   */
  #whence({ presets }, { basis, recipe }) {
    const preset = presets.find(({ name }) => name === basis);
    const before = preset === undefined ? null : asFieldsHold(preset.recipe);
    return { basis: preset?.name ?? NAMELESS, changes: before === null ? "" : changesInWords(recipe, before) };
  }

  /** @param {Page} page */
  #select(page) {
    const opened = this.#opened;
    const run = page.runs.find(({ id }) => id === opened?.run) ?? null;
    return { opened, run, data: page.data, presets: page.presets, isMidRun: isMidRun(page), ...this.#titles(page) };
  }

  /** @param {Page} page */
  #titles(page) {
    return this.#opened === null ? { basis: "", changes: "" } : this.#whence(page, this.#opened.shared);
  }
}
