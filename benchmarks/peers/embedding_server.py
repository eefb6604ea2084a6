"""An embedding service as OpenAI's, over a model folder, for systems that take no model themselves.

    python benchmarks/peers/embedding_server.py MODEL_FOLDER

Listens on 127.0.0.1 at a free port, which it prints. Texts are embedded as they come, by sentence-transformers as it
comes.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from sentence_transformers import SentenceTransformer


def service(folder: str) -> ThreadingHTTPServer:
    """The service, bound and not yet serving."""
    model, lock = SentenceTransformer(folder, device="cpu"), Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Otherwise the system waits for more of each answer before it sends the last of it.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
            with lock:
                vectors = model.encode(texts, show_progress_bar=False).tolist()
            data = [{"object": "embedding", "index": at, "embedding": vector} for at, vector in enumerate(vectors)]
            usage = {"prompt_tokens": 0, "total_tokens": 0}
            body = json.dumps({"object": "list", "data": data, "model": asked["model"], "usage": usage}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


if __name__ == "__main__":
    server = service(sys.argv[1])
    print(server.server_port, flush=True)
    server.serve_forever()
