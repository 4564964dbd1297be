"use strict";
// Everything from cases, articles and answers is set as text; no markup is ever made of it.
const data = JSON.parse(document.getElementById("data").textContent);
const STEP = 100;
const RTL = new Set(["fa", "ar", "ckb", "ur"]);
const FIGURES = ["right", "contains", "cites", "em", "f1", "squad_em", "squad_f1", "hit@1", "hit@5", "hit@10", "mrr@10",
  "ndcg@10", "citation_validity", "citation_recall", "citation_precision", "refusal_precision", "refusal_recall",
  "refusal_f1", "refusal_auc", "confidence_auc", "withheld", "unsupported", "language", "failed"];
const UNITS = { latency_p50_ms: "ms", latency_p95_ms: "ms", tokens: "", cost: "$" };

function element(name, { text, cls, lang, dir, ...rest } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (cls) made.className = cls;
  if (lang) { made.lang = lang; made.dir = RTL.has(lang) ? "rtl" : "ltr"; }
  if (dir) made.dir = dir;
  Object.assign(made, rest);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
const percent = (value) => (value === null || value === undefined ? "—" : (100 * value).toFixed(1));
const paragraph = (text, lang) => element("p", { text, cls: "text", ...(lang ? { lang } : { dir: "auto" }) });

function showHeader() {
  const { about, dataset, configuration } = data;
  document.querySelector("h1").textContent = `Sanad: ${dataset}`;
  const parts = [`${data.cases.length} cases`, `${about.articles} articles, ${about.passages} passages`,
    about.model || configuration.answerer, configuration.embedder, `judge: ${about.judge}`, about.when];
  document.getElementById("about").textContent = parts.filter(Boolean).join(" · ");
  document.getElementById("configuration").textContent =
    JSON.stringify({ about, configuration, judge: data.judge }, null, 2);
  if (!data.gate) return;
  const gate = document.getElementById("gate");
  gate.hidden = false;
  gate.classList.toggle("failed", !data.gate.passed);
  const falls = data.gate.falls.map((fall) =>
    `${fall.metric}: ${fall.value === null ? "not measured" : fall.value.toFixed(4)} < ${fall.floor.toFixed(4)}`);
  const count = Object.keys(data.gate.floors).length;
  gate.textContent = data.gate.stale ? `Gate: not comparable, ${data.gate.stale}`
    : data.gate.passed ? `Gate: passed, ${count} floors hold` : ["Gate: failed", ...falls].join("\n");
}

function showFigures() {
  const groups = data.groups.filter((group) => !group.name.startsWith("tag:"));
  const floors = data.gate ? data.gate.floors : {};
  const head = ["%", ...groups.map((group) => `${group.name.replace("language:", "")} (${group.count})`), "floor"];
  const body = element("tbody");
  for (const name of [...FIGURES, ...Object.keys(UNITS)]) {
    const values = groups.map((group) => group.metrics[name]);
    if (values.every((value) => value === null || value === undefined || (name in UNITS && !value))) continue;
    const unit = UNITS[name];
    const cells = values.map((value) => element("td", {
      text: unit === undefined ? percent(value) : value === null || value === undefined ? "—" : `${value.toPrecision(4)} ${unit}`,
      cls: floors[name] !== undefined && value === values[0] && value < floors[name] ? "below" : "" }));
    body.append(element("tr", {}, element("th", { text: name }), ...cells,
      element("td", { text: name in floors ? percent(floors[name]) : "" })));
  }
  document.getElementById("figures").append(element("table", {},
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { text })))), body));
}

function showSuites() {
  for (const suite of data.suites) {
    const kinds = new Map();
    for (const trial of suite.trials) {
      const row = kinds.get(trial.kind) || kinds.set(trial.kind, new Map()).get(trial.kind);
      const [passed, tried] = row.get(trial.language) || [0, 0];
      row.set(trial.language, [passed + trial.passed, tried + 1]);
    }
    const languages = [...new Set(suite.trials.map((trial) => trial.language))];
    const rows = [...kinds].map(([kind, row]) => element("tr", {}, element("th", { text: kind }),
      ...languages.map((language) => element("td", { text: row.has(language) ? row.get(language).join(" / ") : "" }))));
    const failed = suite.trials.filter((trial) => !trial.passed);
    const figures = Object.entries(suite.metrics).map(([name, value]) => `${name} ${percent(value)} %`).join(" · ");
    document.getElementById("suites").append(
      element("h2", { text: `Suite: ${suite.name}` }), element("p", { text: figures }),
      element("div", { cls: "scroll" }, element("table", {},
        element("thead", {}, element("tr", {}, ...["", ...languages].map((text) => element("th", { text })))),
        element("tbody", {}, ...rows))),
      element("details", {}, element("summary", { text: `${failed.length} that did not go as they should` }),
        ...failed.map((trial) => paragraph(`${trial.kind}: ${trial.detail}`, trial.language))));
  }
}

// --- one case ---

function marked(text, ranges) {
  // Cut at every border, so that overlapping ranges keep all their classes.
  const borders = [...new Set([0, text.length, ...ranges.flatMap((range) => [range.start, range.end])])]
    .filter((place) => place >= 0 && place <= text.length).sort((a, b) => a - b);
  return borders.slice(0, -1).map((start, index) => {
    const piece = text.slice(start, borders[index + 1]).join("");
    const over = ranges.filter((range) => range.start <= start && start < range.end).map((range) => range.cls);
    return over.length ? element("mark", { text: piece, cls: over.join(" ") }) : document.createTextNode(piece);
  });
}

