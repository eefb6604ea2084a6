"""Several files added one after the other: one that cannot be added does not keep the others out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import RapporteurError, ShelfError
from corpus.library import Library
from corpus.readers.file import read_file
from corpus.readers.reading import Reading
from corpus.readers.refusals import shown_name
from corpus.records import Language
from corpus.shelf.adding import Added, add_version, foresee
from corpus.shelf.description import Description
from corpus.shelf.fetching import fetch, is_symbol

#: The most files that are added at once.
MOST_FILES = 20

#: What is to be said of a file that was read; None where it is not to be added after all.
Describe = Callable[[Reading, bytes, str], Description | None]


@dataclass(frozen=True)
class Outcome:
    """What came of one file: it was added, or an error says why not, or its reader did not want it."""

    name: str
    added: Added | None = None
    error: RapporteurError | None = None


def sources_of(given: Sequence[str]) -> list[str]:
    """The files that are meant: folders taken whole, and what is no file but may be a symbol as it is.

    Raises:
        ShelfError: something is neither, or they are too many.
    """
    found: list[str] = []
    for each in given:
        path = Path(each)
        if path.is_dir():
            found += sorted(
                str(file)
                for file in path.rglob("*")
                if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        elif path.exists() or is_symbol(each):
            found.append(each)
        else:
            name = shown_name(path.name)
            raise ShelfError(f"there is no file {name}", "a file, a folder or a symbol", "check the path")
    found = list(dict.fromkeys(found))
    if not 0 < len(found) <= MOST_FILES:
        raise ShelfError(
            f"{len(found)} files", f"1 to {MOST_FILES} at once", "add them in parts",
            zh=f"共{len(found)}个文件；一次应为1至{MOST_FILES}个；请分批添加",
        )  # fmt: skip
    return found


def add_each(
    library: Library, sources: Sequence[str], language: Language | None, describe: Describe, owner: str = ""
) -> list[Outcome]:
    """Reads and adds files or symbols in order, for an owner or for all, and says of each what came of it."""
    outcomes, done = [], set()
    for source in sources:
        # A name may hold what misleads whoever reads of it, or cannot even be printed.
        name = shown_name(source) if Path(source).exists() else source
        try:
            name, data = _bytes_of(source, language)
            reading = read_file(data, name, language)
            description = describe(reading, data, name)
            if description is None:
                outcomes.append(Outcome(name))
                continue
            plan = foresee(library, reading, description, data, owner)
            if plan.outcome == "replaced" and (plan.doc_id, plan.language) in done:
                raise _came_twice(plan)
            added = add_version(library, reading, description, data, name, owner)
            done.add((added.doc_id, added.language))
            outcomes.append(Outcome(name, added))
        except RapporteurError as error:
            outcomes.append(Outcome(name, error=error))
    return outcomes


def _came_twice(plan: Added) -> ShelfError:
    return ShelfError(
        f"another file of these is {plan.doc_id} in the same language already", "one file a document and language",
        "add it by itself, as another document or in the place of that version",
        zh=f"本批文件中已有 {plan.doc_id} 同一语文的文本；每份文件每种语文应只有一个文本；"
        "请单独添加，或另作一份文件，或替换该文本",
    )  # fmt: skip


def _bytes_of(source: str, language: Language | None) -> tuple[str, bytes]:
    path = Path(source)
    if not path.exists() and is_symbol(source):
        fetched = fetch(source, language or "en")
        return fetched.name, fetched.data
    name = shown_name(source)
    try:
        return name, path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ShelfError(
            f"{name} cannot be read ({reason})", "a file that can be read", "check the file",
            zh=f"{name} 无法读取；应为可读取的文件；请检查该文件",
        ) from error  # fmt: skip
