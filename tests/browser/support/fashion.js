/** Fashion-MNIST as Debian ships it, where it is or can be installed. */
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const PACKAGE = "dataset-fashion-mnist";
const FILES = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

/** @returns {Promise<{paths: string[]} | {missing: string}>} the four gzipped files, or why they are not there */
export async function fashionMnist() {
  const folder = process.env["FASHION_MNIST"] || "/usr/share/datasets/fashion-mnist";
  const paths = FILES.map((name) => join(folder, `${name}-ubyte.gz`));
  if (await areThere(paths)) return { paths };
  const advice = `Install Debian's package ${PACKAGE}, or set FASHION_MNIST to a folder with ${FILES[0]}-ubyte.gz and the other three`;
  if (process.env["FASHION_MNIST"]) return { missing: `FASHION_MNIST names ${folder}, which lacks them. ${advice}` };
  const why = await install();
  if (await areThere(paths)) return { paths };
  return { missing: `Fashion-MNIST is not on this machine${why}. ${advice}` };
}

/** @param {string[]} paths */
async function areThere(paths) {
  return (
    await Promise.all(
      paths.map((path) =>
        access(path).then(
          () => true,
          () => false,
        ),
      ),
    )
  ).every(Boolean);
}

/** @returns {Promise<string>} what was in the way */
async function install() {
  if (process.getuid?.() !== 0) return "";
  const aptGet = (/** @type {string[]} */ ...rest) =>
    run("apt-get", ["-qq", ...rest], { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, timeout: 300_000 });
  try {
    // An old list names packages that are no longer there; whether there is a new one, the installing shows.
    await aptGet("update").catch(() => undefined);
    await aptGet("install", "--yes", "--no-install-recommends", PACKAGE);
    return "";
  } catch (error) {
    return `, and apt-get could not install it (${String(error).split("\n")[0]})`;
  }
}
