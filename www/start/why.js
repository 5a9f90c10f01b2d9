/**
 * Why the page or its worker does not start, in words: what the browser lacks, or which of the files did not come and
 * what the server answered. A browser tells a page neither, so the files are asked for again, as their imports name
 * them. Fetched only where something has failed.
 */
import { lacking } from "./ability.js";

const ROOT = new URL("../", import.meta.url);

/** The oldest that have all that the page uses. */
const BROWSERS = "Chrome and Edge from version 110 on, Firefox from 115 and Safari from 16.4";

const LACKS = {
  "": "",
  WebAssembly:
    "This browser has no WebAssembly, or it is turned off, as Lockdown Mode does. HelloNN computes in it: allow it " +
    `for this page, or use another browser. ${BROWSERS} have it.`,
  SIMD: `This browser’s WebAssembly has no SIMD, which HelloNN computes with. ${BROWSERS} have it.`,
};

/** So many are named; where a folder is missing, they are many. */
const MAX_NAMED = 3;

const REMEDIES = {
  absent: "Check that the server has all that “cargo xtask build” makes, then reload the page.",
  type: "Have the server send .js files as text/javascript, then reload the page.",
  silent: "Check that the server is running, then reload the page.",
};

/** @typedef {{complaint: string, remedy: keyof typeof REMEDIES}} Fault */

/**
 * @param {string} entry the module that begins, from the page's folder
 * @param {string} message of the browser, "" where it gives none
 * @returns {Promise<string>} of many files, in a line for each
 */
export async function why(entry, message) {
  const lack = LACKS[lacking()];
  if (lack !== "") return lack;
  const [first, ...others] = await faultsFrom(entry);
  if (first !== undefined) {
    const named = [first, ...others].slice(0, MAX_NAMED).map(({ complaint }) => complaint);
    const nMore = 1 + others.length - named.length;
    const more = nMore === 0 ? [] : [`Nor did ${nMore} more ${nMore === 1 ? "file" : "files"} come as expected.`];
    return [...named, ...more, REMEDIES[first.remedy]].join("\n");
  }
  if (message === "") return "A file did not come, and would come now. Reload the page.";
  const said = message.replace(/[.\s]*$/, "");
  const remedy = `Reload the page; if that does not help, use another browser. ${BROWSERS} will do.`;
  return `The browser says: “${said}”. ${remedy}`;
}

/** Follows the imports, one ring of files after the other. @param {string} entry */
async function faultsFrom(entry) {
  /** @type {Fault[]} */
  const faults = [];
  const met = new Set([new URL(entry, ROOT).href]);
  for (let ring = [...met]; ring.length > 0; ) {
    const answers = await Promise.all(ring.map(lookAt));
    faults.push(...answers.flatMap(({ fault }) => fault ?? []));
    ring = answers.flatMap(({ next }) => next).filter((url) => !met.has(url) && met.add(url));
  }
  return faults;
}

/**
 * @param {string} url
 * @returns {Promise<{fault: Fault | null, next: string[]}>} and what the file asks for
 */
async function lookAt(url) {
  const place = decodeURI(url.slice(ROOT.href.length));
  /** @param {string} what @param {Fault["remedy"]} remedy */
  const faulty = (what, remedy) => ({ fault: { complaint: `${place} ${what}.`, remedy }, next: [] });
  try {
    const answer = await fetch(url, { cache: "no-cache" });
    if (!answer.ok) return faulty(`did not come: the server answered ${answer.status}`, "absent");
    const [type = ""] = (answer.headers.get("content-type") ?? "").split(";");
    const came = type === "" ? "came without a type" : `came as ${type}`;
    if (url.endsWith(".wasm")) {
      const isModule = new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 4)) === "\0asm";
      return isModule ? { fault: null, next: [] } : faulty(`${came} and holds no WebAssembly`, "absent");
    }
    if (/(java|ecma)script/.test(type)) return { fault: null, next: requested(await answer.text(), url) };
    return faulty(`${came}, not as text/javascript`, type === "text/html" ? "absent" : "type");
  } catch {
    return faulty("did not come: there was no answer", "silent");
  }
}

/**
 * What a module imports, at once or later, and what it names by `new URL("…", import.meta.url)`.
 * @param {string} module
 * @param {string} url of it
 */
function requested(module, url) {
  const code = module.replace(/\/\*.*?\*\//gs, "");
  const patterns = [
    /^import\b[^;"'()]*"(\.[^"]+)"/gm,
    /^export\b[^;"'()=]*\sfrom\s*"(\.[^"]+)"/gm,
    /\bimport\("(\.[^"]+)"\)/g,
    /\bnew URL\(["']([^"']+)["'], import\.meta\.url\)/g,
  ];
  const written = patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, name = ""]) => name));
  // What else is named so is data, or the page's folder.
  return written.filter((name) => /\.(js|wasm)$/.test(name)).map((name) => new URL(name, url).href);
}
