/** What JSON.parse does not tell: whether an object names something twice. */

/** A string, or what opens, closes and separates. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gs;

/**
 * @param {string} json that JSON.parse has read without complaint
 * @returns {string | null} the first name that an object has a second time
 */
export function firstRepeatedName(json) {
  /** The names of each object or list that is open. @type {Set<string>[]} */
  const open = [];
  let text = "";
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token !== ":") text = token;
    else {
      // Two ways to write a name are the same name.
      const name = JSON.parse(text);
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return null;
}
