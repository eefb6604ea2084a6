"""A DOCX opened: what it unpacks to is counted while it is read, and no part may declare entities."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.oxml.parser import parse_xml
from lxml import etree

from corpus.readers import refusals
from corpus.readers.forms import check_unpacked

_CHUNK = 1024 * 1024
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# What python-docx and the libraries under it raise for a package that is not as it should be.
_BROKEN = (
    PythonDocxError, etree.LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, AttributeError,
    EOFError, NotImplementedError, OSError, TypeError,
)  # fmt: skip


@dataclass(frozen=True)
class Package:
    """The roots of the parts that reading needs; None where the document lacks the part."""

    body: Any
    styles: Any | None
    numbering: Any | None
    settings: Any | None
    footnotes: Any | None
    endnotes: Any | None
    margins: tuple[Any, ...]
    has_comments: bool


def open_docx(data: bytes, name: str) -> Package:
    """The parts of a DOCX.

    Raises:
        UnpacksTooFarError, UnsafeFileError, DamagedFileError: it is no DOCX that may be read.
    """
    try:
        _check(data, name)
        # python-docx's parser resolves no entities and fetches nothing.
        part = docx.Document(io.BytesIO(data)).part
        related: dict[str, list[Any]] = {}
        for relation in part.rels.values():
            if not relation.is_external:
                kind = relation.reltype.rsplit("/", 1)[-1]
                related.setdefault(kind, []).append(relation.target_part)
        roots = {kind: [_root(p) for p in parts] for kind, parts in related.items() if kind in _READ}
        body = part.element.body
    except _BROKEN as error:
        raise refusals.damaged(name, "DOCX") from error
    if body is None:
        raise refusals.damaged(name, "DOCX")
    first = {kind: roots[kind][0] for kind in roots}
    return Package(
        body=body,
        styles=first.get("styles"),
        numbering=first.get("numbering"),
        settings=first.get("settings"),
        footnotes=first.get("footnotes"),
        endnotes=first.get("endnotes"),
        margins=(*roots.get("header", ()), *roots.get("footer", ())),
        has_comments="comments" in related,
    )


_READ = frozenset({"styles", "numbering", "settings", "footnotes", "endnotes", "header", "footer"})


def _root(part: Any) -> Any:
    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _check(data: bytes, name: str) -> None:
    """Unpacks every part once, a piece at a time: a directory that lies about sizes is found here."""
    unpacked = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.infolist():
            is_markup = entry.filename.endswith((".xml", ".rels"))
            last = b""
            with package.open(entry) as part:
                while piece := part.read(_CHUNK):
                    unpacked += len(piece)
                    check_unpacked(unpacked, len(data), name)
                    # Also in UTF-16, where every other byte is a null.
                    if is_markup and _DECLARES.search((last + piece).replace(b"\x00", b"")):
                        raise refusals.unsafe(name)
                    last = piece[-32:]
