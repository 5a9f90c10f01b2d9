/** What page and worker agree on beyond the messages. */

/** How long the worker trains before it looks at its messages again: short enough to answer a pen at 60 Hz. */
export const SLICE_MS = 12;

/** The least time between two progress events. */
export const PROGRESS_MS = 50;

/** The files of the built-in data set, relative to the page. */
export const BUNDLED_FILES = [
  "data/train-images-idx3-ubyte.gz",
  "data/train-labels-idx1-ubyte.gz",
  "data/t10k-images-idx3-ubyte.gz",
  "data/t10k-labels-idx1-ubyte.gz",
];
