/**
 * Verdicts about two groups of runs: what is asked of the worker for them, what was asked before in this visit, and
 * whose test scores have been revealed.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("../protocol/requests.js").AnswersCompared} AnswersCompared
 * @typedef {import("../protocol/requests.js").ScoresSummary} ScoresSummary
 * @typedef {import("../protocol/requests.js").Verdict} Verdict
 * @typedef {import("../panels/verdict/pair.js").SideName} SideName
 * @typedef {import("../panels/verdict/rows.js").GroupTest} GroupTest
 * @typedef {import("../panels/verdict/verdict.js").Shown} Shown
 * @typedef {import("../panels/verdict/verdict.js").Judging} Judging
 * @typedef {import("../runs/groups.js").Group} Group
 * @typedef {import("../runs/run.js").Run} Run
 */
import { seedsToSettle } from "../panels/verdict/more-seeds.js";
import { lookOf, questionOf, rankedIn, sideOf } from "../panels/verdict/question.js";
import { isDisputed, testScores, undisputedScores } from "../panels/verdict/scores.js";
import { groupsOf } from "../runs/groups.js";
import { isUnderWay } from "../runs/race.js";
import { secondsFor } from "../runs/race-plan.js";
import { Answers } from "./answers.js";
import { chosen, markOf, shown } from "./comparison.js";
import { revealed } from "./run-list.js";

/** More of those that are not shown make a list that nobody reads to its end. */
const MOST_OTHERS = 40;

export class Verdicts {
  #desk;
  #racing;
  #answers;
  /** @type {(shown: Shown) => void} */ #show;
  /** The p-value of each question that was asked in this visit. @type {Map<string, number>} */ #asked = new Map();
  /** When a look's test scores were revealed. @type {Map<string, number>} */ #revealed = new Map();
  /** The run of each group whose answers are compared. @type {Map<string, string>} */ #compared = new Map();
  /** @type {{a: Group, b: Group, look: string} | null} */ #pair = null;
  /** @type {{pair: string, judging: Judging} | null} */ #last = null;

  /**
   * @param {Desk} desk
   * @param {import("./racing.js").Racing} racing
   * @param {(shown: Shown) => void} show
   */
  constructor(desk, racing, show) {
    this.#desk = desk;
    this.#racing = racing;
    this.#show = show;
    this.#answers = new Answers(desk, () => this.update(this.#desk.page));
  }

  /** @param {Page} page */
  update(page) {
    if (page.view !== "runs") return;
    const groups = groupsOf(page.runs);
    const { comparison } = page;
    const [a, b] = [comparison.a, comparison.b].map((key) => groups.find((group) => group.key === key));
    const judging = a === undefined || b === undefined ? null : this.#judge(page, a, b);
    this.#show({ choices: choicesOf(groups, comparison), a: a?.key ?? null, b: b?.key ?? null, judging });
  }

  /** @param {SideName} side @param {string} key */
  choose(side, key) {
    const { page, become } = this.#desk;
    become(chosen(shown(page, key, true), side, key));
  }

  swap() {
    const { page } = this.#desk;
    if (page.comparison.b !== null) this.choose("a", page.comparison.b);
  }

  reveal() {
    if (this.#pair === null) return;
    const { a, b, look } = this.#pair;
    this.#revealed.set(look, Date.now());
    const ids = [...a.runs, ...b.runs].map(({ id }) => id);
    this.#desk.become(revealed(this.#desk.page, ids));
  }

  /** Races the two with as many more seeds as would settle it. */
  raceMore() {
    const { judging } = this.#last ?? {};
    if (judging?.settling == null) return;
    const contestants = [judging.a, judging.b].map(({ recipe, changes, runs }) => ({
      basis: runs[0]?.basis ?? "",
      changes,
      recipe: { ...recipe, seed: null },
    }));
    const validationImages = judging.a.recipe.validationImages ?? 0;
    this.#racing.setRules({ nSeeds: judging.settling.nSeeds, epochs: null, validationImages });
    void this.#racing.start(contestants);
  }

  /** @param {SideName} side @param {string} id of the run whose answers are compared */
  compare(side, id) {
    if (this.#pair === null) return;
    this.#compared.set(this.#pair[side].key, id);
    this.update(this.#desk.page);
  }

  /** @param {readonly number[]} indices of test images */
  async imagesAt(indices) {
    /** @type {import("../protocol/requests.js").Samples | null} */
    let samples = null;
    await this.#desk.ask({ type: "samples", set: "test", indices: Uint32Array.from(indices) }, (found) => {
      samples = found;
    });
    return samples;
  }

  /** @param {Page} page @param {Group} a @param {Group} b @returns {Judging | null} null: it is on its way */
  #judge(page, a, b) {
    const look = lookOf(a, b);
    this.#pair = { a, b, look };
    const revealedAt = this.#revealed.get(look) ?? null;
    const withoutImages = whyWithoutImages(page, a, b);
    const images = revealedAt === null || withoutImages !== "" ? null : this.#imagesOf(page, a, b);
    const verdict = this.#verdictOn(a, b, look, images?.compared ?? null);
    const pair = `${a.key} ${b.key}`;
    if (verdict === undefined) {
      // What was said before of the same two stands until there is something new.
      return this.#last?.pair === pair ? { ...this.#last.judging, a, b } : null;
    }
    const tests = revealedAt === null ? null : this.#testsOf(page, a, b);
    const settling = this.#settlingOf(page, verdict, a, b);
    const judging = { a, b, verdict, revealedAt, tests, withoutImages, images, settling };
    this.#last = { pair, judging };
    return judging;
  }

