"""Why a file is not taken or not kept, in both languages; what is wrong with a file itself, its reader says."""

from __future__ import annotations

from corpus.errors import ShelfError


def too_many(most: int) -> ShelfError:
    """As many files as one reader may have open are there."""
    return ShelfError(
        f"more than {most} files are open", f"at most {most} at once",
        "confirm or discard some of those listed, then add the rest",
        zh=f"待处理的文件已超过{most}个；一次最多{most}个；请先确认或放弃列表中的文件，再添加其余文件。",
    )  # fmt: skip


def no_room() -> ShelfError:
    """Files of all readers together take as much room as there is."""
    return ShelfError(
        "as many files as there is room for are waiting already", "room for one more", "try again in a few minutes",
        zh="正在处理的文件已满，暂时没有余地；请过几分钟再添加。",
    )  # fmt: skip


def lapsed(name: str, minutes: int) -> ShelfError:
    """A file was read, and nobody confirmed it for too long."""
    return ShelfError(
        f"{name} was not confirmed within {minutes} minutes and is no longer kept", "it to be confirmed in that time",
        "add it again",
        zh=f"{name}在{minutes}分钟内没有确认，已不再保留；请重新添加。",
    )  # fmt: skip


def failed(name: str) -> ShelfError:
    """The program itself failed on a file."""
    return ShelfError(
        f"something went wrong with {name}, and it was not added", "a file that is read and added",
        "try again and, if it recurs, tell whoever keeps Rapporteur running",
        zh=f"处理{name}时出错，没有添加；请再试一次，如再次出错，请告知负责维护的人员。",
    )  # fmt: skip


def no_symbol(text: str) -> ShelfError:
    """What was typed is not of the form of a symbol."""
    return ShelfError(
        f"“{text[:80]}” is not the symbol of a document", "a symbol such as CTOC/COP/WG.6/2020/4",
        "copy it from the head of the document",
        zh=f"“{text[:80]}”不是文号；应形如 CTOC/COP/WG.6/2020/4；请照文件首页的文号填写。",
    )  # fmt: skip
