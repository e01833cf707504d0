// The task tracker: what was announced, in the order of the texts, what is part of a task indented under it.

const TRACKED = { theme: "theme_id", horizon: null, document: "document_id", speaker: "speaker_id" };
const MOST_TASKS = 20;
const tracker = { q: "", chosen: {}, shown: MOST_TASKS, rows: [] };
const yearOf = (date) => (date === null ? "" : date.slice(0, 4));

function buildTracker() {
  byId("tracker-box").append(
    make("div", { class: "filters" },
      make("label", { class: "search" }, "Filter", make("input", { id: "tracker-search", type: "search", placeholder: "words of the task", oninput: (event) => { tracker.q = event.target.value; tracker.shown = MOST_TASKS; drawTracker(); } })),
      make("span", { id: "tracker-facets", class: "facets" })),
    make("div", { class: "acts" }, make("strong", { id: "tracker-count", role: "status" }), make("span", { id: "tracker-more" }),
      button("CSV of these tasks", trackerCsv), button("Same tasks as SQL", () => { setQuery(trackerSql()); location.hash = "#sql"; }),
      button("Copy link", (event) => copy(fullAddress(trackerPlace()), event.target)), button("Clear", () => openTracker({}))),
    make("ol", { id: "tasks-list", class: "tasks" }), make("p", { id: "tracker-next" }));
}

const trackerPlace = () => place(["tracker"], { ...tracker.chosen, q: tracker.q || null });

async function openTracker({ q = "", ...chosen }) {
  const table = TABLES.get("tasks");
  Object.assign(tracker, { q, shown: MOST_TASKS, chosen: Object.fromEntries(Object.entries(chosen).filter(([name]) => name in TRACKED)) });
  byId("tracker-search").value = q;
  await Promise.all(["speakers", "documents"].map((name) => loadParts(TABLES.get(name), firstParts(TABLES.get(name)))));
  await loadParts(table, [...new Set([...firstParts(table), ...(chosen.document ? partsAround(table, chosen.document) : [])])]);
  drawTracker();
}

// A table that also has the year of the horizon as a column.
function trackedTable() {
  const table = TABLES.get("tasks");
  return kept(table, "tracked", () => ({ ...table, kept: new Map(), columns: { ...table.columns, horizon: table.columns.horizon_end.map((date) => (date === null ? null : yearOf(date))) }, titles: { ...table.titles, horizon: "By year" } }));
}

const columnOf = (name) => TRACKED[name] ?? name;

function drawTracker() {
  const table = trackedTable();
  const names = Object.keys(TRACKED);
  const facets = Object.fromEntries(Object.entries(tracker.chosen).map(([name, value]) => [columnOf(name), value]));
  const { rows, counts } = choose(table, { q: tracker.q, facets }, names.map(columnOf));
  tracker.rows = rows;
  drawFacets(byId("tracker-facets"), table, names.map(columnOf), counts, facets, (column, value) => {
    const name = names.find((one) => columnOf(one) === column);
    if (value === undefined) delete tracker.chosen[name];
    else tracker.chosen[name] = value;
    tracker.shown = MOST_TASKS;
    drawTracker();
  });
  drawTasks(table, rows);
  const whole = isWhole(TABLES.get("tasks"));
  byId("tracker-count").textContent = `${rows.length.toLocaleString("en")} of ${table.count.toLocaleString("en")} ${whole ? "" : "loaded "}tasks`;
  byId("tracker-more").replaceChildren(...(whole ? [] : [button(`Load the other ${(table.rows - table.count).toLocaleString("en")} tasks`, async () => { await loadParts(TABLES.get("tasks"), allParts(TABLES.get("tasks"))); drawTracker(); })]));
  const hidden = rows.length - tracker.shown;
  byId("tracker-next").replaceChildren(...(hidden > 0 ? [`The first ${tracker.shown} are shown. `, button(`Show ${Math.min(MOST_TASKS, hidden)} more`, () => { tracker.shown += MOST_TASKS; drawTracker(); })] : []));
  if (tracker.placed) settle(trackerPlace());
}

function drawTasks(table, rows) {
  const shown = rows.slice(0, tracker.shown);
  const ids = new Set(shown.map((row) => table.columns.task_id[row]));
  let above = null;
  byId("tasks-list").replaceChildren(...shown.flatMap((row) => {
    const document = table.columns.document_id[row];
    const heading = document === above ? [] : [taskHeading(document)];
    above = document;
    return [...heading, taskItem(table, row, ids)];
  }));
}

function taskHeading(id) {
  const documents = TABLES.get("documents");
  const row = findLoaded(documents, id);
  return make("li", { class: "heading" }, make("a", { href: place(["doc", id]) }, row < 0 ? id : documents.columns.title[row] ?? id));
}

function taskItem(table, row, ids) {
  const cell = (name) => table.columns[name][row];
  const parent = cell("parent_task_id");
  const orphan = parent !== null && !ids.has(parent) ? findLoaded(TABLES.get("tasks"), parent) : -1;
  const tags = [cell("theme_id") && entityLabel(cell("theme_id")), cell("modality"), horizonOf(cell("horizon_start"), cell("horizon_end")), cell("speaker_id") ? speakerName(cell("speaker_id")) : "not attributed"].filter(Boolean);
  return make("li", { class: `depth${Math.min(3, cell("depth"))}` },
    orphan >= 0 ? make("p", { class: "note" }, `Part of: ${shorten(table.columns.statement[orphan], 110)}`) : null,
    make("p", {}, cell("ordinal") === null ? "" : make("b", { class: "ordinal" }, `${cell("ordinal")}.`), " ", make("a", { href: place(["tasks", cell("task_id")]) }, cell("statement"))),
    make("p", { class: "tags" }, tags.join(" · ")));
}

function horizonOf(start, end) {
  if (start === null && end === null) return null;
  if (start === null || end === null) return end ? `by ${day(end)}` : `from ${day(start)}`;
  if (start.endsWith("-01-01") && end.endsWith("-12-31")) return yearOf(start) === yearOf(end) ? `in ${yearOf(end)}` : `${yearOf(start)}–${yearOf(end)}`;
  return start === end ? `by ${day(end)}` : `${day(start)} – ${day(end)}`;
}

function trackerSql() {
  const { horizon, ...others } = tracker.chosen;
  const facets = Object.fromEntries(Object.entries(others).map(([name, value]) => [columnOf(name), value]));
  const query = asSql(TABLES.get("tasks"), { q: tracker.q, facets });
  if (horizon === undefined) return query;
  const condition = horizon === "" ? '"horizon_end" IS NULL' : `year("horizon_end") = ${Number(horizon)}`;
  return query.includes("\nWHERE ") ? query.replace("\nWHERE ", `\nWHERE ${condition}\n  AND `) : query.replace("\nORDER BY", `\nWHERE ${condition}\nORDER BY`);
}

function trackerCsv() {
  const table = TABLES.get("tasks");
  download(`tasks-${RELEASE.version}.csv`, csv(table.names, tracker.rows.map((row) => table.names.map((name) => table.columns[name][row]))), "text/csv");
}
