/** A file that the page made, handed to the browser's downloads. */
import { make } from "./dom.js";

/** Until then a browser has begun to read it; the content need not be kept for ever. */
const KEPT_MS = 10_000;

/** @param {{name: string, type: string, content: string | Uint8Array<ArrayBuffer> | Blob}} file */
export function download({ name, type, content }) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
