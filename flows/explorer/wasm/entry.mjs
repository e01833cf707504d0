// What a page needs of DuckDB, and nothing else.
export { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from "@duckdb/duckdb-wasm";
