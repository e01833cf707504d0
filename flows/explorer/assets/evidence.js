// A row inside the text that it was read from: the sentence, the words marked, what the row says of them.

const AROUND = 260; // characters of text before and after the sentence

// Offsets are code points; a string of JavaScript counts UTF-16 units.
function cut(passage, from, to) {
  const { text, char_start: start, char_end: end } = passage;
  const first = Math.max(from, start) - start;
  const last = Math.min(to, end) - start;
  if (last <= first) return "";
  return text.length === end - start ? text.slice(first, last) : Array.from(text).slice(first, last).join("");
}

// The raw text from one offset to another. Between passages there is only white space, of which the tables keep no form.
function textBetween(passages, from, to) {
  let text = "";
  let at = from;
  for (const passage of passages) {
    if (passage.char_end <= from || passage.char_start >= to) continue;
    if (passage.char_start > at) text += passage.char_start - at > 1 ? "\n\n" : "\n";
    text += cut(passage, from, to);
    at = passage.char_end;
  }
  return text;
}

const codePoints = (text) => { let count = 0; for (const _ of text) count += 1; return count; };

// Where the quote of a metric stands in its passage: white space in a quote is folded, in the text it is not.
function sentenceOf(row, passage) {
  if (!row.quote || !passage) return [row.char_start, row.char_end];
  const pattern = row.quote.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  for (const match of passage.text.matchAll(new RegExp(pattern, "gu"))) {
    const start = passage.char_start + codePoints(passage.text.slice(0, match.index));
    const end = start + codePoints(match[0]);
    if (start <= row.char_start && row.char_end <= end) return [start, end];
  }
  return [row.char_start, row.char_end];
}

function quotation(row, passages) {
  const home = passages.find((passage) => passage.char_start <= row.char_start && row.char_end <= passage.char_end);
  const [start, end] = sentenceOf(row, home);
  const from = Math.max(0, start - AROUND);
  const to = Math.min(passages.at(-1).char_end, end + AROUND);
  const parts = [[from, start], [start, row.char_start], [row.char_start, row.char_end], [row.char_end, end], [end, to]];
  const [before, opening, words, closing, after] = parts.map(([a, b]) => textBetween(passages, a, b));
  return make("blockquote", { class: "source", tabindex: "0", "aria-label": "The words in their text" },
    from > 0 ? "… " : "", from > 0 ? before.replace(/^\S{0,20}\s+/, "") : before, make("span", { class: "sentence" }, opening, make("mark", {}, words), closing), to < passages.at(-1).char_end ? after.replace(/\s+\S{0,20}$/, "") : after, to < passages.at(-1).char_end ? " …" : "");
}

const byline = (document) => [document.title ?? document.document_id, spaced(document.kind), dated(document) && day(dated(document)), document.publisher].filter(Boolean).join(" · ");

// What a row is called: of a metric its value as printed and what it measures, of others the words that name them.
function headline(name, row) {
  if (name === "metrics") return [row.value_text, row.indicator_id ? indicatorLabel(row.indicator_id) : row.indicator ?? ""];
  if (name === "tasks") return [spaced(row.modality), row.theme_id ? entityLabel(row.theme_id) : "no theme"];
  if (name === "findings") return [spaced(row.code), row.severity];
  return [row.name ?? row.label ?? row.title ?? row.text ?? row.speaker_id ?? row.document_id, row.kind ? spaced(row.kind) : ""];
}