function passage(place, ranges, label) {
  // Offsets count code points, so the text is cut into them first.
  const { article, start, text } = data.passages[place];
  const header = data.articles[article] || {};
  const points = Array.from(text);
  const inside = ranges.filter((range) => range.article === article)
    .map((range) => ({ ...range, start: range.start - start, end: range.end - start }))
    .filter((range) => range.end > 0 && range.start < points.length);
  const from = [label, header.title, header.source, header.published, `${article} ${start}`].filter(Boolean).join(" · ");
  return element("div", { cls: "passage" }, element("p", { text: from, cls: "from", dir: "auto" }),
    element("p", { cls: "text", lang: header.language || "" }, ...marked(points, inside)));
}

function statement(each, language, cls = "") {
  const verdict = each.verdict + (each.translated ? ", translated" : "");
  const marks = each.citations.map((id) => `[${id}]`).join("");
  return element("div", { cls: `passage ${cls}` }, paragraph(`${each.text} ${marks}`, language),
    element("p", { text: cls ? `${cls}, ${verdict}` : verdict, cls: "from" }),
    ...each.findings.map((found) => element("p", { text: `${found.kind}: ${found.detail}`, cls: "finding", dir: "auto" })));
}

function openCase(entry) {
  const { answer } = entry;
  const gold = entry.expected.map((each) => ({ ...each, cls: "gold" }));
  const cited = answer ? answer.citations : [];
  const quotes = cited.flatMap((each) => [{ ...each, cls: "quote" },
    ...(each.answer_start === null ? [] : [{ article: each.article, start: each.answer_start, end: each.answer_end, cls: "answer" }])]);
  const parts = [];
  const heading = (text) => parts.push(element("h3", { text }));
  if (entry.turns.length) { heading("Asked before"); parts.push(...entry.turns.map((turn) => paragraph(turn, entry.language))); }
  if (Object.keys(entry.filters).length) parts.push(paragraph(`filters: ${JSON.stringify(entry.filters)}`));
  heading(entry.answerable ? `Expected (${entry.match} of these)` : "Expected: a refusal");
  parts.push(...entry.expected.map((each) => element("div", { cls: "passage" },
    paragraph(each.quote, (data.articles[each.article] || {}).language), paragraph(each.answers.join(" | ")))));
  if (entry.error) { heading("Failed"); parts.push(element("p", { text: entry.error, cls: "finding" })); }
  if (answer) {
    heading(answer.refused ? `Refused: ${answer.refusal_reason}` : "Answered");
    if (answer.standalone_question !== entry.question) parts.push(paragraph(`searched for: ${answer.standalone_question}`));
    if (answer.refused) parts.push(paragraph(answer.answer, answer.language));
    parts.push(...answer.statements.map((each) => statement(each, "")),
      ...answer.withheld.map((each) => statement(each, "", "withheld")));
    if (answer.notice) parts.push(paragraph(answer.notice));
    if (cited.length) heading("Quotes in context");
    parts.push(...cited.map((each) => passage(each.passage, [...quotes, ...gold], `[${each.id}]`)));
    const confidence = answer.confidence === null ? "" : `confidence ${answer.confidence.toFixed(2)} · `;
    parts.push(element("p", { text: `${confidence}${answer.model || answer.mode} · ${(answer.timings_ms.total || 0).toFixed(1)} ms`, cls: "from" }));
  }
  heading("Evidence");
  parts.push(...entry.ranked.map((each, rank) => passage(each.passage, gold, `${rank + 1}. (${each.score})`)));
  heading("Scores");
  const rows = Object.entries(entry.scores).map(([name, score]) => element("tr", {}, element("th", { text: name }),
    element("td", { text: score.value === null ? "—" : Number(score.value.toFixed(4)) }), element("td", { text: score.reason, dir: "auto" })));
  parts.push(element("div", { cls: "scroll" }, element("table", {}, element("tbody", {}, ...rows))));
  return element("div", {}, ...parts);
}

function row(entry) {
  const made = element("details", { cls: `case ${entry.outcome}`, id: `case-${entry.id}` },
    element("summary", {}, element("span", { text: entry.outcome, cls: "outcome" }),
      element("span", { text: entry.question, cls: "question", lang: entry.language }),
      ...entry.tags.map((text) => element("span", { text, cls: "tag" })), element("span", { text: entry.id, cls: "tag" })));
  made.addEventListener("toggle", () => { if (made.open && made.children.length === 1) made.append(openCase(entry)); });
  return made;
}

// --- the list ---

const filters = document.getElementById("filters");
let chosen = [];
function fillFilter(name, values) {
  const options = [["", "all"], ...[...values].map((value) => [value, value])];
  filters.elements[name].append(...options.map(([value, text]) => element("option", { value, text })));
}
function showMore() {
  const list = document.getElementById("cases");
  const from = list.children.length;
  list.append(...chosen.slice(from, from + STEP).map(row));
  document.getElementById("more").hidden = list.children.length >= chosen.length;
}
function choose() {
  const { outcome, language, tag, text } = Object.fromEntries(new FormData(filters));
  chosen = data.cases.filter((entry) => (!outcome || entry.outcome === outcome) && (!language || entry.language === language)
    && (!tag || entry.tags.includes(tag)) && (!text || `${entry.id} ${entry.question}`.toLowerCase().includes(text.toLowerCase())));
  document.getElementById("count").textContent = `${chosen.length} of ${data.cases.length} cases`;
  document.getElementById("cases").replaceChildren();
  showMore();
}

showHeader();
showFigures();
showSuites();
fillFilter("outcome", new Set(data.cases.map((entry) => entry.outcome)));
fillFilter("language", new Set(data.cases.map((entry) => entry.language)));
fillFilter("tag", new Set(data.cases.flatMap((entry) => entry.tags).sort()));
filters.addEventListener("input", choose);
filters.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("more").addEventListener("click", showMore);
choose();
