/** Data: what is loaded, how far a load is, and the ways to choose something else. */
import { find, setProgress, setText, setTextWithSizes } from "../../ui/dom.js";
import { dataSummary, megabytes } from "../../ui/format.js";
import { Samples } from "./samples.js";

/**
 * @typedef {import("../../protocol/requests.js").DataSource} DataSource
 * @typedef {import("../../protocol/requests.js").DataSummary} DataSummary
 */

/** As many as fill two rows of the narrowest strip. */
export const N_SAMPLES = 16;

export class DataPanel {
  #section;
  #status;
  #progress;
  #progressText;
  #files;
  #builtIn;
  #others;
  #help;
  #reason;
  #samples;
  #onSource;
  /** @type {DataSummary | null} */ #data = null;

  /**
   * @param {HTMLElement} section
   * @param {{onSource: (source: DataSource) => void, onOthers: () => void}} events
   */
  constructor(section, { onSource, onOthers }) {
    this.#section = section;
    this.#onSource = onSource;
    this.#status = find(section, ".data-status", HTMLElement);
    this.#progress = find(section, "[role=progressbar]", HTMLElement);
    this.#progressText = find(section, ".progress-text", HTMLElement);
    this.#files = find(section, "#files", HTMLInputElement);
    this.#builtIn = find(section, "[name=built-in]", HTMLButtonElement);
    this.#others = find(section, "[name=others]", HTMLButtonElement);
    this.#help = find(section, "#files-help", HTMLElement);
    this.#reason = find(section, ".reason", HTMLElement);
    this.#samples = new Samples(section);
    this.#builtIn.addEventListener("click", () => onSource({ kind: "bundled" }));
    this.#others.addEventListener("click", () => onOthers());
    this.#files.addEventListener("change", () => {
      this.#take([...(this.#files.files ?? [])]);
      // Choosing the same files again, once repaired, is a change too.
      this.#files.value = "";
    });
    this.#acceptDrops();
  }

  /**
   * @param {object} update
   * @param {DataSummary | null} update.data
   * @param {DataSource | null} update.source what `data` was loaded from
   * @param {DataSource | null} update.loading what is on its way
   * @param {boolean} update.isMidRun
   */
  update({ data, source, loading, isMidRun }) {
    const what = loading?.kind === "files" ? "your files" : "MNIST";
    setTextWithSizes(this.#status, loading ? `Loading ${what} …` : data ? dataSummary(data) : "No data is loaded.");
    this.#progress.hidden = this.#progressText.hidden = loading === null;
    if (loading === null) this.updateProgress(0, null);
    this.#builtIn.hidden = loading?.kind === "bundled" || (loading === null && source?.kind === "bundled");
    this.#files.disabled = this.#builtIn.disabled = isMidRun;
    const explanation = isMidRun ? this.#reason : this.#help;
    this.#reason.hidden = !isMidRun;
    this.#help.hidden = isMidRun;
    this.#files.setAttribute("aria-describedby", explanation.id);
    this.#others.hidden = data === null;
    if (data === null || data === this.#data) return;
    this.#data = data;
    this.#samples.updateCounts(data.training.classCounts);
  }

  /**
   * @param {number} loadedBytes
   * @param {number | null} totalBytes
   */
  updateProgress(loadedBytes, totalBytes) {
    const text =
      totalBytes === null ? `${megabytes(loadedBytes)} MB` : `${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
    setProgress(this.#progress, totalBytes === null ? null : loadedBytes / totalBytes, text);
    setText(this.#progressText, text);
  }

  /** @param {{pixels: Uint8Array, labels: Uint8Array}} samples */
  updateSamples(samples) {
    if (this.#data !== null) this.#samples.updateSamples(samples, this.#data);
  }

  /** @param {File[]} files */
  #take(files) {
    if (files.length > 0 && !this.#files.disabled) this.#onSource({ kind: "files", files });
  }

  #acceptDrops() {
    const section = this.#section;
    keepFilesOut();
    section.addEventListener("dragover", ({ dataTransfer }) => {
      section.classList.toggle("is-drop-target", hasFiles(dataTransfer) && !this.#files.disabled);
    });
    section.addEventListener("dragleave", (event) => {
      const isInside = event.relatedTarget instanceof Node && section.contains(event.relatedTarget);
      if (!isInside) section.classList.remove("is-drop-target");
    });
    section.addEventListener("drop", (event) => {
      section.classList.remove("is-drop-target");
      this.#take([...(event.dataTransfer?.files ?? [])]);
    });
  }
}

/** A file that is dropped where nothing takes it must not replace the page; the pointer says so before. */
function keepFilesOut() {
  for (const type of /** @type {const} */ (["dragover", "drop"])) {
    window.addEventListener(type, (event) => {
      // A piece of text may be dragged into a field.
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      const isTaken = event
        .composedPath()
        .some((each) => each instanceof Element && each.matches("[data-takes-files]"));
      if (!isTaken && event.dataTransfer !== null) event.dataTransfer.dropEffect = "none";
    });
  }
}

/** @param {DataTransfer | null} dragged */
function hasFiles(dragged) {
  return dragged?.types.includes("Files") ?? false;
}
