// DuckDB for the pages of releases, as classic scripts that a page can load from a host and from the file system alike:
// `npm ci --ignore-scripts && node build.mjs OUT` writes OUT/<hash>/. The same lock gives the same bytes.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild-wasm";

const [out] = process.argv.slice(2);
const dist = "node_modules/@duckdb/duckdb-wasm/dist";

function handingOver(name, bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed.fill(0, 4, 8); // no time
  packed[9] = 255; // no operating system
  return `newindPart("${name}","${packed.toString("base64")}");\n`;
}

async function files() {
  const bundle = await build({
    entryPoints: ["entry.mjs"], bundle: true, minify: true, write: false, format: "iife", globalName: "newindDuckdb",
    platform: "browser", target: "es2020", legalComments: "none",
  });
  return {
    "duckdb.js": Buffer.from(bundle.outputFiles[0].contents),
    "worker.js": handingOver("duckdb-worker", await readFile(`${dist}/duckdb-browser-eh.worker.js`)),
    "program.js": handingOver("duckdb-program", await readFile(`${dist}/duckdb-eh.wasm`)),
    "LICENSES.txt": await licences(),
  };
}

// The licences of all that is bundled in. DuckDB's own package brings none along: its text is in LICENSE-duckdb.txt.
async function licences() {
  const texts = [["@duckdb/duckdb-wasm", await readFile("LICENSE-duckdb.txt", "utf-8")]];
  for (const name of ["apache-arrow", "flatbuffers", "tslib", "@swc/helpers"]) {
    const folder = join("node_modules", name);
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    texts.push([name, await readFile(join(folder, file), "utf-8")]);
  }
  return texts.map(([name, text]) => `==== ${name} ====\n\n${text.trim()}\n`).join("\n");
}

const built = await files();
const hash = createHash("sha256");
for (const [name, bytes] of Object.entries(built)) hash.update(name).update("\0").update(bytes);
const address = hash.digest("hex").slice(0, 32);
await rm(out, { recursive: true, force: true });
await mkdir(join(out, "new"), { recursive: true });
for (const [name, bytes] of Object.entries(built)) await writeFile(join(out, "new", name), bytes);
await rename(join(out, "new"), join(out, address));
