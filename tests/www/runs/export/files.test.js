import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { curvesSvg } from "../../../../www/runs/export/curves-svg.js";
import { exportFile } from "../../../../www/runs/export/files.js";
import { epochsCsv, runJson } from "../../../../www/runs/export/tables.js";
import { exported, firstUpdates } from "../../../../www/worker/export.js";
import { sessionWith } from "../../support/module.js";
import { epoch, RECIPE, run } from "../../support/values.js";

const EPOCHS = [
  epoch(1, { trainingLoss: Number.POSITIVE_INFINITY }),
  epoch(2, { validationLoss: 0.25, validationAccuracy: 0.9, seconds: 1.23456 }),
];

const TEST = { loss: 1, nCorrect: 2, nImages: 3, done: true, nTotal: 3, atEpoch: 2 };

test("a run's epochs are a table that other programs read", () => {
  const head = "Epoch,Training loss,Training accuracy,Validation loss,Validation accuracy,Seconds";
  assert.equal(epochsCsv({ epochs: EPOCHS }), `${head}\r\n1,Infinity,0.8,,,2\r\n2,0.5,0.8,0.25,0.9,1.235\r\n`);
});

test("a run as JSON has its recipe, its epochs and what came of them", () => {
  const whole = JSON.parse(runJson(run({ epochs: EPOCHS, test: TEST, answers: Uint8Array.of(7, 2, 1) })));
  assert.equal(whole.program, "HelloNN");
  assert.deepEqual(whole.recipe, { ...RECIPE, seed: 1 });
  assert.deepEqual([whole.epochs[0].trainingLoss, whole.epochs[1].trainingLoss], ["Infinity", 0.5]);
  assert.deepEqual([whole.test, whole.answers], [TEST, "721"]);
});

test("a test result that nobody is to see yet is in no file", () => {
  const sealed = JSON.parse(runJson(run({ isSealed: true, test: TEST, answers: Uint8Array.of(7, 2, 1) })));
  assert.ok(!("test" in sealed) && !("answers" in sealed));
});

test("curves are a picture of their own, whatever the run is called", () => {
  const name = '</text><script>alert("1")</script>\u0000 & \ud800';
  const svg = curvesSvg(run({ name, epochs: EPOCHS }));
  assert.ok(["<script", "\u0000", "\ud800"].every((part) => !svg.includes(part)));
  assert.ok(svg.includes("&#60;script&#62;") && !svg.includes("NaN") && !svg.includes("Infinity"));
  assert.equal(svg.match(/stroke-linecap/g)?.length, 4);
  const empty = curvesSvg(run());
  assert.ok(!empty.includes("NaN") && empty.includes("Accuracy"));
});

test("each file is made of the run and of what the worker knows", async () => {
  const session = await sessionWith({ rows: 4, cols: 4, nClasses: 4, nTraining: 16, nTest: 12 });
  /** @type {typeof RECIPE} */
  const recipe = {
    ...RECIPE,
    layers: [{ kind: "dense", units: 4, bias: true }],
    batchSize: 1,
    validationImages: 0,
    seed: 1,
  };
  const { network, recipe: own } = session.configure(recipe);
  const checkpoint = session.checkpoint();
  const small = run({ name: "A / B", recipe: own, network, state: "stopped", epochs: EPOCHS });
  const ask = /** @type {import("../../../../www/runs/export/files.js").Ask} */ (
    /** @type {unknown} */ (
      async (/** @type {import("../../../../www/protocol/requests.js").Request} */ request) => {
        if (request.type === "export") return exported(session, checkpoint, request.nImages);
        assert.ok(request.type === "firstUpdates");
        return firstUpdates(session, request.recipe, request.learningRate);
      }
    )
  );
  const names = [];
  for (const kind of /** @type {const} */ (["safetensors", "pytorch", "notebook", "onnx", "json", "csv", "svg"])) {
    const { name, content } = await exportFile(kind, small, ask);
    names.push(name);
    assert.ok(content.length > 100, kind);
  }
  const endings = ["safetensors", "py", "ipynb", "onnx", "json", "csv", "svg"];
  assert.deepEqual(
    names,
    endings.map((ending) => `hellonn-a-b.${ending}`),
  );
});

test("the program that checks a notebook is loaded when it is asked for", async (t) => {
  const session = await sessionWith({ rows: 4, cols: 4, nClasses: 4, nTraining: 16, nTest: 4 });
  const small = run({ recipe: { ...RECIPE, layers: [{ kind: "dense", units: 4 }], batchSize: 1, seed: 1 } });
  const ask = /** @type {import("../../../../www/runs/export/files.js").Ask} */ (
    /** @type {unknown} */ (
      async (/** @type {{recipe: typeof RECIPE, learningRate: number}} */ { recipe, learningRate }) =>
        firstUpdates(session, { ...recipe, validationImages: 0 }, learningRate)
    )
  );
  t.mock.method(globalThis, "fetch", async (/** @type {URL} */ url) => new Response(await readFile(url)));
  const { name, content } = await exportFile("check", small, ask);
  assert.equal(name, "check_my_network.py");
  assert.ok(typeof content === "string" && content.includes('RUN = "Better answer"\nCHECK = (\n'));
  const other = run({ recipe: { ...RECIPE, layers: [{ kind: "batchNorm" }] } });
  await assert.rejects(exportFile("check", other, ask), /There is no check of this network: it knows dense layers/);
});
