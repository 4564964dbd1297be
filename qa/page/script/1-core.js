// What the reader's clicks and keys do. Everything shown comes from the server as escaped markup; this script moves
// between pieces of it, and passes on questions. The files of this folder are served as one, in the order of their
// names; each adds its deeds to the page. Gradio calls start() once and changed() after each drawing.
"use strict";

window.sanadPage = (() => {
  const root = document.documentElement;
  const language = root.lang;
  const side = root.dir;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const said = (name) => $("#words").dataset[name];
  const page = {
    root, language, $, $$, said,
    deeds: {},              // what a click on data-do="name" does, by name
    drawings: [],           // called after each drawing
    starts: [],             // called once, when Gradio has drawn the page
    send: () => {},         // hands an event to Gradio
    wide: () => matchMedia("(min-width: 62rem)").matches,
    mirrored: () => root.dir === "rtl",
  };

  page.start = (trigger) => {
    page.send = trigger;
    for (const each of page.starts) each();
  };
  page.changed = () => { for (const each of page.drawings) each(); };

  // --- the server ----------------------------------------------------------------------------------------------

  // A piece of the page, as markup; throws an Error that says why when there is none.
  page.piece = async (path, options = {}) => {
    const request = { credentials: "same-origin", ...options, headers: { "x-sanad-page": "1", ...options.headers } };
    let response;
    try { response = await fetch(`/page/${language}/${path}`, request); } catch { throw new Error(said("unreachable")); }
    const words = await response.text();
    if (!response.ok) throw new Error(response.headers.get("content-type")?.startsWith("text/plain") ? words : said("unreachable"));
    return words;
  };
  page.json = (method, document) => ({
    method, body: JSON.stringify(document), headers: { "content-type": "application/json" },
  });

  // --- small things --------------------------------------------------------------------------------------------

  let telling;
  page.tell = (words) => {
    const toast = $("#toast");
    toast.textContent = words;
    toast.classList.add("shown");
    clearTimeout(telling);
    telling = setTimeout(() => toast.classList.remove("shown"), 2600);
  };

  page.later = (deed, wait) => {  // the last of a row of calls, once they have ceased
    let waiting;
    return (...given) => { clearTimeout(waiting); waiting = setTimeout(() => deed(...given), wait); };
  };

  async function copy(button) {
    const words = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(words);
    } catch {  // no clipboard without https away from this machine: select the old way
      const box = document.createElement("textarea");
      box.value = words;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    page.tell(said("copied"));
  }

  // --- dialogs: the browser keeps the focus in them, and gives it back -----------------------------------------

  page.open = (dialog) => { if (!dialog.open) dialog.showModal(); };
  page.close = (dialog) => { if (dialog.open) dialog.close(); };

  // Asks the reader; resolves to what they wrote (or "yes"), or to null when they thought better of it.
  page.asks = (words, { value = null, deed, alarming = false }) => new Promise((answer) => {
    const dialog = $("#asks");
    const field = $("input", dialog);
    const confirm = $(".confirm", dialog);
    $("p", dialog).textContent = words;
    confirm.textContent = deed;
    confirm.classList.toggle("alarming", alarming);
    field.hidden = value === null;
    field.value = value || "";
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      answer(dialog.returnValue === "yes" ? (value === null ? "yes" : field.value.trim()) : null);
    }, { once: true });
    page.open(dialog);
    if (value !== null) field.select();
  });

  // Closes the open menus that ``target`` is not in; one whose link was followed closes too.
  page.closeMenus = (target) => {
    const open = $$(".bar details[open]");
    for (const menu of open) {
      if (!menu.contains(target) || target.closest("a")) {
        menu.open = false;
        if (target === root) $("summary", menu).focus();
      }
    }
    return open.length > 0;
  };

  function theme() {
    const dark = root.dataset.theme !== "dark";
    root.dataset.theme = dark ? "dark" : "light";
    localStorage.setItem("sanad-theme", root.dataset.theme);
  }

  Object.assign(page.deeds, {
    copy,
    theme,
    whole: (button) => { button.closest(".source").classList.toggle("whole"); },
    dismiss: (button) => page.close(button.closest("dialog")),
  });

  // Gradio sets the document to the browser's language; this page stays in the reader's.
  new MutationObserver(() => {
    if (root.lang !== language) root.lang = language;
    if (root.dir !== side) root.dir = side;
  }).observe(root, { attributeFilter: ["lang", "dir"] });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) page.deeds[button.dataset.do](button, event);
    else if (event.target.matches("dialog.modal")) page.close(event.target);  // beside what it holds
    page.closeMenus(event.target);
  });

  return page;
})();
