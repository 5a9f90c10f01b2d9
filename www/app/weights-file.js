/**
 * Weights from a safetensors file come into the page, as a run of their own that was trained elsewhere.
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("../runs/run.js").Run} Run
 */
import { asFieldsHold } from "../recipe/normal.js";
import { importWeights } from "../runs/export/import.js";
import { nameAmong, newId } from "../runs/run.js";
import { renamed } from "./run-list.js";
import { recipeOpened } from "./state.js";

const MOST_NAME = 100;

/**
 * @param {Desk} desk
 * @param {Uint8Array} bytes
 * @param {Run} like whose recipe stands for one that the file does not have
 * @returns {Promise<void>} throws where the file does not fit, and leaves all as it was
 */
export async function openWeights(desk, bytes, like) {
  const { client } = desk;
  const imported = await importWeights(bytes, like.recipe, (request) => client.request(request));
  const { summary, parameters, warning } = imported;
  const recipe = asFieldsHold(summary.recipe) ?? summary.recipe;
  const id = newId();
  await client.request({ type: "openWeights", run: id, recipe, parameters });
  desk.take(recipeOpened(desk.page, recipe, like.basis));
  const { runs } = desk.page;
  const others = runs.filter((run) => run.id !== id);
  desk.become(
    renamed(desk.page, [id], nameAmong(others, imported.name.slice(0, MOST_NAME) || `${like.basis}, opened`)),
  );
  desk.showTrain();
  if (warning !== "") desk.panels.alerts.show("weights", warning);
}
