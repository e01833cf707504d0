// Cells as words for people, and names for ids.

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const SIZES = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]];
const UNITS = { percent: "%", count: "", percentage_point: " points" };

const grouped = (number) => number.toLocaleString("en", { maximumFractionDigits: 6 });

function amount(value, unit) {
  const [size, word] = SIZES.find(([least]) => Math.abs(value) >= least) ?? [1, ""];
  return `${grouped(value / size)}${word && ` ${word}`}${UNITS[unit] ?? ` ${unit.replaceAll("_", " ")}`}`;
}

function day(text) {
  const [year, month, date] = text.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

const spaced = (word) => word.replaceAll("_", " ").replaceAll("-", " ");
const dated = (row) => row.published_on ?? row.event_on;
const entityLabel = (id) => RELEASE.labels.entities[id] ?? id;
const indicatorLabel = (id) => RELEASE.labels.indicators[id] ?? id;

function speakerName(id) {
  const speakers = TABLES.get("speakers");
  const row = id === null ? -1 : findLoaded(speakers, id);
  return row < 0 ? id : speakers.columns.name[row];
}

function plain(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return grouped(value);
  return Array.isArray(value) ? value.join("; ") : String(value);
}

const singular = (table) => ({ entities: "entity", indicators: "indicator" })[table] ?? table.replace(/s$/, "");
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