  /** @param {Group} a @param {Group} b @param {string} look @param {AnswersCompared | null} compared */
  #verdictOn(a, b, look, compared) {
    const others = [...this.#asked].filter(([other]) => other !== look).map(([, p]) => p);
    const images = compared && {
      nImages: compared.nImages,
      onlyA: compared.onlyA.length,
      onlyB: compared.onlyB.length,
    };
    const areSingle = rankedIn(a).length === 1 && rankedIn(b).length === 1;
    const question = questionOf(a, b, areSingle ? images : null, others);
    const verdict = this.#answers.to(`verdict ${JSON.stringify(question)}`, { type: "verdict", question });
    if (verdict?.p != null) this.#asked.set(look, verdict.p);
    return verdict;
  }

  /** @param {Page} page @param {Verdict} verdict @param {Group} a @param {Group} b @returns {Judging["settling"]} */
  #settlingOf(page, verdict, a, b) {
    const nSeeds = seedsToSettle(verdict, sideOf(a), sideOf(b));
    const firsts = [a, b].flatMap(({ runs }) => runs.slice(0, 1));
    const canRace = firsts.every(
      ({ fingerprint, handSet }) => fingerprint === page.data?.fingerprint && handSet.length === 0,
    );
    if (nSeeds === null || !canRace || isUnderWay(page.race)) return null;
    const nMore = nSeeds - a.runs.length;
    const seconds = (secondsFor(firsts, page.runs, 1) * nMore) / Math.min(this.#racing.nPlaces, 2 * nMore);
    return { nSeeds, nMore, seconds };
  }

  /** @param {Page} page @param {Group} a @param {Group} b */
  #imagesOf(page, a, b) {
    const [runsA, runsB] = [answeredIn(a), answeredIn(b)];
    const runA = this.#chosenOf(a, runsA);
    const runB = this.#chosenOf(b, runsB);
    if (page.data === null || runA?.answers == null || runB?.answers == null) return null;
    const compared = this.#answers.to(`answers ${runA.id} ${runB.id}`, {
      type: "compareAnswers",
      a: runA.answers,
      b: runB.answers,
    });
    if (compared === undefined) return null;
    const { rows, cols } = page.data;
    return { runsA, runsB, a: runA, b: runB, compared, size: { rows, cols } };
  }

  /** @param {Group} group @param {readonly Run[]} runs */
  #chosenOf({ key }, runs) {
    return runs.find(({ id }) => id === this.#compared.get(key)) ?? runs[0];
  }

  /** @param {Page} page @param {Group} a @param {Group} b @returns {Judging["tests"]} */
  #testsOf(page, a, b) {
    const [ofA, ofB] = [this.#testOf(page, a), this.#testOf(page, b)];
    return ofA === undefined || ofB === undefined ? null : { a: ofA, b: ofB };
  }

  /** @param {Page} page @param {Group} group @returns {GroupTest | undefined} undefined: it is on its way */
  #testOf(page, group) {
    const given = this.#summaryOf(testScores(group));
    const canTell = isDisputed(group) && page.data?.fingerprint === group.runs[0]?.fingerprint;
    if (!canTell) return given === undefined ? undefined : { given, undisputed: null };
    const labels = this.#answers.to("labels", { type: "testLabels" });
    if (labels === undefined) return undefined;
    const undisputed = this.#summaryOf(undisputedScores(group, labels));
    return given === undefined || undisputed === undefined ? undefined : { given, undisputed };
  }

  /** @param {import("../panels/verdict/scores.js").Score[]} scores */
  #summaryOf(scores) {
    if (scores.length === 0) return null;
    const summary = this.#answers.to(`summary ${JSON.stringify(scores)}`, { type: "summary", scores });
    return summary && { ...summary, nImages: scores[0]?.nImages ?? 0 };
  }
}

/** @param {Group} group */
function answeredIn(group) {
  return rankedIn(group).filter(({ answers }) => answers !== null);
}

/** @param {Page} page @param {Group} a @param {Group} b */
function whyWithoutImages({ data }, a, b) {
  const [fingerprint, other] = [a, b].map(({ runs }) => runs[0]?.fingerprint);
  if (fingerprint !== other || data?.fingerprint !== fingerprint) {
    return "To see the images, load the data that the runs were trained on, in Train.";
  }
  const without = [a, b].findIndex((group) => answeredIn(group).length === 0);
  return without === -1 ? "" : `No run of ${"AB"[without]} has kept its answers to the test images.`;
}

/**
 * @param {readonly Group[]} groups
 * @param {import("./comparison.js").Comparison} comparison
 */
function choicesOf(groups, comparison) {
  const choices = groups.map(({ key, title }) => ({ key, title, mark: markOf(comparison, key) }));
  const others = choices.filter(({ mark }) => mark === null).reverse();
  const marked = choices.filter(({ mark }) => mark !== null).sort((one, other) => (one.mark ?? 0) - (other.mark ?? 0));
  const { a, b } = comparison;
  return [...marked, ...others.filter(({ key }, i) => i < MOST_OTHERS || key === a || key === b)];
}
