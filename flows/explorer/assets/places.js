// Every view has an address after the #: writing and reading these.

const escaped = (part) => encodeURIComponent(part).replaceAll("%3A", ":").replaceAll("%2F", "/");

function place(path, chosen = {}) {
  const pairs = Object.entries(chosen).filter(([, value]) => value !== null && value !== undefined);
  const query = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll("%3A", ":")}`).join("&");
  return `#${path.map(escaped).join("/")}${query && `?${query}`}`;
}

// Returns {path, chosen}; null where the address is not well written.
function readPlace(hash) {
  try {
    const [path, query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
    const pairs = query.split("&").filter(Boolean).map((pair) => pair.split(/=(.*)/s).slice(0, 2).map((part) => decodeURIComponent(part ?? "")));
    return { path: decodeURIComponent(path), chosen: Object.fromEntries(pairs) };
  } catch {
    return null;
  }
}

// Change the address without moving the page or adding a step to go back over.
function settle(hash) {
  try {
    history.replaceState(history.state, "", hash || "#");
  } catch {
    // Some browsers refuse this from the file system: the view is right, its address is not.
  }
}

const fullAddress = (hash) => `${location.href.split("#")[0]}${hash}`;

let lastView = "";
const remember = (hash) => { lastView = hash; };
