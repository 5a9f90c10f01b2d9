/** What is said where there is no verdict yet: what it will look like, and by what rules. */
import { make } from "../../ui/dom.js";
import { count } from "../../ui/format.js";

/** The fewest seeds that can convince. */
const ENOUGH = 6;
/** Of more, not every swap of names is tried. */
const MOST_SWAPPED = 20;

/** @param {readonly {title: string, text: string}[]} entries */
function numbered(entries) {
  return make(
    "ol",
    { class: "numbered" },
    ...entries.map(({ title, text }) => make("li", {}, make("b", {}, title), make("p", {}, text))),
  );
}

/** Before anything is compared. */
export function rules() {
  return make(
    "div",
    { class: "verdict-rules" },
    make(
      "div",
      { class: "specimen" },
      make("p", {}, "“… beats … by … points of validation accuracy.”"),
      make("p", {}, "“… may well be luck: … more seeds would settle it.”"),
    ),
    numbered([
      {
        title: "Seeds, not single runs.",
        text: "The same recipe with another seed scores a little differently. How much is what luck can do.",
      },
      {
        title: "Same seed, same draw.",
        text: "Same order of images; same first weights where shapes and start agree.",
      },
      {
        title: "Validation ranks.",
        text: "The test score stays sealed until you have decided, and is revealed once.",
      },
      { title: "Nothing is judged early.", text: "Stopping as soon as it looks good is how luck wins." },
    ]),
  );
}

/**
 * While a race is under way.
 * @param {number} nSeeds that each will have
 */
export function questions(nSeeds) {
  return make(
    "div",
    { class: "verdict-part" },
    make("h3", {}, "What will be asked"),
    numbered([
      {
        title: "Is the gap larger than luck makes?",
        text: bestOf(nSeeds),
      },
      { title: "How large is it, give or take?", text: "The mean difference and its 95 % interval." },
    ]),
  );
}

/** The clearest that so many seeds can say. @param {number} nSeeds */
function bestOf(nSeeds) {
  if (nSeeds > MOST_SWAPPED) return "Names are swapped at random: how many of 100,000 races go as far?";
  const many = `${nSeeds} seeds can say “2 of ${count(2 ** nSeeds)}” at best`;
  return nSeeds < ENOUGH
    ? `${many}, which convinces nobody; ${ENOUGH} can.`
    : `${many}; up to 5 in 100 count as a win.`;
}
