import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bands, SMALL } from "./support/idx.js";
import { useLab } from "./support/lab.js";

describe("A browser that says its language is", () => {
  const lab = useLab();

  // "C" is what WebKit says on a plain Linux, where no language is set; no number can be written in it.
  for (const language of ["C", "", "de-DE"]) {
    test(`${JSON.stringify(language)} trains, and its charts count in English`, async () => {
      const nn = await lab().visit({ prepare: (page) => page.addInitScript(speak, language) });
      await nn.waitUntilLoaded();
      await nn.chooseFiles(bands(SMALL));
      await nn.region("Data").getByText("600 training images").waitFor();
      await nn.waitUntilLoaded();
      await nn.choosePreset("PyTorch twin");
      await nn.fill({ Epochs: 2 });
      await nn.press("Train");
      await nn.waitFor("Finished");
      const said = await nn.page.evaluate(async () => {
        // The charts' own module, as the page has it.
        const { default: uPlot } = await import(new URL("vendor/uPlot.esm.js", document.baseURI).href);
        return uPlot.fmtNum(1234.5);
      });
      assert.equal(said, "1,234.5");
      await nn.page.context().close();
    });
  }
});

/** @param {string} language */
function speak(language) {
  Object.defineProperty(Navigator.prototype, "language", { get: () => language });
}
