"""Serve a folder on loopback and print the port: python scripts/serve.py FOLDER. Ends by itself after ten minutes."""

from __future__ import annotations

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the demo's own lines are what a reader looks at."""


server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=sys.argv[1]))
print(server.server_port, flush=True)
threading.Timer(600, server.shutdown).start()
server.serve_forever()
