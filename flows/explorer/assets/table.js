// The tables: every resource with filter, facets, order; its rows as CSV and as SQL.

const VIEWS = {
  documents: { open: "title", columns: ["title", "kind", "publisher", "published_on", "event_on", "words", "document_id"], facets: ["kind", "publisher", "language"] },
  speakers: { open: "name", columns: ["name", "name_native", "kind", "position", "organisation"], facets: ["kind", "organisation"] },
  metrics: { open: "value_text", columns: ["value_text", "indicator", "value", "unit", "period_start", "period_end", "measure", "status", "speaker_id", "quote", "document_id"], facets: ["measure", "unit", "status", "indicator_id", "speaker_id", "document_id"] },
  tasks: { open: "statement", columns: ["statement", "action", "modality", "theme_id", "horizon_end", "ordinal", "speaker_id", "document_id"], facets: ["theme_id", "modality", "action", "speaker_id", "document_id"] },
  passages: { open: "text", columns: ["text", "kind", "speaker_id", "position", "document_id"], facets: ["kind", "speaker_id", "document_id"] },
  appearances: { open: "speaker_id", columns: ["speaker_id", "role", "position", "organisation", "passages", "words", "document_id"], facets: ["role", "document_id"] },
  indicators: { open: "label", columns: ["label", "definition", "unit", "measure", "aliases"], facets: ["unit", "measure"] },
  entities: { open: "label", columns: ["label", "label_native", "kind", "aliases", "broader_id"], facets: ["kind"] },
  mentions: { open: "text", columns: ["text", "entity_id", "document_id"], facets: ["entity_id", "document_id"] },
  numerals: { open: "text", columns: ["text", "value", "role", "rule", "document_id"], facets: ["role", "rule", "document_id"] },
  findings: { open: "code", columns: ["code", "severity", "message", "document_id"], facets: ["code", "severity", "document_id"] },
};
const PAGE_ROWS = 100;
const LONG = new Set(["quote", "statement", "text", "message", "definition", "aliases"]);
const WIDE = new Set(["indicator", "title", "organisation", "position"]);

const grid = { name: "metrics", choice: { q: "", facets: {}, sort: null, down: false }, shown: PAGE_ROWS, all: false, rows: [] };
const viewOf = (table) => ({ open: table.key[0], columns: table.names, facets: [], ...VIEWS[table.name] });

function buildTables() {
  const tabs = [...TABLES.values()].map((table) => button("", () => openTable(table.name, {}), { "data-table": table.name }));
  tabs.forEach((tab) => tab.append(tab.dataset.table, " ", make("span", { class: "muted" }, TABLES.get(tab.dataset.table).rows.toLocaleString("en"))));
  byId("tables-box").append(
    make("div", { class: "tabs", role: "group", "aria-label": "Table" }, tabs),
    make("div", { class: "filters" },
      make("label", { class: "search" }, "Filter", make("input", { id: "table-search", type: "search", placeholder: "words in any column of text", oninput: (event) => { grid.choice.q = event.target.value; grid.shown = PAGE_ROWS; drawTable(); } })),
      make("span", { id: "table-facets", class: "facets" })),
    make("div", { class: "acts" },
      make("strong", { id: "table-count", role: "status" }), make("span", { id: "table-more" }),
      button("CSV of these rows", tableCsv), button("Same rows as SQL", tableToSql),
      button("Copy link", (event) => copy(fullAddress(tablePlace()), event.target)),
      make("label", { class: "check" }, make("input", { type: "checkbox", id: "table-all", onchange: (event) => { grid.all = event.target.checked; drawTable(); } }), "all columns")),
    make("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": "Rows" }, make("table", { id: "table-rows" })),
    make("p", { id: "table-next" }),
    make("details", {}, make("summary", {}, "This selection as SQL"), make("pre", { id: "table-sql", tabindex: "0", "aria-label": "This selection as SQL" })),
  );
}

function tablePlace() {
  const { q, facets, sort, down } = grid.choice;
  return place(["tables", grid.name], { ...facets, q: q || null, sort: sort && `${down ? "-" : ""}${sort}` });
}

// Show a table with the choice of an address: facets by name, q, sort.
async function openTable(name, { q = "", sort = "", ...facets }) {
  const table = TABLES.get(name);
  const known = Object.keys(facets).filter((facet) => table.names.includes(facet));
  const strange = [...Object.keys(facets).filter((facet) => !known.includes(facet)), ...[sort.replace(/^-/, "")].filter((column) => column && !table.names.includes(column))];
  if (strange.length) say(`The table ${name} has no column ${strange.join(", ")}.`);
  const order = table.names.includes(sort.replace(/^-/, "")) ? sort : "";
  Object.assign(grid, { name, shown: PAGE_ROWS, choice: { q, facets: Object.fromEntries(known.map((facet) => [facet, facets[facet]])), sort: order.replace(/^-/, "") || null, down: order.startsWith("-") } });
  byId("table-search").value = q;
  byId("table-count").textContent = "Loading …";
  await loadParts(TABLES.get("speakers"), firstParts(TABLES.get("speakers")));
  const wanted = facets.document_id ? partsAround(table, facets.document_id) : firstParts(table);
  await loadParts(table, [...new Set([...wanted, ...firstParts(table)])]);
  haystack(table);
  if (grid.name === name) drawTable();
}

