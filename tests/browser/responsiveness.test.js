import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { draw, handDrawn } from "./support/drawings.js";
import { useLab } from "./support/lab.js";

/**
 * Clocks are read here and reported; a machine may be busy, so what is asserted is far from what is measured.
 * @typedef {import("playwright-core").Locator} Locator
 */
const HANGS_MS = 1000;
const N_TRIES = 50;
const MEMORY_MIB = 160;

describe("While the PyTorch twin trains on MNIST", () => {
  const lab = useLab();

  /** @type {import("./support/hellonn-page.js").HelloNN} */
  let nn;

  before(async () => {
    nn = await lab().visitLoaded();
    await nn.choosePreset("PyTorch twin");
    await nn.fill({ Epochs: 200, Seed: 1 });
    await startLongTaskLog();
    await nn.press("Train");
    await nn.waitFor("Training");
  });

  test("the page's thread stays free", async (t) => {
    await sleep(4000);
    const [digit] = await handDrawn();
    assert.ok(digit);
    for (let i = 0; i < 5; i += 1) await draw(nn, digit.strokes);
    await nn.press("Clear");
    const tasks = await longTasks();
    t.diagnostic(`tasks over 50 ms on the page's thread: ${tasks.length}${list(tasks)}`);
    assert.ok(tasks.every((ms) => ms < HANGS_MS));
  });

  test("a pen's touch is answered by a prediction", async (t) => {
    const box = await nn.canvas.boundingBox();
    assert.ok(box);
    const { mouse } = nn.page;
    const tries = [];
    for (let i = 0; i < N_TRIES; i += 1) {
      const answered = await stopwatch(nn.canvas, "pointerdown", nn.prediction, "isFilled");
      await mouse.move(box.x + box.width * (0.2 + (0.6 * i) / N_TRIES), box.y + box.height / 2);
      await mouse.down();
      tries.push(await answered());
      await mouse.up();
      await nn.button("Clear").evaluate(click);
    }
    report(t, "Predict", tries);
  });

  test("Pause is answered", async (t) => {
    const tries = [];
    for (let i = 0; i < N_TRIES; i += 1) {
      const answered = await stopwatch(nn.button("Pause"), "click", nn.button("Resume"), "isEnabled");
      await nn.button("Pause").evaluate(click);
      tries.push(await answered());
      const resumed = await stopwatch(nn.button("Resume"), "click", nn.button("Pause"), "isEnabled");
      await nn.button("Resume").evaluate(click);
      await resumed();
    }
    report(t, "Pause", tries);
  });

  test(`the module's memory stays under ${MEMORY_MIB} MiB, evaluations included`, async (t) => {
    await nn.press("Evaluate on the test set");
    await nn.testResult();
    // WebAssembly's memory only grows: what is in use is the most that ever was.
    const memory = await nn.memoryMiB();
    t.diagnostic(`memory of the worker's module ${memory} MiB`);
    assert.ok(memory < MEMORY_MIB && memory > 50, `${memory} MiB`);
  });

  function startLongTaskLog() {
    return nn.page.evaluate(() => {
      const log = /** @type {{longTasks: number[]}} */ (/** @type {unknown} */ (globalThis));
      log.longTasks = [];
      new PerformanceObserver((entries) => {
        for (const { duration } of entries.getEntries()) log.longTasks.push(duration);
      }).observe({ type: "longtask" });
    });
  }

  function longTasks() {
    return nn.page.evaluate(() => /** @type {{longTasks: number[]}} */ (/** @type {unknown} */ (globalThis)).longTasks);
  }
});

/** Without the looks that Playwright takes before it clicks. @param {Element} button */
function click(button) {
  /** @type {HTMLButtonElement} */ (button).click();
}

/**
 * Measures inside the page, from the moment that the browser took the input to the change in the document.
 * @param {Locator} source
 * @param {"pointerdown" | "click"} event
 * @param {Locator} target
 * @param {"isFilled" | "isEnabled"} change
 * @returns {Promise<() => Promise<number>>} ready to be started; gives the milliseconds
 */
async function stopwatch(source, event, target, change) {
  const [from, to] = [await source.elementHandle(), await target.elementHandle()];
  assert.ok(from && to);
  const watch = await from.evaluateHandle(
    (from, { event, to, change }) => {
      const hasChanged = () =>
        change === "isFilled" ? to.textContent !== "" : !(/** @type {HTMLButtonElement} */ (to).disabled);
      if (hasChanged()) throw new Error("the answer is there before the question");
      /** @type {Promise<number>} */
      const answered = new Promise((resolve) => {
        let start = 0;
        from.addEventListener(event, ({ timeStamp }) => (start = timeStamp), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (!hasChanged()) return;
          observer.disconnect();
          resolve(performance.now() - start);
        });
        observer.observe(to, { attributes: true, childList: true, characterData: true, subtree: true });
      });
      return { answered };
    },
    { event, to, change },
  );
  return async () => {
    const milliseconds = await watch.evaluate(({ answered }) => answered);
    await watch.dispose();
    return milliseconds;
  };
}

/**
 * @param {{diagnostic(message: string): void}} t
 * @param {string} what
 * @param {number[]} tries in milliseconds
 */
function report(t, what, tries) {
  const sorted = tries.toSorted((a, b) => a - b);
  const percentile = (/** @type {number} */ share) => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  const [median, p95, most] = [0.5, 0.95, 1].map(percentile);
  t.diagnostic(
    `${what}: median ${median?.toFixed(1)} ms, 95th percentile ${p95?.toFixed(1)} ms, ` +
      `longest ${most?.toFixed(1)} ms of ${tries.length} tries`,
  );
  assert.ok(percentile(0.95) < HANGS_MS, `${what} hangs`);
}

/** @param {number[]} durations */
function list(durations) {
  return durations.length === 0 ? "" : ` (${durations.map((ms) => `${Math.round(ms)} ms`).join(", ")})`;
}
