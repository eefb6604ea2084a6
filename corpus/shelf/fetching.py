"""A document of the United Nations by its symbol, from the Official Document System.

Its public scheme is ``https://documents.un.org/api/symbol/access?s=SYMBOL&l=LANG&t=pdf``, which leads by redirects to
the file. A symbol that is not published there answers with an empty body, and what arrives need not be what was asked
for, so that the bytes are looked at.
"""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass

import httpcore
import httpx

from corpus.errors import ShelfError
from corpus.records import Language
from corpus.shelf.connecting import CertificateError, InsideError, Limits, connections, limits_for

#: Names another address to fetch from than that of the United Nations.
ADDRESS_VARIABLE = "RAPPORTEUR_UN_DOCUMENTS"
UN_DOCUMENTS = "https://documents.un.org/api/symbol/access"
#: The largest file that is taken, in bytes; and the most redirects that are followed.
LARGEST, MOST_REDIRECTS = 20 * 1024 * 1024, 5

_SYMBOL = re.compile(r"[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9.()\[\]*-]+)+")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAMES: dict[Language, tuple[str, str]] = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}
# Packed answers would have to be unpacked without knowing how far.
_HEADERS = ((b"user-agent", b"Rapporteur"), (b"accept", b"*/*"), (b"accept-encoding", b"identity"))
_OLD_WORD, _ZIP, _PDF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF-"


@dataclass(frozen=True)
class Patience:
    """How many seconds are waited: for a connection, for the next bytes, and in all."""

    connect: float = 5.0
    read: float = 20.0
    total: float = 60.0


@dataclass(frozen=True)
class Fetched:
    """The bytes of a document, and a file name for them by its symbol."""

    data: bytes
    name: str


def is_symbol(text: str) -> bool:
    """Whether this may be the symbol of a document, such as CTOC/COP/WG.6/2020/4."""
    return bool(_SYMBOL.fullmatch(text))


def fetch(symbol: str, language: Language, address: str | None = None, patience: Patience | None = None) -> Fetched:
    """The file of a document in one language.

    Args:
        symbol: of the document, such as CTOC/COP/WG.6/2020/4.
        language: that it is asked for in.
        address: where it is asked for; ``$RAPPORTEUR_UN_DOCUMENTS``, or the United Nations where None.
        patience: how long it may take.

    Raises:
        ShelfError: there is no network, no such document in that language, or what arrives is none; the message says.
    """
    patience = patience or Patience()
    deadline = time.monotonic() + patience.total
    try:
        url = httpx.URL(address or os.environ.get(ADDRESS_VARIABLE) or UN_DOCUMENTS)
        url = url.copy_merge_params({"s": symbol, "l": language, "t": "pdf"})
        data = _follow(url, symbol, limits_for(url, deadline), patience)
    except InsideError as error:
        raise _refused(symbol, "it leads to an address inside your own network", "转往本地网络内的地址") from error
    except CertificateError as error:
        raise _refused(symbol, "the certificate of the server is not valid", "服务器证书无效") from error
    except httpcore.TimeoutException as error:
        raise _too_slow(symbol) from error
    except (httpcore.RemoteProtocolError, httpcore.ReadError) as error:
        raise _refused(symbol, "the connection broke off", "连接中断") from error
    except (httpcore.NetworkError, httpcore.ProxyError, httpcore.ProtocolError, httpx.InvalidURL, OSError) as error:
        raise ShelfError(
            f"{symbol} could not be fetched: the document system of the United Nations was not reached",
            "a network connection", "check the connection, or download the file and add that",
            zh=f"未能获取 {symbol}：无法连接联合国正式文件系统；应有网络连接；请检查网络，或自行下载文件后添加",
        ) from error  # fmt: skip
    return Fetched(data, f"{re.sub(r'[^A-Za-z0-9.]+', '-', symbol)}-{language}{_ending(data, symbol, language)}")


def _follow(url: httpx.URL, symbol: str, limits: Limits, patience: Patience) -> bytes:
    waits = {"timeout": {"connect": patience.connect, "read": patience.read, "write": patience.read}}
    for _ in range(MOST_REDIRECTS + 1):
        if url.scheme not in ("http", "https"):
            raise _refused(symbol, f"it leads to an address of the kind {url.scheme}:", "转往非网页地址")
        headers = [(b"host", url.netloc), *_HEADERS]
        with (
            connections(url, limits) as pool,
            pool.stream("GET", _plain(url), headers=headers, extensions=waits) as response,
        ):
            told = httpx.Headers(response.headers)
            if response.status in _REDIRECTS and "location" in told:
                url = url.join(told["location"])
                continue
            if response.status != httpx.codes.OK:
                status = response.status
                raise _refused(symbol, f"the server answers with status {status}", f"服务器返回状态{status}")
            return _body(response, told.get("content-length", ""), symbol)
    raise _refused(symbol, f"it is redirected more than {MOST_REDIRECTS} times", f"转接超过{MOST_REDIRECTS}次")


def _plain(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _body(response: httpcore.Response, length: str, symbol: str) -> bytes:
    data = bytearray()
    for chunk in response.iter_stream() if not length.isdigit() or int(length) <= LARGEST else ():
        data += chunk
        if len(data) > LARGEST:
            break
    if len(data) > LARGEST or (length.isdigit() and int(length) > LARGEST):
        limit = LARGEST // 1024 // 1024
        raise ShelfError(
            f"the file of {symbol} is larger than {limit} MB", f"at most {limit} MB", "add the parts that you need",
            zh=f"{symbol} 的文件超过{limit}MB；应不超过{limit}MB；请只添加所需部分",
        )  # fmt: skip
    return bytes(data)


def _ending(data: bytes, symbol: str, language: Language) -> str:
    """What the file is, by its bytes; refused where it is no document."""
    zh, en = _NAMES[language]
    if not data.strip():
        raise ShelfError(
            f"{symbol} is not published in {en}", "the symbol of a published document",
            "check the symbol, or ask for the other language",
            zh=f"{symbol} 没有已发布的{zh}文本；应为已发布文件的文号；请核对文号或改取另一语文",
        )  # fmt: skip
    if _PDF in data[:1024]:
        return ".pdf"
    if data.startswith(_ZIP):
        return ".docx"
    if data.startswith(_OLD_WORD):
        raise ShelfError(
            f"{symbol} is there only as a Word file of the old format (DOC)", "a PDF or DOCX",
            "download it, save it as DOCX and add that",
            zh=f"{symbol} 只有旧版Word文件（DOC）；应为PDF或DOCX；请下载后另存为DOCX再添加",
        )  # fmt: skip
    raise _refused(symbol, "a web page came in the place of the document", "收到的是网页而不是文件")


def _refused(symbol: str, found: str, zh: str) -> ShelfError:
    return ShelfError(
        f"{symbol} could not be fetched: {found}", "a PDF or DOCX", "try again later, or download the file and add it",
        zh=f"未能获取 {symbol}：{zh}；应为PDF或DOCX文件；请稍后重试，或自行下载文件后添加",
    )  # fmt: skip


def _too_slow(symbol: str) -> ShelfError:
    return ShelfError(
        f"{symbol} could not be fetched: the document system of the United Nations is too slow", "the file in a minute",
        "try again later, or download the file and add that",
        zh=f"未能获取 {symbol}：联合国正式文件系统响应过慢；应在一分钟内送达；请稍后重试，或自行下载文件后添加",
    )  # fmt: skip
