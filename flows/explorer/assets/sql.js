// SQL on the release, in the page: DuckDB is loaded when the first query is run, never before.

const FIRST_QUERY = "SELECT measured, value, period_start, period_end, speaker_name, quote\nFROM growth\nORDER BY period_end DESC, value DESC;";
const EXAMPLES = [
  ["Growth by period", FIRST_QUERY],
  ["Where documents differ", "FROM conflicts;"],
  ["Tasks by theme", "FROM commitments_by_theme;"],
  ["Who said what", "SELECT coalesce(s.name, 'not attributed') AS speaker, count(*) AS figures\nFROM metrics m LEFT JOIN speakers s USING (speaker_id)\nGROUP BY ALL ORDER BY figures DESC, speaker;"],
  ["Check a span", "SELECT m.metric_id, m.value_text,\n       substr(p.text, m.char_start - p.char_start + 1, m.char_end - m.char_start) AS in_the_text\nFROM metrics m JOIN passages p USING (passage_id)\nORDER BY m.metric_id LIMIT 20;"],
];
const MOST_SHOWN = 500;
const sql = { connection: null, result: null };

const setQuery = (query) => { byId("query").value = query; byId("sql-snippet").textContent = snippet(); };
const snippet = () => `duckdb -readonly ${RELEASE.database.file} "${byId("query").value.replaceAll(/(["\\$`])/g, "\\$1")}"`;

function buildSql() {
  const engine = RELEASE.engine !== null;
  byId("sql-box").append(
    make("p", { class: "muted" }, engine
      ? "Runs DuckDB in this page, on the tables of this release. Nothing is sent anywhere. The first query loads DuckDB: about 10 MB, once."
      : "This release was built without DuckDB for the page: write a query here, and copy it to where you have DuckDB."),
    make("div", { class: "acts" }, EXAMPLES.map(([name, query]) => button(name, () => setQuery(query)))),
    make("label", { for: "query" }, "Query"),
    make("textarea", { id: "query", spellcheck: "false", rows: "5", oninput: () => setQuery(byId("query").value), onkeydown: (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); runQuery(); } } }),
    make("div", { class: "acts" },
      engine ? button("Run (Ctrl+Enter)", runQuery, { id: "run", class: "primary" }) : "",
      engine ? button("CSV of the result", resultCsv, { id: "sql-csv", disabled: true }) : "",
      button("Copy link to this query", (event) => copy(fullAddress(`#sql?${encodeURIComponent(byId("query").value)}`), event.target)),
      make("span", { id: "sql-status", role: "status", class: "muted" })),
    make("p", { id: "sql-error", class: "bad", role: "alert" }),
    make("div", { id: "sql-scroll", class: "scroll tall", tabindex: "0", role: "region", "aria-label": "Result", hidden: true }, make("table", { id: "sql-rows" })),
    make("p", {}, "The same with a DuckDB of your own:"),
    make("pre", { id: "sql-snippet", tabindex: "0", "aria-label": "The query for a terminal" }),
    button("Copy command", (event) => copy(snippet(), event.target)));
  setQuery(FIRST_QUERY);
}

async function runQuery() {
  const run = byId("run");
  if (!run || run.disabled) return;
  run.disabled = true;
  byId("sql-error").textContent = "";
  try {
    const connection = await database();
    const began = performance.now();
    const answer = await connection.query(byId("query").value);
    sql.result = { names: answer.schema.fields.map((field) => field.name), rows: cellsOf(answer) };
    drawResult();
    byId("sql-status").textContent = `${counted(sql.result.rows.length, "row")} in ${Math.round(performance.now() - began)} ms${sql.result.rows.length > MOST_SHOWN ? `; the first ${MOST_SHOWN} are shown` : ""}`;
  } catch (error) {
    byId("sql-error").textContent = error.message;
    byId("sql-status").textContent = "";
  } finally {
    run.disabled = false;
    byId("sql-box").dataset.runs = Number(byId("sql-box").dataset.runs ?? 0) + 1;
  }
}

function drawResult() {
  const { names, rows } = sql.result;
  const numeric = names.map((_, at) => rows.some((row) => typeof row[at] === "number" || typeof row[at] === "bigint"));
  const cell = (value, at) => {
    const text = shorten(typeof value === "number" || value === null || Array.isArray(value) ? plain(value) : String(value), 400);
    if (text.length > 60) return make("td", { class: "long" }, make("span", { class: "clamp" }, text));
    return make("td", { class: numeric[at] ? "n" : text.length > 24 ? "wide" : "nowrap" }, text);
  };
  byId("sql-rows").replaceChildren(
    make("thead", {}, make("tr", {}, names.map((name, at) => make("th", { scope: "col", class: numeric[at] ? "n" : null }, name)))),
    make("tbody", {}, rows.slice(0, MOST_SHOWN).map((row) => make("tr", {}, row.map(cell)))));
  byId("sql-scroll").hidden = false;
  byId("sql-csv").disabled = false;
}

