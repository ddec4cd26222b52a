// The desk's palette: Ctrl or Cmd with K opens the page "go" as a dialog. That page alone knows what there is to go to;
// without this file its link leads there.
(() => {
  if (window.langoPalette) return;
  window.langoPalette = true;
  let dialog, asked = 0, pause;
  const link = () => document.querySelector("a[data-palette]");
  const fetched = async (words) => {
    const url = new URL(link().href);
    url.searchParams.set("q", words);
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const body = () => dialog.querySelector("[data-go]");
  const hits = () => [...dialog.querySelectorAll("[data-hits] a")];
  const look = async () => {
    const mine = ++asked;
    const found = (await fetched(dialog.querySelector("input").value)).querySelector("[data-hits]");
    // An answer that was overtaken is old news.
    if (!found || mine !== asked) return;
    // What is read aloud stays, and says something new.
    for (const part of ["[role=status]", "ul"]) {
      dialog.querySelector(`[data-hits] ${part}`).replaceChildren(...found.querySelector(part).childNodes);
    }
  };
  const move = (event) => {
    const stops = [dialog.querySelector("input"), ...hits()];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      stops.at((stops.indexOf(document.activeElement) + step) % stops.length).focus();
    } else if (event.key === "Enter" && event.target === stops[0]) {
      event.preventDefault();
      stops[1]?.click();
    }
  };
  const open = async () => {
    const go = (await fetched("")).querySelector("[data-go]");
    if (!go || dialog?.open) return;
    dialog?.remove();
    dialog = document.createElement("dialog");
    dialog.className = "sheet max-h-[90dvh] w-full max-w-lg overflow-y-auto rounded-t-box border border-base-300 bg-base-100 p-5 text-base-content sm:rounded-box";
    dialog.setAttribute("aria-label", link().textContent.trim());
    dialog.append(go);
    document.body.append(dialog);
    dialog.addEventListener("keydown", move);
    dialog.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(look, 120); });
    dialog.addEventListener("submit", (event) => event.preventDefault());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
    dialog.showModal();
    body().querySelector("input").focus();
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && link()) {
      event.preventDefault();
      if (dialog?.open) dialog.close();
      else open();
    }
  });
  // Before the router hears of it.
  document.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (plain && event.target.closest?.("a[data-palette]")) {
      event.preventDefault();
      event.stopPropagation();
      open();
    }
  }, true);
})();
