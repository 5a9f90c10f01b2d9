/** Puts the page together: a worker that trains, and what is shown of it. */
import { newTrainer } from "./client/trainer.js";

// Before all else: what the worker loads, the module above all, is what the page waits for longest.
const client = newTrainer();
const { Actions } = await import("./app/actions.js");
new Actions(client, window).start();
await client.settled;
// From here on the page itself says what goes wrong.
document.querySelector("#starting")?.remove();