function cellOf(table, name, value) {
  if (value === null) return "–";
  if (name === "document_id") return make("a", { href: place(["doc", value]) }, value);
  if (name === "source_url" && /^https?:\/\//i.test(value)) return make("a", { href: value, rel: "noreferrer noopener" }, value);
  const target = table.name === "metrics" || table.name === "tasks" || table.name === "mentions" || table.name === "passages" || table.name === "appearances" ? REFERENCES[name] : null;
  if (target) return make("a", { href: place([target, value]) }, value);
  return Array.isArray(value) && name === "metric_ids" ? value.flatMap((id, at) => [at ? ", " : "", make("a", { href: place(["metrics", id]) }, id)]) : plain(value);
}

const REFERENCES = {
  speaker_id: "speakers", indicator_id: "indicators", industry_id: "entities", place_id: "entities", theme_id: "entities",
  entity_id: "entities", passage_id: "passages", parent_passage_id: "passages", parent_task_id: "tasks", metric_id: null,
};

function facts(table, row) {
  const stated = table.names.filter((name) => row[name] !== null && !(Array.isArray(row[name]) && !row[name].length));
  const absent = table.names.filter((name) => !stated.includes(name));
  return [
    make("dl", { class: "facts" }, stated.map((name) => make("div", {}, make("dt", { title: name }, table.titles[name]), make("dd", {}, cellOf(table, name, row[name]))))),
    absent.length ? make("p", { class: "note" }, `Not stated: ${absent.map((name) => table.titles[name].toLowerCase()).join(", ")}.`) : null,
  ];
}

// From a row of a list of names to the rows that bear it.
function related(name, row) {
  const links = {
    documents: [["metrics", "document_id"], ["tasks", "document_id"], ["passages", "document_id"]],
    speakers: [["metrics", "speaker_id"], ["tasks", "speaker_id"], ["appearances", "speaker_id"]],
    indicators: [["metrics", "indicator_id"]],
    entities: [["mentions", "entity_id"]],
  }[name] ?? [];
  return links.map(([table, field]) => make("a", { class: "button", href: place(["tables", table], { [field]: row[TABLES.get(name).key[0]] }) }, `Its ${table}`));
}

async function neighbours(table, row) {
  const position = findLoaded(table, table.key.map((name) => row[name]).join("/"));
  return [[position - 1, "Previous"], [position + 1, "Next"]].map(([at, label]) => {
    const id = at >= 0 && at < table.count ? keyOf(table, at) : null;
    return button(label, () => { settle(place([table.name, id])); openEvidence(table.name, id); }, { disabled: id === null, "data-step": label });
  });
}

async function openEvidence(name, id) {
  const table = TABLES.get(name);
  await loadParts(TABLES.get("speakers"), firstParts(TABLES.get("speakers")));
  const row = await findRow(name, id);
  if (!row) {
    say(`There is no row “${id}” in ${name} of version ${RELEASE.version}; it may be of another version.`);
    return false;
  }
  const source = row.document_id ? await findRow("documents", row.document_id) : null;
  const passages = source && row.char_start !== undefined && row.char_start !== null ? await rowsOf("passages", row.document_id) : [];
  const [title, about] = headline(name, row);
  const address = place([name, id]);
  const dialog = byId("evidence");
  dialog.replaceChildren(
    make("p", { class: "line" }, singular(name), row.speaker_id ? ` · ${speakerName(row.speaker_id)}` : name === "metrics" || name === "tasks" ? " · not attributed" : ""),
    make("h2", { id: "evidence-title", tabindex: "-1", autofocus: true }, title, " ", make("span", { class: "muted" }, about)),
    source && name !== "documents" ? make("p", { class: "muted" }, byline(source)) : "",
    row.message ? make("p", {}, row.message) : "",
    passages.length ? quotation(row, passages) : "",
    passages.length ? make("p", { class: "note offsets" }, `Characters ${grouped(row.char_start)} to ${grouped(row.char_end)} of ${source.raw_path}, SHA-256 ${source.raw_sha256.slice(0, 16)}…${row.rule ? `; read by the rule “${row.rule}”` : ""}.`) : "",
    make("p", { class: "acts" },
      source ? make("a", { class: "button primary", href: place(["doc", row.document_id, id]) }, "Read in the document") : "",
      button("Copy link", (event) => copy(fullAddress(address), event.target)),
      ...related(name, row), ...await neighbours(table, row), button("Close", () => dialog.close())),
    ...facts(table, row).filter(Boolean),
  );
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  return true;
}
