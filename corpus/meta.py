"""The meta.yaml of a document: read, checked, and turned into a Document. Unknown fields are refused by name."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from corpus.anchors import anchor_kind
from corpus.errors import MetaError
from corpus.records import Act, Bilingual, Document, Kind, Language, StandingNote, SymbolStatus, Version


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Bilingual(_Strict):
    zh: str
    en: str

    def record(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class _Version(_Strict):
    file: str
    official: bool
    source_note: str


class _Standing(_Strict):
    zh: str
    en: str
    rests_on: str
    covers: list[str]
    denies: list[Act] = []


class _Meta(_Strict):
    id: str
    title: _Bilingual
    short_title: _Bilingual
    aliases: list[str] = []
    symbol: str | None
    symbol_status: SymbolStatus
    kind: Kind
    body: _Bilingual
    session: _Bilingual
    dates: _Bilingual
    year: int
    place: _Bilingual
    original_language: str
    versions: dict[Language, _Version] = Field(min_length=1)
    standing: list[_Standing]

    @model_validator(mode="after")
    def _agrees(self) -> _Meta:
        if (self.symbol is None) != (self.symbol_status == "unknown"):
            raise ValueError("symbol_status must be 'unknown' exactly where symbol is null")
        for note in self.standing:
            if anchor_kind(note.rests_on) is None:
                raise ValueError(f"standing rests on {note.rests_on!r}, which is not an anchor")
        return self


def read_meta(path: Path) -> Document:
    """The document a meta.yaml describes.

    Raises:
        MetaError: the file is missing, is not YAML, lacks a field or has one that is unknown, or names another folder.
    """
    name = f"{path.parent.name}/{path.name}"
    remedy = f"mend {name} and run it again; the library is as it was"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise MetaError(f"{name} is missing", "a meta.yaml in every folder of documents", remedy) from error
    except (OSError, UnicodeDecodeError) as error:
        raise MetaError(f"{name} cannot be read as UTF-8 text", "a readable meta.yaml", remedy) from error
    except (yaml.YAMLError, ValueError) as error:
        # PyYAML lets the ValueError of a date that is none (2020-13-45) through.
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise MetaError(f"{name} is not YAML{where}", "the fields that corpus/data/README.md names", remedy) from error
    try:
        meta = _Meta.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise MetaError(f"{name}: {field}: {first['msg']}", "the fields of the other documents", remedy) from error
    if meta.id != path.parent.name:
        raise MetaError(f"{name} has the id {meta.id!r}", f"the name of its folder, {path.parent.name!r}", remedy)
    return Document(
        doc_id=meta.id,
        titles=meta.title.record(),
        short_titles=meta.short_title.record(),
        symbol=meta.symbol,
        symbol_status=meta.symbol_status,
        kind=meta.kind,
        body=meta.body.record(),
        session=meta.session.record(),
        dates=meta.dates.record(),
        place=meta.place.record(),
        year=meta.year,
        original_language=meta.original_language,
        aliases=tuple(meta.aliases),
        versions=tuple(Version(lang, v.file, v.official, v.source_note) for lang, v in sorted(meta.versions.items())),
        standing=tuple(
            StandingNote(Bilingual(s.zh, s.en), s.rests_on, tuple(s.covers), tuple(s.denies)) for s in meta.standing
        ),
    )
