import assert from "node:assert/strict";
import test from "node:test";
import { read, written } from "../../../www/runs/kept.js";
import { RECIPE } from "../support/values.js";

const SETTINGS = { presetName: "Better answer", presetRecipe: RECIPE, recipe: { ...RECIPE, epochs: 7 }, nClasses: 10 };

/** @param {(kept: any) => void} spoil what was written */
function spoilt(spoil) {
  const kept = JSON.parse(written(SETTINGS));
  spoil(kept);
  return read(JSON.stringify(kept));
}

test("settings come back as they were", () => {
  assert.deepEqual(read(written(SETTINGS)), { settings: SETTINGS, complaint: "" });
});

test("where nothing was kept there is nothing to complain of", () => {
  assert.deepEqual(read(null), { settings: null, complaint: "" });
});

test("what cannot be read is left out, and told", () => {
  const unreadable = [
    read(""),
    read("{"),
    read("[]"),
    read("null"),
    spoilt((kept) => kept.version++),
    spoilt((kept) => delete kept.settings),
    spoilt((kept) => (kept.settings.presetName = 7)),
    spoilt((kept) => (kept.settings.nClasses = -1)),
    spoilt((kept) => (kept.settings.recipe = {})),
  ];
  for (const { settings, complaint } of unreadable) {
    assert.equal(settings, null);
    assert.match(complaint, /settings .* cannot be read/);
  }
});

test("settings that held no number come back without the recipe", () => {
  assert.deepEqual(read(written({ ...SETTINGS, recipe: null })).settings?.recipe, null);
});
