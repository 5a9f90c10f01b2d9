/**
 * The lines of groups, made anew only where something of a group is another than before: most events of a race are
 * about one run.
 *
 * @typedef {import("../../runs/groups.js").Group} Group
 * @typedef {import("./lines.js").Line} Line
 * @typedef {import("./lines.js").Over} Over
 * @typedef {import("./lines.js").Quantity} Quantity
 */
import { lineOf } from "./lines.js";

export class KnownLines {
  /** @type {Map<string, {group: Group, mark: number, line: Line}>} */ #known = new Map();

  /**
   * @param {Group} group
   * @param {number} mark
   * @param {Quantity} quantity
   * @param {Over} over
   */
  of(group, mark, quantity, over) {
    const place = `${quantity} ${over} ${group.key}`;
    const known = this.#known.get(place);
    if (known !== undefined && known.mark === mark && isSame(known.group, group)) return known.line;
    const line = lineOf(group, mark, quantity, over);
    this.#known.set(place, { group, mark, line });
    return line;
  }

  /** Forgets groups that are no longer shown. @param {ReadonlySet<string>} keys */
  keep(keys) {
    for (const [place, { group }] of this.#known) if (!keys.has(group.key)) this.#known.delete(place);
  }
}

/**
 * Whether all that is drawn of a group is what it was.
 * @param {Group} before
 * @param {Group} now
 */
export function isSame(before, now) {
  return (
    before.title === now.title &&
    before.runs.length === now.runs.length &&
    before.runs.every((run, i) => run.epochs === now.runs[i]?.epochs && run.state === now.runs[i]?.state)
  );
}
