"""A Ray cluster to encode on: reached in seconds, or one line that says why not."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import ClusterError
from embeddings.model import MODEL_VARIABLE
from embeddings.precision import PRECISION_VARIABLE, asked_precision

#: The address that stands for a cluster of this machine alone, started and ended with the work.
LOCAL = "local"
_SECONDS = 5.0
_ROOT = Path(__file__).parents[2]
# What the workers import of this program.
_PACKAGES = ("corpus", "embeddings")
# RFC 9113, 3.4: what a client of HTTP/2 opens with, and what the server answers with first, a frame of settings.
_PREFACE, _SETTINGS = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00", 4


@contextmanager
def cluster(address: str, processors: int | None = None) -> Iterator[None]:
    """A connection to a cluster, for as long as one works on it.

    Args:
        address: ``host:port`` of its head, ``ray://host:port`` of its door for outsiders, or ``local``.
        processors: of a local one, how many it has; all of this machine's where None.

    Raises:
        ClusterError: Ray is not installed, or no cluster answers there.
    """
    try:
        import ray
    except ImportError as error:
        raise ClusterError(
            "Ray is not installed", "the package that speaks to a Ray cluster",
            "pip install -r requirements-scale.txt, or leave --ray out",
            zh="未安装 Ray；应安装与 Ray 集群通信的软件包；请运行 pip install -r requirements-scale.txt，"
            "或不使用 --ray",
        ) from error  # fmt: skip
    if address != LOCAL:
        _knock(address)
    # Workers compute as this process does, so that their vectors are of its model, and with a processor each.
    alike = {name: os.environ[name] for name in (MODEL_VARIABLE,) if name in os.environ}
    runtime = {
        "env_vars": {**alike, PRECISION_VARIABLE: asked_precision(), "OMP_NUM_THREADS": "1"},
        "py_modules": [str(_ROOT / package) for package in _PACKAGES],
    }
    own = {"num_cpus": processors, "include_dashboard": False} if address == LOCAL else {"address": address}
    try:
        ray.init(runtime_env=runtime, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, RuntimeError, ValueError, TimeoutError, OSError) as error:
        raise _unreachable(address, f"refuses ({' '.join(str(error).split())[:120]})") from error
    try:
        yield
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Looks whether a server answers there at all: Ray itself tries for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS) as door:
            door.sendall(_PREFACE)
            answer = b""
            while len(answer) < 4 and (more := door.recv(9)):
                answer += more
    except ValueError:
        raise _unreachable(address, "is no address") from None
    except OSError as error:
        raise _unreachable(address, "does not answer") from error
    if answer[3:4] != bytes([_SETTINGS]):
        raise _unreachable(address, "is none of Ray's")


def _unreachable(address: str, what: str) -> ClusterError:
    return ClusterError(
        f"the Ray cluster at {address} {what}", f"the head of a cluster, host:port, that answers within {_SECONDS:g} s",
        "start it with ray start --head, correct the address, or leave --ray out",
        zh=f"无法使用位于 {address} 的 Ray 集群；应为在 {_SECONDS:g} 秒内响应的集群主节点（主机:端口）；"
        "请用 ray start --head 启动集群、更正地址，或不使用 --ray",
    )  # fmt: skip
