// From addresses to views, and the start.

const SECTIONS = ["overview", "tracker", "tables", "sources", "sql", "dictionary", "changes", "downloads", "main"];
const show = (id) => byId(id).scrollIntoView();

async function go(hash) {
  const wanted = readPlace(hash);
  say("");
  if (!wanted) { say(`The address “${shorten(hash, 80)}” is not well written.`); return; }
  const [head, ...rest] = wanted.path.split("/");
  const id = rest.join("/");
  grid.placed = tracker.placed = false;
  if (head !== "" && !(TABLES.has(head) && id)) byId("evidence").close();
  if (head === "tables" && id) await goToTable(id, wanted.chosen);
  else if (head === "tracker") { await openTracker(wanted.chosen); tracker.placed = Object.keys(wanted.chosen).length > 0; show("tracker"); }
  else if (head === "doc" && id) await goToDocument(rest);
  else if (head === "sql" && hash.includes("?")) { setQuery(readQuery(hash)); show("sql"); }
  else if (TABLES.has(head) && id) await openEvidence(head, id);
  else if (head && !SECTIONS.includes(head) && !byId(head)) say(`There is no place “${shorten(wanted.path, 80)}” on this page.`);
  if (head && !(TABLES.has(head) && id)) remember(hash);
}

async function goToTable(name, chosen) {
  if (!TABLES.has(name)) { say(`There is no table “${shorten(name, 80)}”; there are ${[...TABLES.keys()].join(", ")}.`); return; }
  await openTable(name, chosen);
  grid.placed = true;
  show("tables");
}

// The id of a row may hold slashes, that of a document none.
async function goToDocument([id, ...rest]) {
  const found = await openDocument(id, rest.join("/") || null);
  if (found && !rest.length) show("reader-box");
}

const readQuery = (hash) => { try { return decodeURIComponent(hash.split(/\?(.*)/s)[1]); } catch { return ""; } };

function report(error) { say(error.message); }

function listen() {
  addEventListener("hashchange", (event) => { go(new URL(event.newURL).hash).catch(report); });
  addEventListener("unhandledrejection", (event) => report(event.reason));
  byId("evidence").addEventListener("close", () => { if (!byId("evidence").open && isRow(location.hash)) settle(lastView); });
  document.addEventListener("click", (event) => {
    const copied = event.target.closest("[data-copy]");
    if (copied) copy(copied.dataset.copy, copied);
    const link = event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) go(location.hash).catch(report); // chosen again
  });
}

const isRow = (hash) => { const wanted = readPlace(hash); return wanted !== null && TABLES.has(wanted.path.split("/")[0]) && wanted.path.includes("/"); };

async function start() {
  byId("sentences").remove(); // evidence takes its place
  buildTracker();
  buildTables();
  buildReader();
  buildSql();
  document.documentElement.dataset.script = "ready";
  listen();
  await fill(location.hash);
  await go(location.hash);
  document.documentElement.dataset.script = "done";
}

// What each view shows unasked, before the place of the address is gone to: nothing may move under it afterwards.
async function fill(hash) {
  const head = readPlace(hash)?.path.split("/")[0];
  const [first] = document.querySelectorAll('#sources a[href^="#doc/"]');
  await Promise.all([
    head === "tracker" ? null : openTracker({}),
    head === "tables" && hash.includes("/") ? null : openTable("metrics", {}),
    head === "doc" || !first ? null : openDocument(readPlace(first.getAttribute("href")).path.slice(4)),
  ]);
}

start().catch(report);
