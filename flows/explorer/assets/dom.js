// Small things that everything below is made of.

const byId = (id) => document.getElementById(id);

// Characters that set the direction of what follows: each stands in a box of its own, which it cannot leave.
const DIRECTION = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/;

function pieces(text) {
  if (!DIRECTION.test(text)) return [text];
  return text.split(DIRECTION).filter(Boolean).map((piece) => {
    if (!DIRECTION.test(piece)) return piece;
    const code = `U+${piece.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return make("span", { class: "turn", "data-code": code }, document.createTextNode(piece));
  });
}

// make("a", {href: "#sql"}, "SQL"): text is only ever text, never HTML.
function make(tag, properties = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of inside.flat()) {
    if (child === null || child === undefined || child === "") continue;
    if (child instanceof Node) element.append(child);
    else if (tag === "option" || tag === "title") element.append(String(child).replace(new RegExp(DIRECTION, "g"), ""));
    else element.append(...pieces(String(child)));
  }
  return element;
}

const button = (label, act, more = {}) => make("button", { type: "button", onclick: act, ...more }, label);

function say(message) {
  byId("notice").replaceChildren(...pieces(message));
}

async function copy(text, from) {
  const before = from.dataset.label ?? from.textContent;
  from.dataset.label = before;
  try {
    await navigator.clipboard.writeText(text);
    from.textContent = "Copied";
    setTimeout(() => { from.textContent = before; }, 2000);
  } catch {
    say(`This browser does not let the page copy. Here it is: ${text}`);
  }
}

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// What a spreadsheet may run when a cell begins with it gets an apostrophe in front, as in the CSV files of the release.
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  const text = Array.isArray(value) ? value.join("|") : String(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const csv = (names, rows) => `\ufeff${[names.map((name) => csvCell(name)), ...rows.map((row) => row.map(csvCell))].map((cells) => `${cells.join(",")}\n`).join("")}`;