function setFacet(name, value) {
  if (value === undefined) delete grid.choice.facets[name];
  else grid.choice.facets[name] = value;
  grid.shown = PAGE_ROWS;
  drawTable();
}

function drawTable() {
  const table = TABLES.get(grid.name);
  const view = viewOf(table);
  const facets = [...new Set([...view.facets, ...Object.keys(grid.choice.facets)])];
  const { rows, counts } = choose(table, grid.choice, facets);
  grid.rows = rows;
  for (const tab of document.querySelectorAll("[data-table]")) tab.setAttribute("aria-pressed", tab.dataset.table === grid.name);
  drawFacets(byId("table-facets"), table, facets, counts, grid.choice.facets, setFacet);
  drawRows(table, view, rows);
  drawCounts(table, rows);
  byId("table-sql").textContent = asSql(table, grid.choice);
  const address = tablePlace();
  remember(address);
  if (grid.placed) settle(address);
}

// Boxes are made anew, all but the one that somebody is in.
function drawFacets(box, table, facets, counts, chosen, change) {
  const held = box.contains(document.activeElement) ? document.activeElement.dataset.facet : null;
  const boxes = facets.map((name) => (name === held && box.querySelector(`[data-facet="${name}"]`)?.parentElement) || facetBox(table, name, counts.get(name), chosen[name], change));
  if (held && boxes.every((one, at) => one === box.children[at] || one.firstChild)) {
    const focused = document.activeElement;
    box.replaceChildren(...boxes);
    focused.focus({ preventScroll: true });
  } else box.replaceChildren(...boxes);
}

function drawCounts(table, rows) {
  const all = isWhole(table);
  byId("table-count").textContent = `${rows.length.toLocaleString("en")} of ${table.count.toLocaleString("en")} ${all ? "" : "loaded "}rows`;
  byId("table-more").replaceChildren(...(all ? [] : [button(`Load the other ${(table.rows - table.count).toLocaleString("en")} rows (about ${Math.ceil(sizeLeft(table) / 5e6)} MB to fetch)`, loadWhole)]));
  const hidden = rows.length - grid.shown;
  byId("table-next").replaceChildren(...(hidden > 0 ? [`The first ${grid.shown.toLocaleString("en")} are shown. `, button(`Show ${Math.min(PAGE_ROWS, hidden)} more`, () => { grid.shown += PAGE_ROWS; drawTable(); })] : []));
}

async function loadWhole() {
  const table = TABLES.get(grid.name);
  byId("table-count").textContent = "Loading …";
  await loadParts(table, allParts(table));
  haystack(table);
  drawTable();
}

function drawRows(table, view, rows) {
  const names = grid.all ? [view.open, ...table.names.filter((name) => name !== view.open)] : view.columns;
  const heads = names.map((name) => make("th", { scope: "col", "aria-sort": grid.choice.sort === name ? (grid.choice.down ? "descending" : "ascending") : "none", class: isNumber(table, name) ? "n" : null },
    button(`${table.titles[name]}${grid.choice.sort === name ? (grid.choice.down ? " ↓" : " ↑") : ""}`, () => sortBy(name), { class: "sort", "data-sort": name })));
  const held = document.activeElement?.dataset?.sort;
  const lines = rows.slice(0, grid.shown).map((row) => make("tr", {}, names.map((name, at) => tableCell(table, view, name, row, at === 0))));
  byId("table-rows").replaceChildren(make("thead", {}, make("tr", {}, heads)), make("tbody", {}, lines));
  if (held) byId("table-rows").querySelector(`[data-sort="${held}"]`)?.focus({ preventScroll: true });
}

const isNumber = (table, name) => table.types[name] === "number" || table.types[name] === "integer";

function tableCell(table, view, name, row, first) {
  const value = table.columns[name][row];
  const kind = isNumber(table, name) ? "n" : LONG.has(name) ? "long" : WIDE.has(name) ? "wide" : table.types[name] === "date" ? "nowrap" : null;
  const tag = first ? "th" : "td";
  const scope = first ? "row" : null;
  if (name === view.open) return make(tag, { scope, class: kind }, make("a", { href: place([table.name, keyOf(table, row)]) }, value === null ? "not stated" : shorten(name === "speaker_id" ? speakerName(value) : plain(value), 240)));
  if (name === "document_id" && value !== null) return make(tag, { scope, class: "id" }, make("a", { href: place(["doc", value]) }, value));
  const shown = value === null ? "–" : name === "speaker_id" || name === "theme_id" ? labelOf(name, value) : plain(value);
  return make(tag, { scope, class: value === null ? `${kind ?? ""} none` : kind }, LONG.has(name) ? make("span", { class: "clamp" }, shorten(shown, 400)) : shorten(shown, 200));
}

function sortBy(name) {
  grid.choice.down = grid.choice.sort === name && !grid.choice.down;
  grid.choice.sort = name;
  drawTable();
}

function tableCsv() {
  const table = TABLES.get(grid.name);
  download(`${table.name}-${RELEASE.version}.csv`, csv(table.names, grid.rows.map((row) => table.names.map((name) => table.columns[name][row]))), "text/csv");
}

function tableToSql() {
  setQuery(asSql(TABLES.get(grid.name), grid.choice));
  location.hash = "#sql";
}
