"""A real S3 server on the loopback: Ceph's gateway over one monitor and one store in memory, without systemd.

Debian's packages are `radosgw ceph-mon ceph-osd ceph-common`. The server checks credentials and honours conditions.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

import obstore
from obstore.exceptions import GenericError
from obstore.store import S3Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAMS = ("radosgw", "ceph-mon", "ceph-osd", "ceph", "ceph-authtool", "monmaptool", "radosgw-admin")
REQUIRED = "NEWIND_S3_REQUIRED"
KEY, SECRET = "loopback-key", "loopback-secret-not-to-be-shown"

_CONFIGURATION = """\
[global]
fsid = {fsid}
mon initial members = a
mon host = [v2:127.0.0.1:{mon}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
keyring = {folder}/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
mon max pg per osd = 1000
mon allow pool size one = true
mon data avail crit = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 2147483648
run dir = {folder}
log file = {folder}/$name.log
admin socket = {folder}/$name.asok
pid file = {folder}/$name.pid
osd data = {folder}/osd
mon data = {folder}/mon
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw enable quota threads = false
rgw enable lc threads = false
rgw enable gc threads = false
"""


class Server(NamedTuple):
    """Where the server is, and how to be let in."""

    endpoint: str

    def environment(self, **other: str) -> dict[str, str]:
        """Return the variables by which programs reach it."""
        usual = {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "NO_PROXY": "127.0.0.1",
        }
        return {**usual, **other}

    def new_bucket(self) -> str:
        """Create a bucket, and return its address."""
        name = f"b{uuid.uuid4().hex[:12]}"
        root = S3Store(
            "any",
            config={"access_key_id": KEY, "secret_access_key": SECRET, "endpoint": self.endpoint},
            virtual_hosted_style_request=True,  # so that the key stands where the bucket does otherwise
            client_options={"allow_http": True},
        )
        with suppress(GenericError):  # the answer has no ETag, which the client misses
            obstore.put(root, name, b"", use_multipart=False)
        return f"s3://{name}"


def missing_programs() -> list[str]:
    """Return what is not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run the server in a folder until the end."""
    port, mon = _free_port(), _free_port()
    fsid = str(uuid.uuid4())
    configuration = folder / "ceph.conf"
    configuration.write_text(_CONFIGURATION.format(fsid=fsid, folder=folder, port=port, mon=mon))
    for name in ("mon", "osd", "rgw"):
        (folder / name).mkdir()
    _make_keys(folder)
    with ExitStack() as stack:
        _monitor(folder, fsid, mon)
        _start(stack, folder, "ceph-mon", "-i", "a")
        osd = str(uuid.uuid4())
        _run(folder, "ceph", "osd", "new", osd, "0")
        _run(folder, "ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd)
        _run(folder, "ceph", "auth", "import", "-i", f"{folder}/keyring")
        _start(stack, folder, "ceph-osd", "-i", "0", "--osd-uuid", osd)
        _start(stack, folder, "radosgw", "-n", "client.rgw.a")
        keys = ("--access-key", KEY, "--secret-key", SECRET)
        _run(folder, "radosgw-admin", "-n", "client.admin", "user", "create", "--uid=t", "--display-name=t", *keys)
        server = Server(f"http://127.0.0.1:{port}")
        _wait_for(server.endpoint)
        yield server


def _make_keys(folder: Path) -> None:
    everything = ("--cap", "mon", "allow *", "--cap", "osd", "allow *", "--cap", "mgr", "allow *")
    of = {
        "mon.": ("--cap", "mon", "allow *"),
        "client.admin": everything,
        "client.rgw.a": everything,
        "osd.0": ("--cap", "mon", "allow profile osd", "--cap", "osd", "allow *"),
    }
    (folder / "keyring").touch()
    for name, caps in of.items():
        _run(folder, "ceph-authtool", f"{folder}/keyring", "--gen-key", "-n", name, *caps)


def _monitor(folder: Path, fsid: str, port: int) -> None:
    address = f"[v2:127.0.0.1:{port}]"
    _run(folder, "monmaptool", "--create", "--fsid", fsid, "--addv", "a", address, f"{folder}/monmap")
    keyring = f"{folder}/keyring"
    _run(folder, "ceph-mon", "--mkfs", "-i", "a", "--monmap", f"{folder}/monmap", "--keyring", keyring)


def _run(folder: Path, *command: str) -> None:
    environment = {**os.environ, "CEPH_CONF": f"{folder}/ceph.conf"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr}")


def _start(stack: ExitStack, folder: Path, *command: str) -> None:
    log = stack.enter_context((folder / f"{command[0]}.out").open("wb"))
    environment = {**os.environ, "CEPH_CONF": f"{folder}/ceph.conf"}
    process = subprocess.Popen([*command, "-f"], env=environment, stdout=log, stderr=log)
    stack.callback(process.wait)
    stack.callback(process.kill)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(endpoint: str) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with suppress(OSError):
            direct.open(endpoint, timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"{endpoint}: the gateway did not start")
