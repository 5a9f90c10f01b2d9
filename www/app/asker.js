/**
 * Questions to the worker whose refusals are shown where they belong.
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/requests.js").Replies} Replies
 */
import { TrainerError } from "../client/trainer-client.js";
import { latestOnly } from "../ui/latest.js";

/**
 * @param {import("../client/trainer-client.js").TrainerClient} client
 * @param {Pick<import("./panels.js").Panels, "alerts" | "fields" | "network">} panels
 */
export function asker(client, panels) {
  /**
   * Asks the worker; what it refuses is shown where it belongs.
   * @template {Request["type"]} T
   * @param {Extract<Request, {type: T}>} request
   * @param {(reply: Replies[T]) => unknown} [use]
   * @param {(refusal: TrainerError) => void} [refused] after it is shown
   * @returns {Promise<boolean>} whether it was answered
   */
  return async (request, use, refused) => {
    try {
      const reply = await client.request(request);
      await use?.(reply);
      return true;
    } catch (error) {
      // A worker that is gone is told by its event.
      if (!(error instanceof TrainerError)) return false;
      showFaults(panels, error.faults);
      refused?.(error);
      return false;
    }
  };
}

/**
 * Where a field holds no number, has all that is wrong with the others said as well.
 * @param {import("../client/trainer-client.js").TrainerClient} client
 * @param {import("./panels.js").Panels} panels
 */
export function explainer(client, panels) {
  return latestOnly(async (/** @type {void} */ _) => {
    try {
      await client.request({ type: "describe", recipe: panels.editor.draft });
    } catch (error) {
      if (!(error instanceof TrainerError) || panels.editor.recipe !== null) return;
      // Of layers that end before one that is none, most is wrong for that reason alone.
      const told = error.faults.filter(({ field }) => field !== undefined && !field.startsWith("layers"));
      showFaults(panels, told);
    }
  });
}

/**
 * Each where it belongs.
 * @param {Pick<import("./panels.js").Panels, "alerts" | "fields" | "network">} panels
 * @param {TrainerError["faults"]} faults
 */
function showFaults({ alerts, fields, network }, faults) {
  for (const { field, message } of faults) {
    if (field?.startsWith("layers")) network.layers.showError({ field, message });
    else if (field === undefined || !fields.showError(field, message)) alerts.show("training", message);
  }
}
