"""The file of an export: a ZIP of known parts, each with its SHA-256 in a manifest; read without unpacking anything.

Nothing is written under a name that the ZIP gives, and no part is read beyond the size that its manifest says.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import ShelfError

MANIFEST, DOCUMENTS, FEEDBACK, FILES = "manifest.json", "documents.jsonl", "feedback.jsonl", "files/"
FORMAT: Literal["rapporteur-library"] = "rapporteur-library"
FORMAT_VERSION: Literal[1] = 1
#: Bytes of one part, of all of them, and of the manifest; what a part may unpack to as a multiple; and how many parts.
LARGEST_PART, LARGEST_WHOLE, LARGEST_MANIFEST = 512 * 1024 * 1024, 4 * 1024 * 1024 * 1024, 8 * 1024 * 1024
MOST_TIMES, MOST_PARTS = 200, 20_000

_PART = re.compile(r"documents\.jsonl|feedback\.jsonl|files/[0-9a-f]{64}")
_CHUNK = 1024 * 1024


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Strict):
    """The size of a part in bytes, and its SHA-256."""

    bytes: Annotated[int, Field(ge=0, le=LARGEST_PART)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(_Strict):
    """What an export says of itself."""

    format: Literal["rapporteur-library"]
    version: Literal[1]
    made_at: Annotated[str, Field(max_length=40)]
    parts: Annotated[dict[str, Part], Field(max_length=MOST_PARTS)]


def write_package(target: Path, made_at: str, parts: Mapping[str, bytes], files: Iterable[Path]) -> None:
    """Writes an export aside, syncs it to disk and renames it; ``files`` become parts under their own names.

    Raises:
        ShelfError: it cannot be written; a file of that name is as it was.
    """
    aside = target.with_name(f".{target.name}-{os.getpid()}")
    said: dict[str, Part] = {}
    try:
        with aside.open("wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as package:
                for name, data in parts.items():
                    package.writestr(name, data)
                    said[name] = Part(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
                for file in files:
                    data = file.read_bytes()
                    package.writestr(FILES + file.name, data, compress_type=zipfile.ZIP_STORED)
                    said[FILES + file.name] = Part(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
                manifest = Manifest(format=FORMAT, version=FORMAT_VERSION, made_at=made_at, parts=said)
                package.writestr(MANIFEST, manifest.model_dump_json(indent=1))
            raw.flush()
            os.fsync(raw.fileno())
        aside.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        reason = (error.strerror or type(error).__name__).lower()
        raise ShelfError(
            f"{target.name} could not be written ({reason})", "a folder with room that can be written",
            "free some space or choose another folder",
            zh=f"{target.name} 未能写入；应为空间充足且可写的文件夹；请腾出空间或改用其他文件夹",
        ) from error  # fmt: skip


class Package:
    """An export open for reading; every part is checked as it is read."""

    def __init__(self, path: Path) -> None:
        """Opens and checks the directory of the ZIP and its manifest.

        Raises:
            ShelfError: it is no whole export; the message says why.
        """
        self._name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise self._refused("is not there", "不存在") from error
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self._refused("is not a whole ZIP", "不是完整的ZIP文件") from error
        try:
            self.manifest = self._checked()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def files(self) -> list[str]:
        """The SHA-256 of each original file in it."""
        return [name.removeprefix(FILES) for name in self.manifest.parts if name.startswith(FILES)]

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            ShelfError: they are not those that the manifest names.
        """
        part = self.manifest.parts[name]
        data = self._bytes(name, part.bytes)
        if len(data) != part.bytes or hashlib.sha256(data).hexdigest() != part.sha256:
            raise self._altered(name)
        if name.startswith(FILES) and name != FILES + part.sha256:
            raise self._altered(name)
        return data

    def lines(self, name: str) -> list[str]:
        """The lines of a part of text."""
        try:
            return self.read(name).decode("utf-8").split("\n")
        except UnicodeDecodeError as error:
            raise self._altered(name) from error

    def refuse(self, what: str, zh: str) -> ShelfError:
        """The error that says what is wrong with the file."""
        return self._refused(what, zh)

    def _checked(self) -> Manifest:
        entries = self._zip.infolist()
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names) or len(names) > MOST_PARTS + 1:
            raise self._refused("names a part twice, or has too many", "含有重复或过多的部分")
        strange = next((name for name in names if name != MANIFEST and not _PART.fullmatch(name)), None)
        if strange is not None:
            raise self._refused(f"has a part {strange!r:.80}, which no export has", "含有导出文件不应有的部分")
        if MANIFEST not in names:
            raise self._refused("has no manifest", "缺少清单")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise self._refused("is encrypted", "已加密")
        whole = sum(entry.file_size for entry in entries)
        if whole > LARGEST_WHOLE or any(
            entry.file_size > LARGEST_PART or entry.file_size > MOST_TIMES * max(entry.compress_size, 1) + _CHUNK
            for entry in entries
        ):
            raise self._refused("would unpack to far more than a library", "解压后远大于文件库")
        try:
            manifest = Manifest.model_validate(json.loads(self._bytes(MANIFEST, LARGEST_MANIFEST)))
        except (ValidationError, ValueError, RecursionError) as error:
            raise self._refused("has a manifest that this version does not read", "清单无法由本版本读取") from error
        if manifest.parts.keys() != set(names) - {MANIFEST} or not {DOCUMENTS, FEEDBACK} <= manifest.parts.keys():
            raise self._refused("lacks parts that its manifest names, or has others", "各部分与清单不符")
        return manifest

    def _bytes(self, name: str, most: int) -> bytes:
        try:
            with self._zip.open(name) as stream:
                # One more than there may be, so that a part which says less than it unpacks to is found out.
                return stream.read(most + 1)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
            raise self._altered(name) from error

    def _altered(self, name: str) -> ShelfError:
        return self._refused(f"was altered or torn in {name:.80}", "已损坏或被改动")

    def _refused(self, what: str, zh: str) -> ShelfError:
        return ShelfError(
            f"{self._name} {what}", "a file that python -m corpus export wrote", "the library is as it was",
            zh=f"{self._name} {zh}；应为本程序导出的备份文件；文件库未作改动",
        )  # fmt: skip
