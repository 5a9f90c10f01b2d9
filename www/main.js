/** Puts the page together: a worker that trains, and what is shown of it. */
import { TrainerClient } from "./client/trainer-client.js";

// Before all else: what the worker loads, the module above all, is what the page waits for longest.
const client = new TrainerClient(
  () => new Worker(new URL("worker/index.js", import.meta.url), { type: "module" }),
  (message) => import("./start/why.js").then(({ why }) => why("worker/index.js", message)),
);
const { Actions } = await import("./app/actions.js");
new Actions(client, window).start();
await client.settled;
// From here on the page itself says what goes wrong.
document.querySelector("#starting")?.remove();
