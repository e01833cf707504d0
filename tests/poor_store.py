"""A poor relation of an S3 server on the loopback: it checks nothing, ignores conditions, may be full or careless."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator


class PoorStore(ThreadingHTTPServer):
    """The server; `careless` names the end of the keys whose bytes it garbles, `room` is how many objects it takes."""

    careless = ""
    room = 1_000_000

    def __init__(self) -> None:
        """Listen on a free port, with nothing stored."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which programs reach it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.server_port}",
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any-secret",
        }


@contextmanager
def poor_store() -> Iterator[PoorStore]:
    """Run the server until the end."""
    with PoorStore() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: PoorStore
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        key = unquote(urlsplit(self.path).path)
        if len(self.server.objects) >= self.server.room:
            self._answer(403, b"<Error><Code>QuotaExceeded</Code></Error>")
            return
        garbled = self.server.careless and key.endswith(self.server.careless)
        self.server.objects[key] = bytes([data[0] ^ 1]) + data[1:] if garbled else data
        self._answer(200, b"")

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query, path = parse_qs(parts.query), unquote(parts.path)
        if "list-type" in query:
            self._answer(200, self._listing(path, query.get("prefix", [""])[0]))
        elif path in self.server.objects:
            self._answer(200, self.server.objects[path])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_DELETE(self) -> None:
        self.server.objects.pop(unquote(urlsplit(self.path).path), None)
        self._answer(204, b"")

    def log_message(self, *_arguments: object) -> None:
        """Keep quiet."""

    def _listing(self, bucket: str, prefix: str) -> bytes:
        start = f"{bucket.rstrip('/')}/"
        keys = [key.removeprefix(start) for key in sorted(self.server.objects) if key.startswith(start + prefix)]
        shown = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified>"
            f"<Size>{len(self.server.objects[start + key])}</Size></Contents>"
            for key in keys
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{shown}</ListBucketResult>".encode()

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"')
        self.send_header("Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
