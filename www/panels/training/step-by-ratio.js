/**
 * Arrow keys walk 1, 2, 5, 10: a step of a fixed size is no use between 0.0001 and 1.
 * @param {KeyboardEvent} event
 */
export function stepByRatio(event) {
  const input = event.currentTarget;
  if (!(input instanceof HTMLInputElement) || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  const rate = Number(input.value);
  if (!(rate > 0)) return;
  const power = 10 ** Math.floor(Math.log10(rate) + 1e-9);
  const ladder = [0.5, 1, 2, 5, 10].map((step) => Number((step * power).toPrecision(1)));
  ladder.unshift(Number((0.2 * power).toPrecision(1)));
  const next =
    event.key === "ArrowUp"
      ? ladder.find((step) => step > rate * 1.001)
      : ladder.findLast((step) => step < rate * 0.999);
  if (next === undefined) return;
  input.value = String(next);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
