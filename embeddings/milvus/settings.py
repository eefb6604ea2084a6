"""Where the vectors are served from: what the environment says of a Milvus server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from corpus.errors import VectorServerError

#: Address of a Milvus server, ``http://host:19530``, or a file of Milvus Lite, ``vectors.db``.
ADDRESS_VARIABLE = "RAPPORTEUR_VECTORS"
#: What the server asks for before it answers: ``name:password``, or a token of its own.
TOKEN_VARIABLE = "RAPPORTEUR_VECTORS_TOKEN"
#: ``0``: no index is kept on this machine beside; without it nothing answers while the server does not.
LOCAL_VARIABLE = "RAPPORTEUR_VECTORS_LOCAL"


@dataclass(frozen=True)
class MilvusSettings:
    """A Milvus server, and how long it is waited for.

    ``address`` is its URL, or a path that ends in ``.db``; ``local`` whether an index is kept on this machine too;
    ``seconds`` the longest that a connection or one call takes, ``reading_seconds`` one of the six calls of a question,
    ``opening_seconds`` all that it takes to open what the server holds, ``writing_seconds`` one batch of a build.
    """

    address: str = field(repr=False)
    token: str = field(default="", repr=False)
    local: bool = True
    seconds: float = 4.0
    reading_seconds: float = 1.5
    opening_seconds: float = 8.0
    writing_seconds: float = 60.0

    @property
    def is_file(self) -> bool:
        """Whether it is a file of Milvus Lite, not a server."""
        return "://" not in self.address

    @property
    def name(self) -> str:
        """What the server is called where people read it: never a name, password or token of its address."""
        if self.is_file:
            return self.address
        return urlsplit(self.address).netloc.rpartition("@")[2]

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no message may hold."""
        before = "" if self.is_file else urlsplit(self.address).netloc.rpartition("@")[0]
        return tuple(secret for secret in (self.token, before, before.rpartition(":")[2]) if secret)


def settings_of(environ: Mapping[str, str]) -> MilvusSettings | None:
    """What an environment says; None where vectors are kept on this machine alone.

    Raises:
        VectorServerError: the address or a switch is of no form that is known.
    """
    address = environ.get(ADDRESS_VARIABLE, "").strip()
    if not address:
        return None
    local = environ.get(LOCAL_VARIABLE, "1").strip()
    if local not in ("0", "1"):
        raise VectorServerError(
            f"{LOCAL_VARIABLE} is {local!r}", "0 or 1", f"correct it, or unset {LOCAL_VARIABLE}",
            zh=f"{LOCAL_VARIABLE} 的值为“{local}”；应为 0 或 1；请更正或取消设置",
        )  # fmt: skip
    settings = MilvusSettings(address, environ.get(TOKEN_VARIABLE, "").strip(), local == "1")
    if not _is_address(address):
        raise VectorServerError(
            f"{ADDRESS_VARIABLE} is no address of vectors", "http://host:19530, or a file that ends in .db",
            f"correct it, or unset {ADDRESS_VARIABLE} for the index on this machine",
            zh=f"{ADDRESS_VARIABLE} 不是向量服务器的地址；应为 http://主机:19530，或以 .db 结尾的文件；"
            "请更正，或取消设置以使用本机索引",
        )  # fmt: skip
    return settings


def _is_address(address: str) -> bool:
    if "://" not in address:
        return address.endswith(".db")
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
