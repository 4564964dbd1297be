// Asking: the question box, the conversation that the page is in, and what is shown beside it.
"use strict";

(({ root, $, $$, deeds, drawings, starts, ...page }) => {
  const FIELDS = ["since", "until", "source", "language"];
  let waiting = null;       // a question that was asked before the server had drawn what this reader asked before
  let loaded = false;
  let newest = null;        // id of the newest exchange that was drawn
  let asked = 0;            // questions that were sent from this page
  let leaving = null;       // copy of the exchange that a question was asked after: it goes to the past
  let shown = null;         // id of the exchange whose evidence stands beside it; null: the newest

  const form = () => $(".composer");
  const send = (name, data) => window.sanadPage.send(name, data);
  const busy = () => Boolean($("#current .exchange[data-state=writing]"));

  // --- which conversation: its id is the address's fragment, so that a tab, a reload and a bookmark keep theirs --

  let current = "";         // the conversation that the page is in; empty before the first question
  const named = () => /^#([0-9a-f]{12,32})$/.exec(location.hash)?.[1] || "";
  const address = () => (current ? `#${current}` : location.pathname);

  function begun() {
    if (!current) {
      const bytes = crypto.getRandomValues(new Uint8Array(12));
      current = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
      history.replaceState(null, "", address());
    }
    return current;
  }

  function recall(id) {
    window.sanadPage.closeReader();
    newest = shown = null;
    if (id !== current) { current = id; history.pushState(null, "", address()); }
    send("recall", { conversation: id });
  }

  // After a reload, a step back, an address that was typed.
  function follow() {
    const view = location.hash === "#library" && $(".shelf") ? "library" : "chat";
    window.sanadPage.show(view);
    if (view === "library" || (loaded && named() === current)) return;
    current = named();
    recall(current);
  }

  window.sanadPage.enterView = (view) => {
    const to = view === "library" ? "#library" : address();
    if (view === "library" ? location.hash !== to : location.hash === "#library") history.pushState(null, "", to);
    if (view === "chat" && !loaded) recall(current);
  };

  // --- asking --------------------------------------------------------------------------------------------------

  function filters() {
    const data = new FormData(form());
    return Object.fromEntries(FIELDS.map((name) => [name, data.get(name) || ""]));
  }

  function ask(wish) {
    if (!wish.question.trim() || busy()) return;
    if (!loaded) { waiting = wish; return; }
    window.sanadPage.show("chat");
    window.sanadPage.closeReader();
    shown = null;
    root.dataset.busy = "true";
    asked += 1;
    leaving = $("#current .exchange")?.cloneNode(true);
    send("ask", { ...wish, conversation: begun() });
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
    for (const name of ["question", ...FIELDS]) fields[name].value = wish[name] || "";
    $(".filters").open = FIELDS.some((name) => wish[name]);
    count();
    fit(fields.question);
    fields.question.focus();
  }

  function fit(box) {
    if (box.value) box.dir = "auto"; else box.removeAttribute("dir");  // empty, the page's direction
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  }

  // How many filters are set, seen even when they are folded away.
  function count() {
    const set = Object.values(filters()).filter((value) => value.trim()).length;
    const badge = $(".filters .set");
    badge.hidden = !set;
    badge.textContent = new Intl.NumberFormat(root.lang).format(set);
  }

  // --- after each drawing --------------------------------------------------------------------------------------

  // While a question is answered, only that exchange is drawn: the one before it is moved to the past here.
  function moveToPast(drawn) {
    if (leaving && leaving.id === `x-${drawn.dataset.before}` && leaving.dataset.conversation === current) {
      if (last()?.id !== leaving.id) $("#past [data-drawing]")?.append(leaving);
    }
    leaving = null;
  }
  const last = () => $$("#past .exchange").at(-1);

  // A drawing that was on its way when the reader went on may come last, or another tab may have asked in between:
  // then what should stand here is asked for anew.
  const astray = (drawn) => drawn && (drawn.dataset.conversation !== current ||
    (last()?.id || "x-") !== `x-${drawn.dataset.before}` || $(`#past #${CSS.escape(drawn.id)}`));
  const again = window.sanadPage.later((before) => {
    if (before === asked && astray($("#current .exchange"))) send("recall", { conversation: current });
  }, 200);

  function changed() {
    loaded = true;
    const drawn = $("#current .exchange");
    if (drawn && drawn.id !== newest) moveToPast(drawn);
    if (astray(drawn)) again(asked);
    if (busy()) root.dataset.busy = "true"; else delete root.dataset.busy;
    if (drawn && drawn.id !== newest) {
      newest = drawn.id;
      shown = null;
      drawn.scrollIntoView({ block: "start" });
    }
    if (!drawn) newest = shown = null;
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

  window.sanadPage.showEvidenceOf = (id) => { if (shown !== id) { shown = id; showEvidence(); } };
  window.sanadPage.conversation = () => current;
  window.sanadPage.busy = busy;
  window.sanadPage.recall = recall;

  Object.assign(deeds, {
    ask: (button) => ask(JSON.parse(button.dataset.ask)),
    edit: (button) => edit(JSON.parse(button.dataset.ask)),
    stop: () => send("stop", { conversation: current }),
    new: () => { window.sanadPage.show("chat"); recall(""); form().elements.question.focus(); },
    unfilter: () => { for (const name of FIELDS) form().elements[name].value = ""; count(); window.sanadPage.checkDates?.(); },
  });

  drawings.push(changed);
  starts.push(() => {
    follow();
    form().elements.question.focus({ preventScroll: true });
  });
  // Links to the same conversation elsewhere: its id is added as they are followed, for the bar may be drawn anew.
  for (const kind of ["click", "auxclick"]) {
    document.addEventListener(kind, (event) => {
      const link = event.target.closest(".languages a, .more a");
      if (link?.matches("[download]")) link.search = `?conversation=${current}`;
      else if (link) link.hash = location.hash;
    }, true);
  }
  addEventListener("popstate", follow);

  // On the document, because the form may be drawn anew.
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".composer")) { event.preventDefault(); submit(); }
  });
  document.addEventListener("input", (event) => {
    if (event.target.name === "question") fit(event.target);
    else if (event.target.closest(".filters")) count();
  });
  document.addEventListener("keydown", (event) => {
    const asking = event.target.name === "question" && event.target.closest(".composer");
    if (asking && event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
})(window.sanadPage);
