import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { onnxFile } from "../../../../www/runs/export/onnx.js";
import { EXPORTS, NETWORKS, writtenFiles } from "../../support/exports.js";
import { RECIPE } from "../../support/values.js";

test("the models are those that onnx's checker passed and onnxruntime answered with as PyTorch does", async () => {
  const files = await writtenFiles();
  assert.equal([...files.keys()].filter((name) => name.endsWith(".onnx")).length, NETWORKS.length);
  for (const [name, bytes] of files) assert.deepEqual(Buffer.from(bytes), await readFile(new URL(name, EXPORTS)), name);
});

test("a network in which nothing happens is a model, too", () => {
  const network = {
    inputShape: [1, 2, 2],
    nParameters: 0,
    nMultiplyAdds: 0,
    layers: [{ name: "", outputShape: [1, 2, 2], nParameters: 0 }],
  };
  /** @type {typeof RECIPE} */
  const recipe = { ...RECIPE, layers: [{ kind: "dropout", rate: 0.5 }] };
  const bytes = onnxFile({ name: "Nothing", recipe, network, checksum: "00ff", parameters: new Float32Array() });
  const text = new TextDecoder("latin1").decode(bytes);
  for (const part of ["image", "scores", "Flatten", "Nothing", "00ff"]) assert.ok(text.includes(part), part);
});
