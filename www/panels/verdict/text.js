/** The verdict as text, to be pasted somewhere. */
import { details, plain, sentence } from "./words.js";

/**
 * @param {import("./words.js").Judged} judged
 * @param {readonly import("./rows.js").Row[]} rows
 * @param {string} note on the test scores; "" while they are sealed
 */
export function asText(judged, rows, note) {
  const table = rows.map(({ name, a, b }) => {
    const [ofA, ofB] = [a, b].map(({ main, more }) => [main, more].filter(Boolean).join(" "));
    return `${name}: A ${ofA}, B ${ofB}`;
  });
  const lines = [
    plain(sentence(judged)),
    ...details(judged).map(plain),
    "",
    `A: ${judged.a.title}`,
    `B: ${judged.b.title}`,
    ...table,
    ...(note === "" ? ["Test accuracy: sealed"] : [note]),
  ];
  return `${lines.join("\n")}\n`;
}
