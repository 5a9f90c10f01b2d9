/**
 * Runs that differ in nothing but their seed, taken together: what they have in common is the recipe's, and how they
 * differ is luck.
 *
 * @typedef {import("./run.js").Run} Run
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 *
 * @typedef {object} Group
 * @property {string} key the same for all runs that belong together
 * @property {string} name
 * @property {string} changes from the preset that the recipe began as, in words
 * @property {string} title name and changes, which no other group has
 * @property {Recipe} recipe of any of them
 * @property {readonly Run[]} runs by their seeds; of those with the same seed the latest
 * @property {readonly Run[]} all of them, in the order in which they came
 */

/** @type {WeakMap<Recipe, string>} A recipe is never changed, so that its text holds. */
const texts = new WeakMap();

/** @param {Recipe} recipe what it says but for the seed */
function textOf(recipe) {
  const known = texts.get(recipe);
  if (known !== undefined) return known;
  const text = JSON.stringify({ ...recipe, seed: null });
  texts.set(recipe, text);
  return text;
}

/** @type {WeakMap<Run, string>} */
const keys = new WeakMap();

/** What tells a run's group from others. @param {Run} run */
export function groupKeyOf(run) {
  const known = keys.get(run);
  if (known !== undefined) return known;
  const { id, recipe, fingerprint, engineVersion, handSet } = run;
  // A rate set by hand belongs to one run alone.
  const own = handSet.length > 0 ? id : "";
  const key = `${fingerprint} ${engineVersion} ${own} ${textOf(recipe)}`;
  keys.set(run, key);
  return key;
}

/** @type {WeakMap<readonly Run[], readonly Group[]>} */
const known = new WeakMap();

/** The latest, by their keys: of many groups most are what they were. @type {Map<string, Group>} */
let latest = new Map();

/**
 * @param {readonly Run[]} runs
 * @returns {readonly Group[]} in the order in which their first runs come; the same value for the same runs, and the
 *   same group where its runs are
 */
export function groupsOf(runs) {
  const before = known.get(runs);
  if (before !== undefined) return before;
  /** @type {Map<string, Run[]>} */
  const byKey = new Map();
  for (const run of runs) {
    const key = groupKeyOf(run);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [run]);
    else group.push(run);
  }
  /** @type {Map<string, number>} */
  const nTitled = new Map();
  const groups = [...byKey].map(([key, members]) => groupOf(key, members, nTitled));
  known.set(runs, groups);
  latest = new Map(groups.map((group) => [group.key, group]));
  return groups;
}

/**
 * @param {string} key
 * @param {Run[]} members
 * @param {Map<string, number>} nTitled how many have each title
 * @returns {Group}
 */
function groupOf(key, members, nTitled) {
  const [first] = members;
  if (first === undefined) throw new Error("a group has a run");
  const { recipe, changes } = first;
  const name = nameOf(members, first);
  const plain = changes === "" ? name : `${name}, ${changes}`;
  const n = (nTitled.get(plain) ?? 0) + 1;
  nTitled.set(plain, n);
  const title = n === 1 ? plain : `${plain} (${n})`;
  const before = latest.get(key);
  if (before !== undefined && before.title === title && areSame(before.all, members)) return before;
  return { key, name, changes, title, recipe, runs: bySeed(members), all: members };
}

/** @param {readonly Run[]} before @param {readonly Run[]} now */
function areSame(before, now) {
  return before.length === now.length && now.every((run, i) => run === before[i]);
}

/** The preset's name, unless somebody gave another. @param {Run[]} members @param {Run} first */
function nameOf(members, { basis }) {
  const given = members.find(({ name }) => name !== basis && !/^ \d+$/.test(name.slice(basis.length)));
  return given?.name ?? basis;
}

/** @param {Run[]} members */
function bySeed(members) {
  const latest = new Map(members.map((run) => [run.recipe.seed, run]));
  return [...latest.values()].sort((a, b) => (a.recipe.seed ?? 0) - (b.recipe.seed ?? 0));
}

/**
 * The runs of a group that came to their end, and are compared by it.
 * @param {Group} group
 */
export function finishedIn({ runs }) {
  return runs.filter(({ state }) => state === "finished" || state === "diverged");
}
