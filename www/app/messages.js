/** What the page says above everything else, in words. */

export const DIVERGED =
  "Training diverged: the steps overshot until the loss was no longer a finite number. " +
  "Try a learning rate ten times lower, Adam instead of SGD, or smaller weights at the start.";

/**
 * @param {string} message of what failed
 * @param {boolean} again whether the data is loaded again by itself
 */
export function crashed(message, again) {
  const next = again
    ? "The data is being loaded again; the network starts untrained."
    : "Choose a data set to try again.";
  return `The trainer crashed and was restarted (${message}). ${next}`;
}

/**
 * @param {string} message why a data set was not taken
 * @param {boolean} hasOther whether one is there already
 */
export function dataRefused(message, hasOther) {
  const kept = hasOther ? " What was loaded before is still there." : "";
  return message.replace(/(?<![.?!])$/, ".") + kept;
}

/** @param {number} n runs that are kept */
export function unreadable(n) {
  const runs =
    n === 1 ? "One run that is kept in this browser cannot" : `${n} runs that are kept in this browser cannot`;
  return `${runs} be read: another version of this page may have written it.`;
}
