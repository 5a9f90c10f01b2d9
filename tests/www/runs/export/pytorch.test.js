import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { notebook } from "../../../../www/runs/export/notebook.js";
import { fileStem } from "../../../../www/runs/export/python.js";
import { pytorchScript } from "../../../../www/runs/export/pytorch.js";
import { EXPORTS, scripted } from "../../support/exports.js";
import { lacksPython, python } from "../../support/python.js";
import { RECIPE } from "../../support/values.js";

const HOSTILE = [
  '"""\nimport os; os.system("true")\n"""',
  "'''\r\nraise SystemExit\r'''",
  '\\"\nraise SystemExit #',
  "a\\\n\u2028raise SystemExit\u0000\u000c\u2029",
  "`%s` {0} {RUN} \ud800 é 漢 😀",
  "<script>alert(1)</script> [a](javascript:b) $x$ # not a heading",
];

/** Statements and constants of a script, as Python reads them, one a line. */
const OUTLINE = `
import ast, sys
tree = ast.parse(sys.stdin.buffer.read())
for node in ast.walk(tree):
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    print(type(node).__name__, ascii(node.value) if is_text else "")
`;

describe("A PyTorch script", () => {
  test("of Better answer is the one that was tried in PyTorch", async () => {
    const expected = await readFile(new URL("better_answer.py", EXPORTS), "utf8");
    assert.equal(pytorchScript(scripted("Better answer")), expected);
  });

  test("says only what the recipe needs", () => {
    const plain = pytorchScript(scripted("Plain", { shuffle: false, validationImages: 0 }));
    for (const part of ["varied", "clip_grad_norm_", ".sign()", "best", "randperm(len(training)"]) {
      assert.ok(!plain.includes(part), part);
    }
    const all = pytorchScript(
      scripted("All", {
        clipNorm: 2,
        l1: 0.01,
        earlyStopping: { patience: 3 },
        augmentation: { ...RECIPE.augmentation, shift: 1, thickness: 0.5 },
        schedule: { kind: "cosine" },
      }),
    );
    for (const part of ["varied(images", "clip_grad_norm_(model.parameters(), 2)", "0.01 * ", ">= 3:", "math.cos"]) {
      assert.ok(all.includes(part), part);
    }
    assert.match(all.replace(/\n# +/g, " "), /up to 0.5 pixels have no counterpart in PyTorch: they are left out/);
  });

  test("without images to check has no check", () => {
    const script = pytorchScript({ ...scripted("Bare"), answered: null });
    assert.ok(!script.includes("\nIMAGES =") && !script.includes("check(model)"));
  });

  for (const [i, name] of HOSTILE.entries()) {
    test(`takes a run's name for a name: ${i}`, { skip: lacksPython() }, () => {
      const outline = (/** @type {string} */ text) => {
        const { status, stdout, stderr } = python(["-c", OUTLINE], text);
        assert.equal(status, 0, stderr);
        return stdout.replaceAll(fileStem(name), fileStem("tame")).split("\n");
      };
      const tame = outline(pytorchScript(scripted("tame")));
      const found = outline(pytorchScript(scripted(name)));
      assert.equal(found.length, tame.length);
      const others = found.filter((line, at) => line !== tame[at]);
      assert.equal(others.length, 1, others.join("\n"));
      assert.match(others[0] ?? "", /^Constant '|^Constant "/);
    });
  }
});

describe("A notebook", () => {
  test("has the form that Jupyter reads, with the curves' numbers in it", () => {
    const { cells, nbformat, nbformat_minor: minor } = JSON.parse(notebook(scripted("Better answer")));
    assert.deepEqual([nbformat, minor], [4, 5]);
    assert.equal(new Set(cells.map((/** @type {{id: string}} */ { id }) => id)).size, cells.length);
    for (const { cell_type: type, source, outputs } of cells) {
      assert.ok(["markdown", "code"].includes(type) && source.length > 0);
      assert.deepEqual(outputs, type === "code" ? [] : undefined);
    }
    const text = cells.flatMap((/** @type {{source: string[]}} */ { source }) => source).join("");
    assert.ok(text.includes("(2, 0.5, 0.8, 0.3, None, 2),"));
  });

  for (const [i, name] of HOSTILE.entries()) {
    test(`takes a run's name for a name: ${i}`, { skip: lacksPython() }, () => {
      const { cells } = JSON.parse(notebook(scripted(name)));
      const [title = ""] = cells[0].source;
      assert.match(title, /^# (?:[\p{L}\p{N}\p{So}\ufffd ]|&#\d+;)*\n$/u);
      for (const { cell_type: type, source } of cells) {
        if (type === "code") assert.equal(python(["-c", OUTLINE], source.join("")).status, 0);
      }
    });
  }
});

test("a file's name is one on every system", () => {
  assert.deepEqual(
    ["Better answer 2", "../../Étude: «7»", "漢", "", "con", "a".repeat(99)].map(fileStem),
    ["better-answer-2", "e-tude-7", "run", "run", "con", "a".repeat(60)].map((stem) => `hellonn-${stem}`),
  );
});
