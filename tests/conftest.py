"""A release of the five texts, built once a session without Prefect; and an S3 server."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from flows.compiled import compiled_modules
from flows.parse import parse_raw
from flows.parse.assemble import assemble
from flows.read import read_raw
from flows.release.store import LocalTarget
from flows.release.validate import Validator, validate
from flows.schema import to_tables
from flows.vocabulary import default_vocabulary
from tests.making import make_release
from tests.s3_gateway import REQUIRED, Server, missing_programs, running

ROOT = Path(__file__).parents[1]
if compiled_modules():
    raise pytest.UsageError(
        "tests look into the sources of the parser, and it is compiled: run `make interpreted` first"
    )
settings.register_profile("untimed", deadline=None)  # speed is a matter of `make benchmark`; machines are noisy
settings.load_profile("untimed")
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs tests behind its back ignores it for them


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases that holds 1.0.0 of the five texts."""
    texts, vocabulary = read_raw(ROOT / "raw").texts, default_vocabulary()
    tables = to_tables(assemble([parse_raw(text, vocabulary) for text in texts], vocabulary))
    target = LocalTarget(tmp_path_factory.mktemp("releases"))
    with target.stage() as staging:
        sources = {text.document_id: text.source for text in texts}
        checked = validate(tables, Validator.DUCKDB)
        built = make_release(tables, staging, sources, created=date(2024, 12, 1), checked=checked)
        target.publish(staging, built.version)
    return target.dist


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real S3 server."""
    missing = missing_programs()
    if missing and os.environ.get(REQUIRED):
        pytest.fail(f"the S3 server is not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"no S3 server: {', '.join(missing)} not installed; .ci/run installs Debian's radosgw and ceph-*")
    with running(tmp_path_factory.mktemp("s3")) as server:
        yield server
