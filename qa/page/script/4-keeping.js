// Keeping: the list of conversations, and what a reader thinks of an answer.
"use strict";

(({ root, $, $$, deeds, said, piece, json, asks, tell, later }) => {
  const page = window.sanadPage;

  async function list() {
    const query = new URLSearchParams({ sought: $("#drawer input").value, now: page.conversation() });
    try { $("#kept").innerHTML = await piece(`conversations?${query}`); } catch (trouble) { tell(trouble.message); }
  }

  async function change(button, deed) {
    const { conversation } = button.closest("li").dataset;
    try {
      await deed(`conversations/${conversation}`, conversation);
    } catch (trouble) { tell(trouble.message); }
    await list();
    $("#drawer input").focus();
  }

  async function rename(button) {
    const before = $(".title", button.closest("li")).textContent;
    const title = await asks(said("rename"), { value: before, deed: said("renameDeed") });
    if (title && title !== before) await change(button, (path) => piece(path, json("PUT", { title })));
  }

  async function remove(button) {
    const title = $(".title", button.closest("li")).textContent;
    if (!await asks(said("delete").replace("{title}", title), { deed: said("deleteDeed"), alarming: true })) return;
    await change(button, async (path, id) => {
      await piece(path, { method: "DELETE" });
      if (id === page.conversation()) page.recall("");
    });
  }

  // --- thumbs --------------------------------------------------------------------------------------------------

  const exchangeOf = (element) => element.closest(".exchange");

  function showVerdict(exchange, verdict) {
    for (const thumb of $$("[data-do=judge]", exchange)) thumb.setAttribute("aria-pressed", String(thumb.dataset.verdict === verdict));
    const why = $(".why", exchange);
    why.hidden = !verdict;
    if (verdict) $("input", why).focus();
  }

  async function judge(exchange, verdict, reason) {
    const wish = { conversation: page.conversation(), exchange: exchange.id.slice(2), verdict, reason };
    try {
      await piece("feedback", json("POST", wish));
      tell(said(verdict ? "thanks" : "withdrawn"));
      return true;
    } catch (trouble) {
      tell(trouble.message);
      return false;
    }
  }

  Object.assign(deeds, {
    drawer: () => { page.open($("#drawer")); list(); $("#drawer input").focus(); },
    recall: (button) => { page.close($("#drawer")); page.show?.("chat"); page.recall(button.closest("li").dataset.conversation); },
    rename,
    delete: remove,
    judge: async (button) => {
      const verdict = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.verdict;
      const exchange = exchangeOf(button);
      if (await judge(exchange, verdict, "")) showVerdict(exchange, verdict);
    },
  });

  document.addEventListener("submit", async (event) => {
    if (!event.target.matches(".why")) return;
    event.preventDefault();
    const exchange = exchangeOf(event.target);
    const pressed = $("[data-do=judge][aria-pressed=true]", exchange);
    if (pressed && await judge(exchange, pressed.dataset.verdict, $("input", event.target).value)) {
      event.target.hidden = true;
      pressed.focus();
    }
  });
  document.addEventListener("input", later((event) => { if (event.target.closest("#drawer")) list(); }, 150));
})(window.sanadPage);
