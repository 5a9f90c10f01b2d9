/** A module whose one function counts the bits in a vector of sixteen bytes: i8x16.popcnt. */
const WITH_SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
];

/** What of that which the trainer needs the browser has not; "" where it has all. */
export function lacking() {
  if (typeof WebAssembly === "undefined") return "WebAssembly";
  return WebAssembly.validate(new Uint8Array(WITH_SIMD)) ? "" : "SIMD";
}
