// What the reader's clicks and keys do. Everything shown comes from the server as escaped markup; this script
// moves between pieces of it, and passes on questions. Gradio calls start() once and changed() after each drawing.
"use strict";

window.sanadPage = (() => {
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const language = root.lang;
  const side = root.dir;
  let send = () => {};      // hands an event to Gradio
  let opener = null;        // what had the focus before the side reader opened
  let loaded = false;       // whether the server has drawn what this reader asked before
  let waiting = null;       // a question that was asked before that
  let shown = null;         // id of the exchange whose evidence stands beside it; null: the newest

  // --- asking ------------------------------------------------------------------------------------------------

  const form = () => $(".composer");
  const busy = () => Boolean($("#current .exchange[data-state=writing]"));

  function filters() {
    const data = new FormData(form());
    return Object.fromEntries(["since", "until", "source", "language"].map((name) => [name, data.get(name) || ""]));
  }

  function ask(wish) {
    if (!wish.question.trim() || busy()) return;
    if (!loaded) { waiting = wish; return; }
    closeReader();
    shown = null;
    root.dataset.busy = "true";
    send("ask", wish);
  }

  function submit() {
    const box = form().elements.question;
    if (!box.value.trim() || busy()) return;
    ask({ question: box.value, ...filters() });
    box.value = "";
    fit(box);
  }

  function edit(wish) {
    const fields = form().elements;
    for (const name of ["question", "since", "until", "source", "language"]) fields[name].value = wish[name] || "";
    $(".filters").open = ["since", "until", "source", "language"].some((name) => wish[name]);
    fit(fields.question);
    fields.question.focus();
  }

  function fit(box) {
    if (box.value) box.dir = "auto"; else box.removeAttribute("dir");  // empty, the page's direction
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  }

  // --- after each drawing --------------------------------------------------------------------------------------

  let newest = null;

  function changed() {
    loaded = true;
    const current = $("#current .exchange");
    const writing = busy();
    if (writing) root.dataset.busy = "true"; else delete root.dataset.busy;
    if (current && current.id !== newest) {
      newest = current.id;
      shown = null;
      current.scrollIntoView({ block: "start" });
    }
    showEvidence();
    if (waiting) { const wish = waiting; waiting = null; ask(wish); }
  }

  function showEvidence() {
    let style = $("#shown-evidence");
    if (!style) {
      style = document.createElement("style");
      style.id = "shown-evidence";
      document.head.append(style);
    }
    const id = shown || newest;
    style.textContent = id ? `@media (min-width: 62rem) { #${CSS.escape(id)} > .evidence { display: block; } }` : "";
  }

  // --- chips: the card on hover or focus -----------------------------------------------------------------------

  function showCard(chip) {
    const content = document.getElementById(chip.dataset.card);
    const card = $("#hover-card");
    if (!content) return;
    card.replaceChildren(...[...content.childNodes].map((node) => node.cloneNode(true)));
    card.hidden = false;
    chip.setAttribute("aria-describedby", "hover-card");
    const at = chip.getBoundingClientRect();
    const size = card.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const above = at.top - size.height - 8;
    card.style.left = `${left}px`;
    card.style.top = `${above > 60 ? above : at.bottom + 8}px`;
    light(chip, true);
  }

  function hideCard() {
    const card = $("#hover-card");
    if (card) card.hidden = true;
    for (const chip of document.querySelectorAll(".chip[aria-describedby]")) {
      chip.removeAttribute("aria-describedby");
      light(chip, false);
    }
  }

  // While a chip is pointed at, its quote in the evidence beside it is lit.
  function light(chip, on) {
    const exchange = chip.closest(".exchange");
    if (!exchange) return;
    if (on && shown !== exchange.id) { shown = exchange.id; showEvidence(); }
    for (const mark of exchange.querySelectorAll(".evidence [data-numbers]")) {
      mark.classList.toggle("lit", on && mark.dataset.numbers.split(" ").includes(chip.dataset.number));
    }
    if (on) $(".evidence mark.lit", exchange)?.scrollIntoView({ block: "nearest" });
  }

  // --- the side reader -----------------------------------------------------------------------------------------

  async function openReader(button) {
    const { article, start, end, answer } = button.dataset;
    const query = new URLSearchParams({ id: article, start, end, answer: answer || "" });
    const reader = $("#reader");
    const body = $("#reader-body");
    if (reader.hidden) opener = button;
    hideCard();
    body.replaceChildren();
    reader.hidden = false;
    root.dataset.reading = "true";
    try {
      const response = await fetch(`/page/${language}/article?${query}`, { credentials: "same-origin" });
      body.innerHTML = await response.text();
    } catch {
      body.textContent = form().dataset.failed;
    }
    const quote = $("mark.quote", body);
    $("#reader-title")?.focus({ preventScroll: true });
    if (quote) body.scrollTop += quote.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
    else body.scrollTop = 0;
  }

  function closeReader() {
    const reader = $("#reader");
    if (!reader || reader.hidden) return;
    reader.hidden = true;
    delete root.dataset.reading;
    if (opener?.isConnected) opener.focus();
    opener = null;
  }

  // --- small things --------------------------------------------------------------------------------------------

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
    tell(form().dataset.copied);
  }

  function tell(words) {
    const toast = $("#toast");
    toast.textContent = words;
    toast.classList.add("shown");
    setTimeout(() => toast.classList.remove("shown"), 1600);
  }

  // Closes the open menus that ``target`` is not in; one whose link was followed closes too.
  function closeMenus(target) {
    const open = [...document.querySelectorAll(".bar details[open]")];
    for (const menu of open) if (!menu.contains(target) || target.closest("a")) menu.open = false;
    return open.length > 0;
  }

  function theme() {
    const dark = root.dataset.theme !== "dark";
    root.dataset.theme = dark ? "dark" : "light";
    localStorage.setItem("sanad-theme", root.dataset.theme);
  }

  const deeds = {
    ask: (button) => ask(JSON.parse(button.dataset.ask)),
    edit: (button) => edit(JSON.parse(button.dataset.ask)),
    read: (button) => openReader(button),
    close: () => closeReader(),
    copy: (button) => copy(button),
    whole: (button) => { button.closest(".source").classList.toggle("whole"); },
    stop: () => send("stop", {}),
    new: () => { closeReader(); newest = shown = null; send("new", {}); form().elements.question.focus(); },
    theme,
  };

  function start(element, trigger) {
    send = trigger;
    const box = form().elements.question;
    form().addEventListener("submit", (event) => { event.preventDefault(); submit(); });
    box.addEventListener("input", () => fit(box));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    });
    box.focus({ preventScroll: true });
  }

  // Gradio sets the document to the browser's language; this page stays in the reader's.
  new MutationObserver(() => {
    if (root.lang !== language) root.lang = language;
    if (root.dir !== side) root.dir = side;
  }).observe(root, { attributeFilter: ["lang", "dir"] });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) deeds[button.dataset.do](button);
    closeMenus(event.target);
  });
  document.addEventListener("mouseover", (event) => { const chip = event.target.closest(".chip"); if (chip) showCard(chip); });
  document.addEventListener("mouseout", (event) => { if (event.target.closest(".chip")) hideCard(); });
  document.addEventListener("focusin", (event) => { if (event.target.matches(".chip:focus-visible")) showCard(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target.matches(".chip")) hideCard(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (closeMenus(root)) return;
    if (!$("#hover-card").hidden) hideCard();
    else if (!$("#reader").hidden) closeReader();
    else if (busy()) send("stop", {});
  });

  return { start, changed };
})();
