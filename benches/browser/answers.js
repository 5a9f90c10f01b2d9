/** What every bench worker shares. A plain script, for `importScripts` as well as for `import`. */

/** Answers each message with what `answer` makes of it. @param {(request: any) => unknown} answer */
self.answerMessages = (answer) => {
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage(await answer(data));
    } catch (error) {
      self.postMessage({ error: String(error?.stack ?? error) });
    }
  };
};

/** One of the four files, without its first `headerBytes`. @param {string} name */
self.fetchIdx = async (name, headerBytes = 0) => {
  const response = await fetch(`/data/${name}-ubyte.gz`);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer()).subarray(headerBytes);
};

/** The first images of the training set, pixels from 0 to 1, and their labels. @param {number} nImages */
self.fetchTraining = async (nImages) => {
  const pixels = await fetchIdx("train-images-idx3", 16);
  const labels = await fetchIdx("train-labels-idx1", 8);
  return {
    images: Float32Array.from(pixels.subarray(0, nImages * 784), (pixel) => pixel / 255),
    labels: Int32Array.from(labels.subarray(0, nImages)),
  };
};
