// A text to read, with what was found in it marked: metrics in one colour, tasks in another, mentions when asked for.

const reader = { id: null, mentions: false };

function buildReader() {
  byId("reader-box").append(
    make("h3", { id: "reader-title" }, "Read a text"),
    make("div", { class: "filters" },
      make("label", {}, "Document", documentBox()),
      make("span", { class: "key" }, make("mark", { class: "metric" }, "metric"), " ", make("mark", { class: "task" }, "task")),
      make("label", { class: "check" }, make("input", { type: "checkbox", id: "reader-mentions", onchange: (event) => { reader.mentions = event.target.checked; openDocument(reader.id); } }), make("mark", { class: "mention" }, "mentions"))),
    make("p", { id: "reader-about", class: "muted", role: "status" }),
    make("div", { id: "reader-text", class: "text", tabindex: "0", role: "region", "aria-label": "The text" }));
}

// A list to choose from; of very many documents a box to write an id in, with suggestions.
function documentBox() {
  const change = (event) => { if (event.target.value) location.hash = place(["doc", event.target.value]); };
  if (TABLES.get("documents").rows <= 300) return make("select", { id: "reader-pick", onchange: change });
  return [make("input", { id: "reader-pick", list: "reader-ids", placeholder: "id of a document", onchange: change, oninput: suggest }), make("datalist", { id: "reader-ids" })];
}

function suggest(event) {
  const { columns } = TABLES.get("documents");
  const words = event.target.value.toLowerCase();
  const found = [];
  for (let row = 0; row < columns.document_id.length && found.length < 50; row++) {
    if (`${columns.document_id[row]} ${columns.title[row] ?? ""}`.toLowerCase().includes(words)) found.push(make("option", { value: columns.document_id[row] }, columns.title[row] ?? ""));
  }
  byId("reader-ids").replaceChildren(...found);
}

async function openDocument(id, focus = null) {
  const documents = TABLES.get("documents");
  await Promise.all([loadParts(documents, firstParts(documents)), loadParts(TABLES.get("speakers"), firstParts(TABLES.get("speakers")))]);
  const source = await findRow("documents", id);
  if (!source) {
    say(`There is no document “${id}” in version ${RELEASE.version}; it may be of another version.`);
    return false;
  }
  reader.id = id;
  const [passages, metrics, tasks, mentions] = await Promise.all(["passages", "metrics", "tasks", "mentions"].map((name) => (name === "mentions" && !reader.mentions ? [] : rowsOf(name, id))));
  const spans = [...spansOf("tasks", tasks), ...spansOf("metrics", metrics), ...spansOf("mentions", mentions)];
  drawPicker(documents, id);
  byId("reader-title").replaceChildren(...pieces(source.title ?? id));
  byId("reader-about").replaceChildren(...pieces(`${byline(source)} · ${counted(source.words, "word")} · ${counted(metrics.length, "metric")}, ${counted(tasks.length, "task")} marked`));
  const extra = focus && !spans.some((span) => span.id === focus) ? await strayingSpan(focus) : [];
  byId("reader-text").replaceChildren(...drawPassages(passages, [...spans, ...extra]));
  if (focus) point(focus, source);
  return true;
}

const spansOf = (table, rows) => rows.map((row) => ({ table, id: row[TABLES.get(table).key[0]], start: row.char_start, end: row.char_end }));

// Something to point at that the reader does not mark as a rule: a number, a finding, a passage.
async function strayingSpan(id) {
  for (const table of ["numerals", "findings", "mentions", "passages"]) {
    const row = await findRow(table, id);
    if (row && row.char_start !== null) return [{ table, id, start: row.char_start, end: row.char_end }];
  }
  return [];
}

function drawPicker(documents, id) {
  const pick = byId("reader-pick");
  if (pick.tagName === "SELECT" && !pick.options.length) {
    pick.append(...documents.columns.document_id.map((one, row) => make("option", { value: one }, shorten(documents.columns.title[row] ?? one, 90))));
  }
  pick.value = id;
}

function drawPassages(passages, spans) {
  let speaker = null;
  return passages.flatMap((passage) => {
    const own = spans.filter((span) => span.start < passage.char_end && passage.char_start < span.end);
    const turn = passage.speaker_id !== speaker && passage.speaker_id !== null ? [make("p", { class: "turn-of" }, speakerName(passage.speaker_id))] : [];
    speaker = passage.speaker_id;
    return [...turn, make("div", { class: `passage ${passage.kind}`, "data-depth": Math.min(3, passage.depth) }, marked(passage, own))];
  });
}

// The text of a passage in pieces, each with all that was found in it; the shortest span is what a piece opens.
function marked(passage, spans) {
  const edges = new Set([passage.char_start, passage.char_end]);
  for (const span of spans) for (const edge of [span.start, span.end]) if (edge > passage.char_start && edge < passage.char_end) edges.add(edge);
  const points = [...edges].sort((a, b) => a - b);
  const opened = new Set();
  return points.slice(0, -1).map((start, at) => {
    const inside = spans.filter((span) => span.start <= start && span.end >= points[at + 1]).sort((a, b) => (a.end - a.start) - (b.end - b.start));
    const text = cut(passage, start, points[at + 1]);
    if (!inside.length) return make("span", {}, text);
    const [span] = inside;
    const again = opened.has(span.id);
    opened.add(span.id);
    const kinds = [...new Set(inside.map((one) => singular(one.table)))].join(" ");
    return make("a", { class: `found ${kinds}`, href: place([span.table, span.id]), "data-span": span.id, tabindex: again ? "-1" : null }, text);
  });
}

function point(id, source) {
  const marks = [...byId("reader-text").querySelectorAll("[data-span]")].filter((mark) => mark.dataset.span === id);
  if (!marks.length) {
    say(`There is no row “${id}” in the document “${source.document_id}”.`);
    return;
  }
  for (const mark of marks) mark.classList.add("pointed");
  const box = byId("reader-text");
  byId("reader-box").scrollIntoView();
  box.scrollTop += marks[0].getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  marks[0].focus({ preventScroll: true });
}