const resultCsv = () => download(`query-${RELEASE.version}.csv`, csv(sql.result.names, sql.result.rows), "text/csv");

// Arrow's cells as plain values: dates as ISO text, large integers whole, lists as arrays.
function cellsOf(answer) {
  const columns = answer.schema.fields.map((field, at) => { const column = answer.getChildAt(at); return (row) => plainCell(column?.get(row) ?? null, String(field.type)); });
  return Array.from({ length: answer.numRows }, (_, row) => columns.map((read) => read(row)));
}

function plainCell(value, type) {
  if (value === null || value === undefined) return null;
  if (type.startsWith("Date")) return new Date(Number(value)).toISOString().slice(0, 10);
  if (type.startsWith("Timestamp")) return new Date(Number(value)).toISOString().replace("T", " ").replace(/(\.0+)?Z$/, "");
  if (type.startsWith("Decimal")) return decimal(value, Number(/\[\d+e([-+]?\d+)\]/.exec(type)?.[1] ?? 0));
  if (type.startsWith("List")) return Array.from(value, (item) => plainCell(item, type.slice(5, -1)));
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === "object") return JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? Number(inner) : inner));
  return value;
}

function decimal(value, scale) {
  return Number(BigInt(value.toString())) / 10 ** scale;
}

function database() {
  sql.connection ??= startDatabase().catch((error) => { sql.connection = null; throw error; });
  return sql.connection;
}

// DuckDB asks for its program by an address; from the file system nothing can be fetched, so it is answered with bytes,
// which are compiled while they are unpacked.
const ANSWER = `{
  const ask = self.fetch.bind(self);
  let program;
  self.fetch = (request, ...rest) => String(request.url ?? request).startsWith("https://program.invalid/")
    ? Promise.resolve(new Response(new Blob([program]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": "application/wasm" } }))
    : ask(request, ...rest);
  self.addEventListener("message", (event) => { if (event.data?.program) { program = event.data.program; event.stopImmediatePropagation(); } });
}
`;

async function startDatabase() {
  const tell = (words) => { byId("sql-status").textContent = words; };
  const began = performance.now();
  tell("Loading DuckDB: about 10 MB, once …");
  const file = databaseFile(); // meanwhile
  file.catch(() => {});
  const folder = await engineFolder();
  const [workerCode, program] = await Promise.all([
    unpacked("duckdb-worker", `${folder}/worker.js`).then((response) => response.text()),
    packed("duckdb-program", `${folder}/program.js`),
  ]);
  const address = URL.createObjectURL(new Blob([ANSWER, workerCode], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.postMessage({ program }, [program.buffer]);
  const engine = new newindDuckdb.AsyncDuckDB(new newindDuckdb.VoidLogger(), worker);
  await engine.instantiate("https://program.invalid/duckdb.wasm");
  URL.revokeObjectURL(address);
  tell("Opening the release …");
  await openDatabase(engine, await file);
  const connection = await engine.connect();
  for (const statement of OPENING) await connection.query(statement);
  tell(`DuckDB ${await engine.getVersion()} was ready after ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return connection;
}

// The engine lies beside the releases, whose files are one folder down, or two where a target keeps uploads apart.
async function engineFolder() {
  for (const up of ["..", "../.."]) {
    const folder = `${up}/engine/${RELEASE.engine}`;
    try {
      await runScript(`${folder}/duckdb.js`);
      return folder;
    } catch { /* not there: look further up */ }
  }
  throw new Error("DuckDB for the page is missing: it lies in the folder “engine” beside the releases. Copy it with them, or use the command below.");
}

// Nothing is written, nothing is loaded from anywhere, and no query can change that.
const OPENING = [
  "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false",
  "ATTACH 'release.duckdb' AS release (READ_ONLY)", "USE release",
  "SET enable_external_access = false", "SET lock_configuration = true",
];

// The bytes of the database; null where it is so large that only a host can give it, piece by piece.
async function databaseFile() {
  if (RELEASE.database.part) return new Uint8Array(await (await unpacked("database", `${RELEASE.folder}/database.js`)).arrayBuffer());
  if (location.protocol === "file:") throw new Error("The database is too large for a page from the file system. Run `newind serve`, or use the command below.");
  return null;
}

async function openDatabase(engine, bytes) {
  if (bytes) { await engine.registerFileBuffer("release.duckdb", bytes); return; }
  await engine.open({ filesystem: { forceFullHTTPReads: false, allowFullHTTPReads: true, reliableHeadRequests: true } });
  await engine.registerFileURL("release.duckdb", new URL(RELEASE.database.file, location.href).href, newindDuckdb.DuckDBDataProtocol.HTTP, false);
}
