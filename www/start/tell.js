/**
 * Tells why the page could not start, once `boot.js` has heard that it cannot. A script of the old kind, too: a page
 * that is opened as a file runs no other.
 */
{
  const box = document.querySelector("#starting");
  const FROM_FILE =
    "It was opened as a file, and browsers run no modules from a file. Serve the folder instead: with “cargo xtask " +
    "serve” in the project, or with “python3 -m http.server” in the folder of this page. Then open the address " +
    "that is printed there.";
  const UNKNOWN = "Its scripts cannot be loaded. Check that its server is running, then reload the page.";

  /** @param {string} sentence */
  const tell = (sentence) => {
    if (box === null) return;
    const [title, text] = box.querySelectorAll("p");
    if (title) title.textContent = "HelloNN could not start.";
    if (text) text.textContent = sentence;
    box.className = "is-failure";
    box.removeAttribute("hidden");
  };

  const message = document.currentScript?.dataset["message"] ?? "";
  if (location.protocol === "file:") tell(FROM_FILE);
  else {
    const sentence = import("./why.js").then(({ why }) => why("main.js", message));
    void sentence.catch(() => UNKNOWN).then(tell);
  }
}
