/** Python, for tests of what is written for it: `cargo xtask test` says in PYTHON which one has NumPy. */
import { spawnSync } from "node:child_process";
import process from "node:process";

const PYTHON = process.env["PYTHON"] ?? "python3";

/**
 * @param {string[]} args
 * @param {string} [input]
 */
export function python(args, input = "") {
  const { status, stdout, stderr } = spawnSync(PYTHON, args, { input, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Why a test that needs it is left out; false: it is not. @param {string[]} modules */
export function lacksPython(...modules) {
  const { status } = python(["-c", ["import ast", ...modules.map((each) => `import ${each}`)].join("\n")]);
  return status === 0 ? false : `${PYTHON} lacks ${modules.join(", ") || "everything"}: say in PYTHON which one has it`;
}
