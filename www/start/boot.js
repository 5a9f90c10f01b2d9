/** Hears of what keeps the page from starting. A script of the old kind: no module may be able to run. */
{
  const box = document.querySelector("#starting");
  let isTold = false;

  const tell = (message = "") => {
    // Once it has started, the page takes the box away, and says itself what goes wrong.
    if (isTold || box === null || !box.isConnected) return;
    isTold = true;
    const script = document.createElement("script");
    script.src = "start/tell.js";
    script.dataset["message"] = message;
    script.onerror = () => box.removeAttribute("hidden");
    document.head.append(script);
  };

  addEventListener(
    "error",
    ({ target, message }) => {
      if (target === window || target instanceof HTMLScriptElement) tell(message);
    },
    true,
  );
  addEventListener("unhandledrejection", ({ reason }) => tell(reason instanceof Error ? reason.message : `${reason}`));
}
