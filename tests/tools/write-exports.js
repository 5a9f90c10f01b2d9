/** Writes what HelloNN's writers make for tests/reference/exports.py to check: node tests/tools/write-exports.js */
import { writeFile } from "node:fs/promises";
import { EXPORTS, writtenFiles } from "../www/support/exports.js";

for (const [name, bytes] of await writtenFiles()) await writeFile(new URL(name, EXPORTS), bytes);
