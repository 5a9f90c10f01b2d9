/**
 * As much of Protocol Buffers' binary format as ONNX needs: a message is its fields' bytes, one after another, each
 * with its number and how it is written.
 * @typedef {Uint8Array[]} Message
 */

const [VARINT, BYTES, FIXED32] = [0, 2, 5];

/** @param {number} value a whole number from 0 on */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** @param {number} field @param {number} writtenAs */
const tag = (field, writtenAs) => varint(field * 8 + writtenAs);

/** @param {number} field @param {number} value from 0 on @returns {Message} */
export function whole(field, value) {
  return [tag(field, VARINT), varint(value)];
}

/** @param {number} field @param {number} value of 32 bits @returns {Message} */
export function float(field, value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(field, FIXED32), bytes];
}

/** @param {number} field @param {Uint8Array} value @returns {Message} */
export function bytes(field, value) {
  return [tag(field, BYTES), varint(value.length), value];
}

/** @param {number} field @param {string} value @returns {Message} */
export function text(field, value) {
  return bytes(field, new TextEncoder().encode(value));
}

/** @param {number} field @param {...Message} parts of the message within @returns {Message} */
export function message(field, ...parts) {
  const within = parts.flat();
  const length = within.reduce((sum, part) => sum + part.length, 0);
  return [tag(field, BYTES), varint(length), ...within];
}

/** @param {...Message} parts @returns {Uint8Array<ArrayBuffer>} */
export function joined(...parts) {
  const within = parts.flat();
  const all = new Uint8Array(within.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of within) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
