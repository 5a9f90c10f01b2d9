/** A link as a QR code (ISO/IEC 18004), which a phone reads from a projector. */
import { encode } from "../../vendor/uqr.js";

const SVG = "http://www.w3.org/2000/svg";

/** Modules that stay white around it, so that a camera finds its edges. */
const QUIET = 4;

/**
 * @param {string} link
 * @returns {SVGSVGElement | null} null: it is too long for one
 */
export function qrCode(link) {
  let code;
  try {
    code = encode(link, { ecc: "L", border: QUIET });
  } catch {
    return null;
  }
  const { size, data } = code;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `QR code of ${link}`);
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", dark.join(""));
  svg.append(path);
  return svg;
}
