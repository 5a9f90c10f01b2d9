/** A file that is not what it should be; the message says how, for people. */
export class FileError extends Error {}

/** Takes bytes from a stream as they are asked for, and holds no more than that and what came along with them. */
export class ByteReader {
  #reader;
  /** @type {Uint8Array} that came, and was not taken yet */ #rest = new Uint8Array();

  /** @param {ReadableStream<Uint8Array>} stream */
  constructor(stream) {
    this.#reader = stream.getReader();
  }

  /** @param {number} nBytes @returns {Promise<Uint8Array<ArrayBuffer>>} */
  async take(nBytes) {
    const chunks = [this.#rest];
    let nThere = this.#rest.length;
    while (nThere < nBytes) {
      const { done, value } = await this.#reader.read();
      if (done) throw new FileError(`Expected ${nBytes} more bytes, found the end of the file after ${nThere}.`);
      chunks.push(value);
      nThere += value.length;
    }
    // Only now is it known that there are so many.
    const taken = new Uint8Array(nBytes);
    let at = 0;
    for (const chunk of chunks) {
      const some = chunk.subarray(0, nBytes - at);
      taken.set(some, at);
      at += some.length;
      this.#rest = chunk.subarray(some.length);
    }
    return taken;
  }

  /** The next four bytes, little-endian. */
  async number() {
    return new DataView((await this.take(4)).buffer).getUint32(0, true);
  }

  async isOver() {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done) return true;
      this.#rest = value;
    }
    return false;
  }

  async cancel() {
    await this.#reader.cancel().catch(() => undefined);
  }
}
