import assert from "node:assert/strict";
import test from "node:test";
import { SIZE, StrokeRecorder } from "../../../../www/panels/draw/stroke-recorder.js";

/** @param {StrokeRecorder} recorder */
const lengths = (recorder) => recorder.drawing.strokes.map(({ points }) => points.length);

test("strokes keep their points in order, and a tap is a stroke of one", () => {
  const recorder = new StrokeRecorder();
  assert.equal(recorder.isEmpty, true);
  recorder.begin(10, 20);
  assert.equal(recorder.extend(30, 40), true);
  recorder.end();
  recorder.begin(50, 60);
  recorder.end();
  assert.deepEqual(recorder.drawing.strokes, [
    {
      points: [
        { x: 10, y: 20 },
        { x: 30, y: 40 },
      ],
    },
    { points: [{ x: 50, y: 60 }] },
  ]);
  assert.equal(recorder.isEmpty, false);
});

test("a pen that hardly moves adds nothing", () => {
  const recorder = new StrokeRecorder();
  recorder.begin(10, 10);
  assert.equal(recorder.extend(10.4, 10.4), false);
  assert.equal(recorder.extend(11, 10), true);
});

test("a pen that leaves the paper draws along its edge", () => {
  const recorder = new StrokeRecorder();
  recorder.begin(10, 10);
  recorder.extend(-50, SIZE + 50);
  assert.deepEqual(recorder.drawing.strokes[0]?.points[1], { x: 0, y: SIZE });
});

test("undo takes the last stroke back, also one that is being drawn, and no more than there are", () => {
  const recorder = new StrokeRecorder();
  recorder.begin(0, 0);
  recorder.end();
  recorder.begin(50, 50);
  recorder.extend(80, 80);
  assert.deepEqual(lengths(recorder), [1, 2]);
  recorder.undo();
  assert.deepEqual(lengths(recorder), [1]);
  assert.equal(recorder.extend(90, 90), false, "the stroke that was taken back does not go on");
  recorder.undo();
  recorder.undo();
  assert.equal(recorder.isEmpty, true);
});

test("clear leaves nothing, and what was handed out before as it was", () => {
  const recorder = new StrokeRecorder();
  recorder.begin(0, 0);
  const { strokes } = recorder.drawing;
  recorder.clear();
  assert.equal(recorder.isEmpty, true);
  assert.equal(recorder.isDrawing, false);
  assert.equal(strokes.length, 1);
});
