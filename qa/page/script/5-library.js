// The library tab: its table, and adding articles to it.
"use strict";

(({ root, $, $$, deeds, said, piece, json, asks, tell, later }) => {
  const page = window.sanadPage;
  const POLL = 400;         // milliseconds between two looks at an intake
  const table = { sort: "published", descending: true, page: 1 };
  let watching = false;
  let drawing = 0;          // counts the drawings of the table: only the last one asked for is shown

  // --- which tab: its address is #library ------------------------------------------------------------------------

  page.show = (view) => {
    if (!$(".shelf") || (root.dataset.view || "chat") === view) return;
    root.dataset.view = view;
    for (const tab of $$("[data-do=tab]")) {
      if (tab.dataset.view === view) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
    }
    page.closeReader();
    if (view === "library") { atWork(); draw(); watch(); }
    page.enterView(view);
  };

  // --- the table -------------------------------------------------------------------------------------------------

  async function draw() {
    const controls = new FormData($(".shelf-controls"));
    const query = new URLSearchParams({
      sought: controls.get("sought"), source: controls.get("source"), language: controls.get("language"), ...table,
    });
    const sheet = $("#sheet");
    const mine = drawing += 1;
    sheet.setAttribute("aria-busy", "true");
    let rows = sheet.innerHTML;
    try { rows = await piece(`library?${query}`); } catch (trouble) { tell(trouble.message); }
    if (mine !== drawing) return;  // more was typed meanwhile: its table comes, or is there already
    sheet.innerHTML = rows;
    sheet.setAttribute("aria-busy", "false");
  }

  async function atWork() {
    try { $("#at-work").innerHTML = await piece("library/at-work"); } catch (trouble) { return tell(trouble.message); }
    const chosen = $(".shelf-controls").elements.source;
    const { value } = chosen;
    chosen.replaceChildren(chosen.options[0], ...$("#shelf-sources").content.cloneNode(true).children);
    chosen.value = value;
    if (chosen.selectedIndex < 0) chosen.selectedIndex = 0;
  }

  function sort(column) {
    const same = table.sort === column;
    table.descending = same ? !table.descending : ["published", "updated"].includes(column);
    table.sort = column;
    table.page = 1;
    $(".shelf-controls").elements.sort.value = column;
    return draw();
  }

  async function remove(button) {
    const { article, title } = button.closest("tr").dataset;
    if (!await asks(said("remove").replace("{title}", title), { deed: said("removeDeed"), alarming: true })) return;
    try {
      await piece(`library/article?${new URLSearchParams({ id: article })}`, { method: "DELETE" });
      tell(said("removed"));
    } catch (trouble) { tell(trouble.message); }
    await Promise.all([draw(), atWork()]);
    $("#shelf-title").focus();
  }

  // --- adding ----------------------------------------------------------------------------------------------------

  async function give(path, options) {
    try { $("#job").innerHTML = await piece(`library/${path}`, options); } catch (trouble) { return tell(trouble.message); }
    return watch(true);
  }

  // Follows an intake to its end; ``begun`` when it was begun here.
  async function watch(begun = false) {
    if (watching || !$("#job")) return;
    watching = true;
    try {
      let ran = begun;
      for (;;) {
        $("#job").innerHTML = await piece("library/job");
        if (!$("#job [data-job=running]")) { if (ran) await Promise.all([draw(), atWork()]); break; }
        ran = true;
        await new Promise((go) => { setTimeout(go, POLL); });
      }
    } catch (trouble) {
      tell(trouble.message);
    } finally {
      watching = false;
    }
  }

  function giveFiles(list) {
    const drop = $(".drop");
    const files = [...list];
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (!files.length) return;
    if (files.length > Number(drop.dataset.mostFiles) || bytes > Number(drop.dataset.mostBytes)) { tell(drop.dataset.tooMuch); return; }
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    give("files", { method: "POST", body: form });
  }

  Object.assign(deeds, {
    tab: (button) => page.show(button.dataset.view),
    sort: (button) => sort(button.dataset.column).then(() => $(`[data-column=${table.sort}]`)?.focus()),
    turn: async (button) => { table.page = Number(button.dataset.page); await draw(); $("#shelf-title").focus(); },
    remove,
  });

  const redraw = later(() => { table.page = 1; draw(); }, 150);
  document.addEventListener("input", (event) => {
    if (!event.target.closest(".shelf-controls")) return;
    if (event.target.name === "sort") sort(event.target.value); else redraw();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".shelf-controls")) event.preventDefault();
    if (!event.target.matches(".address")) return;
    event.preventDefault();
    give("address", json("POST", { address: event.target.elements.address.value.trim() }));
    event.target.reset();
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "files") return;
    giveFiles(event.target.files);
    event.target.value = "";
  });
  for (const kind of ["dragover", "drop", "dragleave"]) {
    document.addEventListener(kind, (event) => {
      const drop = $(".drop");
      if (!drop?.checkVisibility()) return;
      if (kind !== "dragleave") event.preventDefault();  // beside the field, the browser would leave the page for the file
      drop.classList.toggle("over", kind === "dragover" && drop.contains(event.target));
      if (kind === "drop" && drop.contains(event.target)) giveFiles(event.dataTransfer.files);
    });
  }
})(window.sanadPage);
