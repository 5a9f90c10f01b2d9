/**
 * Questions to the worker whose refusals are shown where they belong.
 * @typedef {import("../protocol/requests.js").Request} Request
 * @typedef {import("../protocol/requests.js").Replies} Replies
 */
import { TrainerError } from "../client/trainer-client.js";

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
      showError(panels, error);
      refused?.(error);
      return false;
    }
  };
}

/**
 * @param {Pick<import("./panels.js").Panels, "alerts" | "fields" | "network">} panels
 * @param {TrainerError} error
 */
function showError({ alerts, fields, network }, { message, field }) {
  if (field?.startsWith("layers")) network.layers.showError({ field, message });
  else if (field === undefined || !fields.showError(field, message)) alerts.show("training", message);
}
