/** A worker that trains, of which there may be several: one for Train, and as many as there are cores for a race. */
import { TrainerClient } from "./trainer-client.js";

export function newTrainer() {
  return new TrainerClient(
    () => new Worker(new URL("../worker/index.js", import.meta.url), { type: "module" }),
    (message) => import("../start/why.js").then(({ why }) => why("worker/index.js", message)),
  );
}
