/**
 * A picture of `runs/export/curves-svg` as PNG. The page's policy lets no picture of its own making be loaded, so that
 * its few shapes are drawn one by one.
 */

/** Pixels to a unit: sharp on paper and on dense screens. */
const DENSITY = 2;

/** @param {string} text of the SVG: rectangles, texts and paths @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function pngOf(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const canvas = document.createElement("canvas");
  canvas.width = number(svg, "width") * DENSITY;
  canvas.height = number(svg, "height") * DENSITY;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser draws no pictures");
  context.scale(DENSITY, DENSITY);
  for (const shape of svg.children) drawn(context, shape, svg);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  if (blob === null) throw new Error("this browser makes no PNG");
  return new Uint8Array(await blob.arrayBuffer());
}

/** @param {CanvasRenderingContext2D} context @param {Element} shape @param {Element} svg */
function drawn(context, shape, svg) {
  const said = (/** @type {string} */ name) => shape.getAttribute(name) ?? svg.getAttribute(name);
  if (shape.localName === "rect") {
    context.fillStyle = said("fill") ?? "#fff";
    context.fillRect(0, 0, number(svg, "width"), number(svg, "height"));
  } else if (shape.localName === "text") {
    const weight = said("font-weight") ?? "400";
    context.font = `${weight} ${said("font-size") ?? 12}px ${said("font-family") ?? "sans-serif"}`;
    context.fillStyle = said("fill") ?? "#000";
    const anchor = said("text-anchor");
    context.textAlign = anchor === "middle" ? "center" : anchor === "end" ? "right" : "left";
    context.fillText(shape.textContent ?? "", number(shape, "x"), number(shape, "y") + number(shape, "dy"));
  } else if (shape.localName === "path") {
    context.strokeStyle = said("stroke") ?? "#000";
    context.lineWidth = Number(said("stroke-width") ?? 1);
    context.lineCap = said("stroke-linecap") === "round" ? "round" : "butt";
    context.lineJoin = said("stroke-linejoin") === "round" ? "round" : "miter";
    context.setLineDash((said("stroke-dasharray") ?? "").split(/[ ,]+/).filter(Boolean).map(Number));
    context.stroke(new Path2D(said("d") ?? ""));
  }
}

/** @param {Element} element @param {string} name */
function number(element, name) {
  return Number(element.getAttribute(name) ?? 0);
}
