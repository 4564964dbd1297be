// Dates of the filters: how a typed one is read, and a month to choose a day from, Jalali or Gregorian.
"use strict";

(({ root, $, $$, deeds, said, piece, later }) => {
  const page = window.sanadPage;
  const DAY = 86_400_000;
  const ZONE = { timeZone: "UTC" };
  const FIRST = root.lang === "en" ? 1 : 6;                      // weeks begin on Monday, or on Saturday
  let calendar = root.lang === "fa" ? "persian" : "gregory";
  let open = null;                                               // { field, box, day }: the month that is open

  // --- days: a Date at midnight UTC, its parts in the calendar at work ------------------------------------------

  function parts(day) {
    const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, { year: "numeric", month: "numeric", day: "numeric", ...ZONE });
    const found = Object.fromEntries(format.formatToParts(day).map(({ type, value }) => [type, parseInt(value, 10)]));
    return { year: found.year, month: found.month, day: found.day };
  }
  const named = (day, options) => new Intl.DateTimeFormat(`${root.lang}-u-ca-${calendar}`, { ...options, ...ZONE }).format(day);
  const monthOf = (day) => `${named(day, { month: "long" })} ${named(day, { year: "numeric" })}`;
  const moved = (day, days) => new Date(day.getTime() + days * DAY);
  const firstOf = (day) => moved(day, 1 - parts(day).day);
  const monthAfter = (day) => firstOf(moved(firstOf(day), 32));
  const monthBefore = (day) => firstOf(moved(firstOf(day), -1));
  const written = (day) => {
    const { year, month, day: number } = parts(day);
    return [year, String(month).padStart(2, "0"), String(number).padStart(2, "0")].join(calendar === "persian" ? "/" : "-");
  };
  const today = () => { const now = new Date(); return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())); };

  // --- the month ---------------------------------------------------------------------------------------------------

  function made(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function draw(focus) {
    const { box, day } = open;
    const first = firstOf(day);
    const { month } = parts(first);
    const turn = (deed, words, sign) => made("button", { type: "button", class: "tool", "data-do": deed, "aria-label": words, title: words }, sign);
    const kinds = ["persian", "gregory"].map((each) => made("button", {
      type: "button", "data-do": "kind", "data-kind": each, "aria-pressed": String(each === calendar),
    }, said(each === "persian" ? "jalali" : "gregorian")));
    const head = made("div", { class: "month-head" },
      turn("monthBefore", said("monthBefore"), page.mirrored() ? "›" : "‹"),
      made("strong", { "aria-live": "polite" }, monthOf(first)),
      turn("monthAfter", said("monthAfter"), page.mirrored() ? "‹" : "›"));
    const grid = made("div", { class: "month", role: "grid", "aria-label": monthOf(first) });
    const sunday = new Date(Date.UTC(2023, 0, 1));
    grid.append(made("div", { role: "row" }, ...Array.from({ length: 7 }, (_, at) => {
      const weekday = moved(sunday, (FIRST + at) % 7);
      return made("span", { role: "columnheader", "aria-label": named(weekday, { weekday: "long" }) }, named(weekday, { weekday: "narrow" }));
    })));
    let each = moved(first, -((first.getUTCDay() - FIRST + 7) % 7));
    do {
      const week = made("div", { role: "row" });
      for (let at = 0; at < 7; at += 1, each = moved(each, 1)) week.append(cell(each, parts(each).month === month));
      grid.append(week);
    } while (parts(each).month === month);
    box.replaceChildren(made("div", { class: "kinds" }, ...kinds), head, grid);
    if (focus) $("[tabindex='0']", grid)?.focus();
  }

  function cell(day, inside) {
    if (!inside) return made("span", { role: "gridcell" });
    const here = day.getTime() === open.day.getTime();
    const button = made("button", {
      type: "button", "data-do": "day", "data-day": day.getTime(), tabindex: here ? "0" : "-1",
      "aria-label": named(day, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    }, named(day, { day: "numeric" }).replace(/[^\p{Nd}]+$/u, ""));
    if (day.getTime() === today().getTime()) button.setAttribute("aria-current", "date");
    return made("span", { role: "gridcell", "aria-selected": String(here) }, button);
  }

  function close(refocus) {
    if (!open) return;
    const { field, box } = open;
    open = null;
    box.remove();
    if (refocus) $(".pick", field).focus();
  }

  function show(button) {
    const field = button.closest(".day");
    const same = open?.field === field;
    close(false);
    if (same) return;
    const box = made("div", { class: "calendar", role: "dialog", "aria-label": said("pick") });
    field.append(box);
    open = { field, box, day: today() };
    draw(true);
  }

  function go(day) { open.day = day; draw(true); }

  function choose(day) {
    const input = $("input", open.field);
    input.value = written(day);
    close(true);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const STEPS = {
    ArrowUp: (day) => moved(day, -7), ArrowDown: (day) => moved(day, 7),
    ArrowLeft: (day) => moved(day, page.mirrored() ? 1 : -1), ArrowRight: (day) => moved(day, page.mirrored() ? -1 : 1),
    PageUp: monthBefore, PageDown: monthAfter, Home: firstOf, End: (day) => moved(monthAfter(day), -1),
  };

  // --- what is typed -----------------------------------------------------------------------------------------------

  async function read(input) {
    const output = $(`#read-${input.name}`);
    const asked = input.value.trim();
    let words = "";
    let bad = false;
    if (asked) {
      const query = new URLSearchParams({ written: asked.slice(0, 60), last: input.name === "until" });
      try { words = await piece(`day?${query}`); } catch (trouble) { words = trouble.message; bad = true; }
    }
    if (input.value.trim() !== asked) return;  // the reader has typed on
    output.textContent = words;
    output.classList.toggle("bad", bad);
    if (bad) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
  }

  page.checkDates = () => { for (const each of $$(".day input")) read(each); };

  Object.assign(deeds, {
    calendar: show,
    kind: (button) => { calendar = button.dataset.kind; draw(false); $(`[data-kind=${calendar}]`, open.box).focus(); },
    monthBefore: () => { open.day = monthBefore(open.day); draw(false); $("[data-do=monthBefore]", open.box).focus(); },
    monthAfter: () => { open.day = monthAfter(open.day); draw(false); $("[data-do=monthAfter]", open.box).focus(); },
    day: (button) => choose(new Date(Number(button.dataset.day))),
  });

  const soon = later(read, 250);
  document.addEventListener("input", (event) => { if (event.target.closest(".day")) soon(event.target); });
  document.addEventListener("keydown", (event) => {
    if (!open?.box.contains(event.target)) return;
    if (event.key === "Escape") { event.preventDefault(); close(true); }
    else if (event.target.matches("[data-day]") && STEPS[event.key]) { event.preventDefault(); go(STEPS[event.key](open.day)); }
  }, true);
  document.addEventListener("pointerdown", (event) => { if (open && !open.field.contains(event.target)) close(false); });
})(window.sanadPage);
