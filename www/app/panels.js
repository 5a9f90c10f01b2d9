/** Every part of the page, each made once with the element that it owns and told where its events go. */

import { Curves } from "../panels/curves/curves.js";
import { EpochsTable } from "../panels/curves/epochs-table.js";
import { DataPanel } from "../panels/data/data.js";
import { DrawPanel } from "../panels/draw/draw.js";
import { NetworkPanel } from "../panels/network/network.js";
import { TestPanel } from "../panels/test/test.js";
import { Offer } from "../panels/top/offer.js";
import { Top } from "../panels/top/top.js";
import { AugmentationPreview } from "../panels/training/augmentation-preview.js";
import { RecipeFields } from "../panels/training/recipe-fields.js";
import { RecipeFile } from "../panels/training/recipe-file.js";
import { Transport } from "../panels/training/transport.js";
import { Alerts } from "../ui/alerts.js";
import { find } from "../ui/dom.js";
import { keepReadingOrder, ORDERS } from "../ui/reading-order.js";
import { RecipeEditor } from "./recipe-editor.js";
import { Views } from "./views.js";

/** @typedef {ReturnType<typeof makePanels>} Panels */

/**
 * @param {Document} document
 * @param {import("./actions.js").Actions} actions
 */
export function makePanels(document, actions) {
  const region = (/** @type {string} */ id) => find(document, `#${id}`, HTMLElement);
  keepReadingOrder(document, ORDERS.train);
  const training = region("training");
  const network = new NetworkPanel(region("network"), {
    onPreset: (name) => actions.choosePreset(name),
    onLayers: () => actions.edited(),
  });
  const transport = new Transport(training, { onAction: (action) => actions.act(action) });
  const fields = new RecipeFields(training, {
    onChange: () => actions.edited(),
    onLearningRate: (rate) => actions.setLearningRate(rate),
  });
  return {
    views: new Views(document, { onSkip: () => transport.focus() }),
    alerts: new Alerts(region("alerts")),
    top: new Top(find(document, ".top", HTMLElement), {
      onPause: () => actions.pauseAll("pause"),
      onResume: () => actions.pauseAll("resume"),
    }),
    offer: new Offer(document, {
      onResume: (id) => actions.runs.goOn(id),
      onLookAt: () => actions.lookAt("runs"),
      onTakeUp: (ids) => actions.runs.takeUp(ids),
    }),
    data: new DataPanel(region("data"), {
      onSource: (source) => actions.load(source),
      onOthers: () => actions.showSamples(),
    }),
    network,
    transport,
    fields,
    editor: new RecipeEditor(network.layers, fields),
    recipeFile: new RecipeFile(training, find(document, "#recipe", HTMLDialogElement), {
      getRecipe: () => actions.readOrPoint(),
      onOpen: (recipe) => actions.openRecipe(recipe),
    }),
    preview: new AugmentationPreview(training, { onWanted: () => actions.refreshPreview() }),
    curves: new Curves(region("curves")),
    table: new EpochsTable(region("curves")),
    test: new TestPanel(region("test"), { onEvaluate: () => actions.evaluate() }),
    draw: new DrawPanel(region("draw"), { onDrawing: (drawing) => actions.predict(drawing) }),
    memory: region("memory"),
  };
}
