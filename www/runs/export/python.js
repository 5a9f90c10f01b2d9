/**
 * Values as Python writes them. A run's name, and a recipe that came with a file, may hold anything: here it becomes a
 * literal or a comment, and nothing else.
 */

/** Half of a character, which Python could not print. */
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** What would end a comment, or hide in it. */
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A string literal: JSON's escapes are all Python's, too. @param {string} text */
export function pythonText(text) {
  const literal = JSON.stringify(text.replace(LONE_SURROGATES, "\ufffd"));
  if (!text.includes('"') || text.includes("'")) return literal;
  // Easier to read in the other quotes.
  return `'${literal.slice(1, -1).replace(/\\(.)/g, (escaped, char) => (char === '"' ? char : escaped))}'`;
}

/** The same line by line. @param {string} text */
export function pythonLines(text) {
  const lines = text.split(/(?<=\n)/);
  return `(\n${lines.map((line) => `    ${pythonText(line)}`).join("\n")}\n)`;
}

/** @param {number} value */
export function pythonNumber(value) {
  return Number.isFinite(value) ? String(value) : `float("${String(value).replace("Infinity", "inf").toLowerCase()}")`;
}

/** @param {number} value of 32 bits, with as many digits as tell it from its neighbours */
export function pythonFloat32(value) {
  return pythonNumber(Number(value.toPrecision(9)));
}

/** @param {boolean} value */
export function pythonBool(value) {
  return value ? "True" : "False";
}

/** Words on one line of a comment. @param {string} text */
export function inComment(text) {
  return text.replace(LONE_SURROGATES, "\ufffd").replace(CONTROLS, " ").trim();
}

/** Comment lines of some width. @param {string} text @returns {string} */
export function comment(text, width = 100) {
  /** @type {string[]} */
  const lines = [];
  for (const word of inComment(text).split(/ +/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join("\n");
}

/** A literal of bytes in base64, to be decoded, over several lines. @param {Uint8Array} bytes */
export function base64Lines(bytes, width = 100) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 4096) binary += String.fromCharCode(...bytes.subarray(at, at + 4096));
  const text = btoa(binary);
  const lines = text.match(new RegExp(`.{1,${width}}`, "g")) ?? [""];
  return `(\n${lines.map((line) => `    "${line}"`).join("\n")}\n)`;
}

/**
 * A run's name as a file's: what every system allows in one, and no module of Python's is called.
 * @param {string} name
 */
export function fileStem(name) {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ["run"];
  return `hellonn-${words.join("-").slice(0, 60).replace(/-$/, "")}`;
}
