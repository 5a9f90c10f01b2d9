/** Starts the worker that the URL names and lets the driver ask it. */
const parameters = new URLSearchParams(location.search);
const worker = new Worker(parameters.get("worker"), { type: parameters.get("type") });

/** @param {object} request */
window.ask = (request) =>
  new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve({ error: message || "the worker could not start" });
    worker.postMessage(request);
  });
