// Reading: the card of a chip on hover or focus, and the article beside the answer.
"use strict";

(({ root, $, $$, deeds, said }) => {
  const page = window.sanadPage;
  let opener = null;        // what had the focus before the side reader opened

  // --- chips ---------------------------------------------------------------------------------------------------

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
    for (const chip of $$(".chip[aria-describedby]")) {
      chip.removeAttribute("aria-describedby");
      light(chip, false);
    }
  }

  // While a chip is pointed at, its quote in the evidence beside it is lit.
  function light(chip, on) {
    const exchange = chip.closest(".exchange");
    if (!exchange) return;
    if (on) page.showEvidenceOf(exchange.id);
    for (const mark of $$(".evidence [data-numbers]", exchange)) {
      mark.classList.toggle("lit", on && mark.dataset.numbers.split(" ").includes(chip.dataset.number));
    }
    if (on && page.wide()) $(".evidence mark.lit", exchange)?.scrollIntoView({ block: "nearest" });
  }

  // What else was found comes when it is unfolded.
  async function unfold(also) {
    if (!also.open || $(".source", also)) return;
    const exchange = also.closest(".exchange").id.slice(2);
    const query = new URLSearchParams({ conversation: page.conversation(), exchange });
    try {
      const found = await page.piece(`also?${query}`);
      if (!$(".source", also)) also.insertAdjacentHTML("beforeend", found);
    } catch (trouble) {
      also.open = false;
      page.tell(trouble.message);
    }
  }

  // --- the side reader: beside the answer where there is room, over it on a phone --------------------------------

  async function openReader(button) {
    const { article, start, end, answer } = button.dataset;
    const query = new URLSearchParams({ id: article, start: start || 0, end: end || 0, answer: answer || "" });
    const reader = $("#reader");
    const body = $("#reader-body");
    if (!reader.open) opener = button;
    hideCard();
    body.replaceChildren();
    if (!reader.open) { if (page.wide()) reader.show(); else reader.showModal(); }
    root.dataset.reading = "true";
    try {
      body.innerHTML = await page.piece(`article?${query}`);
    } catch (trouble) {
      body.textContent = trouble.message;
    }
    const quote = $("mark.quote", body);
    $("#reader-title")?.focus({ preventScroll: true });
    if (quote) body.scrollTop += quote.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
    else body.scrollTop = 0;
  }

  page.closeReader = () => {
    const reader = $("#reader");
    if (reader?.open) reader.close();
  };

  function closed() {
    delete root.dataset.reading;
    // This comes a moment after the closing: who has gone on to another field meanwhile is left there.
    const astray = document.activeElement === document.body || $("#reader").contains(document.activeElement);
    if (astray && opener?.isConnected) opener.focus();
    opener = null;
  }

  Object.assign(deeds, { read: openReader, close: page.closeReader });

  document.addEventListener("close", (event) => { if (event.target.id === "reader") closed(); }, true);
  document.addEventListener("toggle", (event) => { if (event.target.matches("details.also")) unfold(event.target); }, true);
  document.addEventListener("mouseover", (event) => { const chip = event.target.closest(".chip"); if (chip) showCard(chip); });
  document.addEventListener("mouseout", (event) => { if (event.target.closest(".chip")) hideCard(); });
  document.addEventListener("focusin", (event) => { if (event.target.matches(".chip:focus-visible")) showCard(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target.matches(".chip")) hideCard(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || $("dialog:modal")) return;  // a modal dialog closes itself
    if (page.closeMenus(root)) return;
    if (!$("#hover-card").hidden) hideCard();
    else if ($("#reader").open) page.closeReader();
    else if (page.busy()) page.deeds.stop();
  });
})(window.sanadPage);
