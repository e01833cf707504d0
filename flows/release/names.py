"""What the package and the files of a release are called."""

PACKAGE = "new-industrialization"
TITLE = "New industrialization: what industrial policy texts say, as data"
DESCRIPTION = (
    "Every figure, commitment and speaker of official texts on new industrialization, each with the exact words it was "
    "read from: documents, speakers, metrics, tasks and the tables that make them trustworthy and joinable."
)
KEYWORDS = ("industrial policy", "new industrialization", "manufacturing", "text as data", "commitments")

DESCRIPTOR = "datapackage.json"
README = "README.md"
CHECKSUMS = "SHA256SUMS"
DATABASE = f"{PACKAGE}.duckdb"
CSV_ZIP = f"{PACKAGE}-csv.zip"
DATA_FOLDER = "data"
CHANGES_TABLE = "changes"
CHANGES_TEXT = "CHANGES.md"
CHANGES_JSON = "changes.json"
DIGESTS = "digests.sql"

CATALOGUE = "catalog.json"
ENTRIES_FOLDER = "catalog"
WITHDRAWN_FOLDER = "withdrawn"


def parquet_path(resource: str) -> str:
    """Return where a resource's Parquet file lies in a release, if it has only one."""
    return f"{DATA_FOLDER}/{resource}.parquet"


def part_path(resource: str, number: int) -> str:
    """Return where one of a large resource's Parquet files lies in a release; the first is number 0."""
    return f"{DATA_FOLDER}/{resource}/part-{number}.parquet"


def csv_path(resource: str) -> str:
    """Return where a resource's CSV file lies in the CSV zip."""
    return f"{DATA_FOLDER}/{resource}.csv"


def withdrawal_path(version: str) -> str:
    """Return where the withdrawal of a release lies in a target."""
    return f"{WITHDRAWN_FOLDER}/{version}.json"
