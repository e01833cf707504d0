// The rows of the release: columns of cells, loaded in parts, each only when something shows it.

const RELEASE = JSON.parse(byId("release").textContent);
const TABLES = new Map(RELEASE.tables.map((table) => [table.name, {
  ...table,
  names: table.fields.map(([name]) => name),
  types: Object.fromEntries(table.fields.map(([name, type]) => [name, type])),
  titles: Object.fromEntries(table.fields.map(([name, , title]) => [name, title])),
  pieces: new Map(),
  columns: Object.fromEntries(table.fields.map(([name]) => [name, []])),
  count: 0,
  state: 0, // goes up with every load, so that what was worked out from the rows is worked out anew
}]));
const AT_ONCE = 5e6; // bytes of JSON that a table loads without being asked

const handed = new Map();
self.newindPart = (name, text) => { handed.set(name, text); };

function runScript(address) {
  return new Promise((resolve, reject) => {
    const script = make("script", { src: address });
    script.onload = () => { script.remove(); resolve(); };
    script.onerror = () => { script.remove(); reject(new Error(`${address} cannot be loaded; is the release whole?`)); };
    document.head.append(script);
  });
}

function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

// Run a script that hands over compressed bytes under a name, and return these.
async function packed(name, address) {
  await runScript(address);
  const bytes = bytesOf(handed.get(name));
  handed.delete(name);
  return bytes;
}

const unpacked = async (name, address) => new Response(new Blob([await packed(name, address)]).stream().pipeThrough(new DecompressionStream("gzip")));

function loadPart(table, at) {
  const part = table.parts[at];
  part.loading ??= unpacked(`${table.name}-${at}`, `${RELEASE.folder}/${table.name}-${at}.js`)
    .then((response) => response.json())
    .then((columns) => { table.pieces.set(at, columns); })
    .catch((error) => { part.loading = null; throw error; });
  return part.loading;
}

async function loadParts(table, wanted) {
  const missing = wanted.filter((at) => !table.pieces.has(at));
  await Promise.all(missing.map((at) => loadPart(table, at)));
  if (missing.length && table.joined !== table.pieces.size) join(table);
  return table;
}

function join(table) {
  const order = [...table.pieces.keys()].sort((a, b) => a - b);
  for (const name of table.names) table.columns[name] = [].concat(...order.map((at) => table.pieces.get(at)[name]));
  table.count = order.reduce((sum, at) => sum + table.parts[at].rows, 0);
  table.joined = table.pieces.size;
  table.state += 1;
}

const allParts = (table) => table.parts.map((_, at) => at);

// The first parts, as many as may be loaded unasked.
function firstParts(table) {
  let size = 0;
  return allParts(table).filter((at) => { size += table.parts[at].size; return at === 0 || size <= AT_ONCE; });
}

// Parts that may hold rows of a document, or whose first column of the order may be `value`.
const partsAround = (table, value) => allParts(table).filter((at) => {
  const { first, last } = table.parts[at];
  return first === null || last === null || (first <= value && value <= last);
});

const isWhole = (table) => table.pieces.size === table.parts.length;
const sizeLeft = (table) => allParts(table).filter((at) => !table.pieces.has(at)).reduce((sum, at) => sum + table.parts[at].size, 0);

const keyOf = (table, row) => table.key.map((name) => table.columns[name][row]).join("/");
const record = (table, row) => Object.fromEntries(table.names.map((name) => [name, table.columns[name][row]]));

function findLoaded(table, id) {
  const [first] = table.key;
  if (table.key.length === 1) return table.columns[first].indexOf(id);
  for (let row = 0; row < table.count; row++) if (keyOf(table, row) === id) return row;
  return -1;
}

// The row of a table by its id, as an object; null where there is none. Loads no more parts than it must.
async function findRow(name, id) {
  const table = TABLES.get(name);
  const document = id.includes("/") ? id.split("/")[0] : id.replace(/:[^:]*$/, "");
  for (const wanted of [partsAround(table, table.order[0] === "document_id" ? document : id), allParts(table)]) {
    await loadParts(table, wanted);
    const row = findLoaded(table, id);
    if (row >= 0) return record(table, row);
  }
  return null;
}

// All rows of a table that belong to a document, in reading order.
async function rowsOf(name, documentId) {
  const table = await loadParts(TABLES.get(name), partsAround(TABLES.get(name), documentId));
  const found = [];
  const documents = table.columns.document_id;
  for (let row = documents.indexOf(documentId); row >= 0; row = documents.indexOf(documentId, row + 1)) found.push(record(table, row));
  return found;
}
