"""Tables in, a release folder out. Nothing here parses a text; nothing here reads a clock or the network.

The edge calls these functions, in this order, each imported from its own module (this file imports nothing, so that
``python -m flows.release.database`` starts without pyarrow):

``flows.schema``
    ``Tables = Mapping[str, pyarrow.Table]``
    ``resource_names() -> tuple[str, ...]``                                     in the contract's order
    ``to_arrow(resource: str, rows: Sequence[tuple]) -> pyarrow.Table``
    ``to_tables(rows: Mapping[str, Sequence[tuple]]) -> dict[str, pyarrow.Table]``   all eleven, absent ones empty

``flows.release.validate``
    ``validate(sources, validator=AUTO) -> tuple[Count, ...]``   raises InvalidTablesError with every violation
    ``violations(sources, validator=AUTO) -> list[str]``    the same lines, not raised
        a source is a table in memory, or the Parquet files that hold its rows; those are never read whole.

``flows.release.version``
    ``next_version(tables: Tables, newest: Path | None) -> Plan``
    ``Plan(version: str | None, reasons: tuple[str, ...], previous: str | None)``
        `newest` is a release's folder, or None before the first (then version is "1.0.0");
        `version` is None when nothing has changed since, and then nothing is to be published.

``flows.release.build``
    ``build(tables: Tables, staging: Path, *, version: str, created: date, sources: Mapping[str, Source]) -> Built``
    ``Built(folder: Path, version: str, files: tuple[str, ...], rows: Mapping[str, int])``
        `sources` is keyed by document_id (flows.records.Source); an absent document has none.
        Writes Parquet, DuckDB, CSV zip, datapackage.json, README.md and SHA256SUMS into the empty folder `staging`.
    ``seal(folder: Path) -> tuple[str, ...]``               writes SHA256SUMS anew, after a file was added

``flows.release.target``
    ``open_target(address: str, access: Access) -> Target``
        `address` is the path of a folder, ``file://…``, or the URL of a store; `Access` says how to reach a store.
    ``open_release(text: str, dist: Path, access: Access)`` context manager → ``Opened(folder: Path, catalogue)``
        `text` is a version in `dist`, a release's folder, or ``TARGET[@VERSION]``; a store's is fetched for the while.
    ``Target`` is the protocol that ``LocalTarget`` and its like follow.

``flows.release.pull``
    ``pull(source: Target, version: str | None, dist: Path, say) -> Path``     a release out of a target into a folder

``flows.release.remote``
    ``RemoteTarget(address, objects, single_publisher)``    the same for a store; `objects` is one of S3 or of fsspec,
                                                            both as ``flows.release.objects.Objects`` has it

``flows.release.store``
    ``LocalTarget(dist: Path)`` with
    ``.versions() -> tuple[str, ...]``                      oldest first, by semantic version
    ``.newest() -> Path | None``                            the newest release's folder
    ``.folder(version: str) -> Path``                       raises ReleaseNotFoundError
    ``.release(version: str | None)``                       context manager → the folder of a release, or of the latest
    ``.catalogue() .rebuild() .withdraw(version, reason)``  ``catalog.json``, as it is, derived anew, with a withdrawal
    ``.stage(say)``                                         context manager → an empty folder; holds the lock of `dist`,
                                                            and removes the folder at its end if it was not published;
                                                            `say` is told what killed runs had left
    ``.publish(staging: Path, version: str) -> Path``       raises ReleaseExistsError; call it inside ``stage()``

``flows.release.verify``
    ``verify(folder: Path) -> list[Check]``
    ``listing(folder: Path, catalogue: Catalogue) -> Check``            what a catalogue says of it, and its own files
    ``Check(ok: bool, sentence: str, failures: tuple[str, ...])``       never raises for a broken release

Ask ``target.newest()`` and plan inside ``with target.stage() as staging:``, so that two runs at once cannot both take
the same version; the second waits, then finds nothing new to publish.
"""
