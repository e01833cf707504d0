// Choosing rows: filter, facets, order; and the same choice as SQL. Rows are numbers, cells stay in their columns.

const textColumns = (table) => table.names.filter((name) => table.types[name] === "string");

function kept(table, name, make) {
  table.kept ??= new Map();
  const found = table.kept.get(name);
  if (found?.state === table.state) return found.value;
  const value = make();
  table.kept.set(name, { state: table.state, value });
  return value;
}

// For each row one string of all its text in lower case.
const haystack = (table) => kept(table, "haystack", () => {
  const columns = textColumns(table).map((name) => table.columns[name]);
  return Array.from({ length: table.count }, (_, row) => {
    let text = "";
    for (const column of columns) if (column[row] !== null) text += (text && " ") + column[row];
    return text.toLowerCase();
  });
});

// For each row the place of its cell among all cells of the column; nulls come last whichever way.
const ranks = (table, name) => kept(table, `ranks ${name}`, () => {
  const column = table.columns[name];
  const cells = [...new Set(column)].filter((cell) => cell !== null);
  if (typeof cells[0] === "number") cells.sort((a, b) => a - b);
  else cells.sort();
  const rank = new Map(cells.map((cell, at) => [cell, at]));
  return Int32Array.from(column, (cell) => (cell === null ? -1 : rank.get(cell)));
});

function sorted(table, rows, name, down) {
  const rank = ranks(table, name);
  const size = table.count;
  const keys = Float64Array.from(rows, (row) => (rank[row] < 0 ? size : down ? size - 1 - rank[row] : rank[row]) * size + row);
  keys.sort();
  return Array.from(keys, (key) => key % size);
}

const facetValue = (cell) => (cell === null ? "" : String(cell));

// Returns the rows chosen, and for each facet how many rows each of its values would leave.
function choose(table, choice, facets) {
  const needle = (choice.q ?? "").trim().toLowerCase();
  const texts = needle ? haystack(table) : null;
  const chosen = Object.entries(choice.facets).map(([name, value]) => [table.columns[name], value, name]);
  const counts = new Map(facets.map((name) => [name, new Map()]));
  const counting = facets.map((name) => [name, table.columns[name], counts.get(name)]);
  const rows = [];
  for (let row = 0; row < table.count; row++) {
    if (texts && !texts[row].includes(needle)) continue;
    let failed = null;
    let failures = 0;
    for (const [column, value, name] of chosen) if (facetValue(column[row]) !== value) { failures += 1; failed = name; }
    if (failures > 1) continue;
    if (failures === 0) rows.push(row);
    for (const [name, column, count] of counting) {
      if (failures && failed !== name) continue;
      const value = column[row];
      count.set(value, (count.get(value) ?? 0) + 1);
    }
  }
  return { rows: choice.sort ? sorted(table, rows, choice.sort, choice.down) : rows, counts };
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const named = (name) => `"${name.replaceAll('"', '""')}"`;

// The same choice for DuckDB: the same rows in the same order.
function asSql(table, choice) {
  const conditions = Object.entries(choice.facets).map(([name, value]) => {
    if (value === "") return `${named(name)} IS NULL`;
    return `${named(name)} = ${table.types[name] === "integer" || table.types[name] === "number" ? Number(value) : quoted(value)}`;
  });
  const needle = (choice.q ?? "").trim().toLowerCase();
  if (needle) conditions.push(`contains(lower(concat_ws(' ', ${textColumns(table).map(named).join(", ")})), ${quoted(needle)})`);
  const order = [choice.sort && `${named(choice.sort)}${choice.down ? " DESC" : ""} NULLS LAST`, ...table.order.filter((name) => name !== choice.sort).map((name) => `${named(name)} NULLS LAST`)].filter(Boolean);
  return `SELECT *\nFROM ${table.name}${conditions.length ? `\nWHERE ${conditions.join("\n  AND ")}` : ""}\nORDER BY ${order.join(", ")};`;
}

// A box of choices for one column: its values with how many rows each leaves.
function facetBox(table, name, counts, value, change) {
  const label = (cell) => (cell === null ? "not stated" : labelOf(name, cell));
  const values = [...counts].sort((a, b) => b[1] - a[1] || (facetValue(a[0]) < facetValue(b[0]) ? -1 : 1)).slice(0, 300);
  if (value !== undefined && !values.some(([cell]) => facetValue(cell) === value)) values.unshift([value === "" ? null : value, 0]);
  const options = values.map(([cell, count]) => make("option", { value: `=${facetValue(cell)}`, selected: facetValue(cell) === value }, `${shorten(label(cell), 60)} (${count.toLocaleString("en")})`));
  return make("label", {}, table.titles[name], make("select", { "data-facet": name, onchange: (event) => change(name, event.target.value ? event.target.value.slice(1) : undefined) }, make("option", { value: "" }, "any"), ...options));
}

const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function labelOf(name, cell) {
  if (name === "speaker_id") return speakerName(cell);
  if (name === "indicator_id") return indicatorLabel(cell);
  if (name === "industry_id" || name === "place_id" || name === "theme_id") return entityLabel(cell);
  return typeof cell === "string" && !name.endsWith("_id") && name !== "unit" ? spaced(cell) : String(cell);
}
