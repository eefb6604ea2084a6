"""Three small documents whose every word can be checked by eye, one of them full of what no page may run or fetch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.anchors import anchor_kind
from corpus.glossary import Term
from corpus.library import Library
from corpus.records import Bilingual, Document, Footnote, Language, StandingNote, Subitem, SymbolStatus, Unit, Version
from corpus.sync import add_document

HOSTILE = (
    '<script>window.hacked=1</script><img src="http://127.0.0.1:9/i.png" onerror="window.hacked=1">'
    '<b style="background:url(http://127.0.0.1:9/b.png)">x</b> ![m](http://127.0.0.1:9/m.png) '
    "${window.hacked=1} `{{value}}` {% raw %} "
    '<a href="javascript:window.hacked=1">y</a></mark></textarea></template>"\'> [1]'
)

NOTE = StandingNote(
    Bilingual(
        "事实以文件日期为准；本文件为秘书处的背景文件，未经谈判。",
        "Facts hold as of the document's date; a Secretariat background paper, not negotiated.",
    ),
    "p1",
    ("*",),
)
DRAFT = StandingNote(
    Bilingual("决议草案；文库中没有其获得通过的记录。", "A draft; nothing in the library records its adoption."),
    "op1",
    ("*",),
)
FORGERY = StandingNote(Bilingual(HOSTILE, HOSTILE), "p1", ("*",))


def _document(
    doc_id: str, kind: str, year: int, title: Bilingual, short: Bilingual, symbol: str | None, status: SymbolStatus,
    note: StandingNote, *versions: Version,
) -> Document:  # fmt: skip
    empty = Bilingual("", "")
    return Document(
        doc_id, title, short, symbol, status, kind, empty, empty, empty, empty, year, "en", (), versions, (note,)
    )


BACKGROUND = _document(
    "wg6-2014-background",
    "background",
    2014,
    Bilingual(
        "秘书处关于毒品和犯罪问题办公室促进《枪支议定书》活动的背景文件",
        "background paper by the Secretariat on activities of the United Nations Office on Drugs and Crime",
    ),
    Bilingual("2014年背景文件", "2014 background paper"),
    "CTOC/COP/WG.6/2014/3",
    "inferred",
    NOTE,
    Version("zh", "zh.txt", True, ""),
    Version("en", "en.txt", False, ""),
)
RESOLUTION = _document(
    "cop10-2020-draft-resolution",
    "resolution",
    2020,
    Bilingual("决议修订草案：加强国际法律框架", "revised draft resolution on strengthening the legal framework"),
    Bilingual("决议修订草案", "revised draft resolution"),
    None,
    "unknown",
    DRAFT,
    Version("en", "en.txt", False, ""),
)
# Its kind is one that the page has no name for.
FORGED = _document(
    "forged",
    "<i>forgery</i>",
    2021,
    Bilingual(HOSTILE, HOSTILE),
    Bilingual(HOSTILE, HOSTILE),
    HOSTILE,
    "inferred",
    FORGERY,
    Version("en", "en.txt", False, ""),
    Version("zh", "zh.txt", True, ""),
)
DOCUMENTS = (BACKGROUND, RESOLUTION, FORGED)


def made_unit(
    document: Document, anchor: str, language: Language, path: tuple[str, ...], text: str, order: int = 0, **more: Any
) -> Unit:
    """A unit with the kind that its anchor says."""
    kind = anchor_kind(anchor) or "paragraph"
    return Unit(document.doc_id, anchor, kind, "1", path, language, text, order, **more)


def _version(
    document: Document, language: Language, *pieces: tuple[str, tuple[str, ...], str, dict[str, Any]]
) -> tuple[Unit, ...]:
    """One language version: units in reading order."""
    return tuple(
        made_unit(document, anchor, language, path, text, order, **more)
        for order, (anchor, path, text, more) in enumerate(pieces)
    )


_PATH_C = ("三、 促进批准和执行《枪支议定书》的活动", "C. 与民间社会的合作")
_PATH_D = ("三、 促进批准和执行《枪支议定书》的活动", "D. 提供技术援助，促进执行《枪支议定书》")
_PATH_D_EN = ("III. Activities to promote the Firearms Protocol", "D. Technical assistance")
_OPERATIVE = ("Operative part",)

UNITS: tuple[Unit, ...] = (
    *_version(
        BACKGROUND, "zh",
        ("p56", _PATH_C, "工作组似宜审议下列事项：(a)标识；(b)保存记录；(c)追查请求。",
         {"subitems": (Subitem("(a)", 12, 18), Subitem("(b)", 18, 26), Subitem("(c)", 26, 34))}),
        ("p57", _PATH_C, "毒品和犯罪问题办公室与来自以下国家的民间组织代表就关系到枪支问题国家法律的具体问题开展合作："
         "阿根廷、玻利维亚、巴西、布基纳法索、智利、毛里塔尼亚、巴拉圭、塞内加尔和乌拉圭。", {}),
        ("p58", _PATH_C, "相关民间组织的代表参加了毒品和犯罪问题办公室于2013年10月在加纳和塞内加尔以及2014年3月"
         "在玻利维亚的拉巴斯举办的调查和起诉贩运枪支培训课程。", {}),
        ("p59", _PATH_D, "在阿根廷于2007年制订的“国家自愿放弃枪支方案”框架内，毒品和犯罪问题办公室于2012年5月参加了"
         "1,045支枪支的销毁工作。阿根廷和巴西的经验得到广泛认可，被其他拉丁美洲国家视为良好做法，其中一些国家请"
         "毒品和犯罪问题办公室提供支持，以便依据本地区其他国家的经验教训，制订类似的国家收缴运动，对于枪支和爆炸物"
         "实施具有成本效益的处置方法。", {}),
        ("p60", _PATH_D, "2012年7月，在布宜诺斯艾利斯举办了法律统一问题区域研讨会，阿根廷和巴西的代表在会上分享了"
         "制订国家枪支收缴和自愿放弃方案的经验。", {"footnotes": (Footnote("3", "见CTOC/COP/2012/CRP.4。", 30),)}),
        ("p61", _PATH_D, "根据全球枪支方案中关于萨赫勒地区的部分内容，毒品和犯罪问题办公室得到日本政府提供的资金，用于"
         "在两个萨赫勒国家开展枪支收缴和销毁工作。", {}),
        *((f"p{n}", _PATH_D, f"（第{n}段的文字。）", {}) for n in range(62, 75)),
    ),
    *_version(
        RESOLUTION, "en",
        ("op13", _OPERATIVE, "Invites States parties to make full use of the tools for tracing;", {}),
        ("op14", _OPERATIVE, "Urges States parties to investigate the use of the darknet and of cryptocurrencies in "
         "trafficking in firearms, and to share what they learn 𠮷 with one another;", {}),
        ("op15", _OPERATIVE, "Requests the Secretariat to report on the implementation of the present resolution.",
         {}),
    ),
    # The working translation, which lacks paragraph 60.
    *_version(
        BACKGROUND, "en",
        ("p58", _PATH_D_EN, "Civil society took part in the training courses.", {}),
        ("p59", _PATH_D_EN, "Within the framework of the national voluntary surrender programme of Argentina, "
         "established in 2007, UNODC took part in the destruction of 1,045 firearms in May 2012. The experience of "
         "Argentina and Brazil is regarded as a good practice by other Latin American States.",
         {"footnotes": (Footnote("2", "See CTOC/COP/2012/CRP.4.", 40),)}),
        ("p61", _PATH_D_EN, "Japan funded the collection of firearms in two Sahelian countries.", {}),
    ),
    *(
        unit
        for code in ("en", "zh")
        for unit in _version(
            FORGED, code,  # type: ignore[arg-type]
            ("p1", (HOSTILE,), f"Before {HOSTILE} after.", {"footnotes": (Footnote(HOSTILE, HOSTILE, 3),)}),
        )
    ),
)  # fmt: skip

TERMS = (
    Term("term", ("枪支议定书",), ("Firearms Protocol",)),
    Term("term", ("打击跨国有组织犯罪公约", "有组织犯罪公约"), ("Organized Crime Convention", "UNTOC")),
    Term("term", ("增材制造", "3D打印"), ("additive manufacturing", "3D-printing")),
    Term("term", ("枪支",), ("firearm", "gun")),
    Term("word", ("主持",), ("chair",)),
    Term("state", ("加纳",), ("Ghana",)),
    Term("term", (HOSTILE,), ("hostile", HOSTILE)),
)


def made_library(folder: Path) -> Library:
    """A real library in a folder, with these documents in it."""
    library = Library.open(folder)
    for document in DOCUMENTS:
        put(library, document)
    return library


def put(library: Library, document: Document, without: tuple[str, ...] = ()) -> None:
    """Puts a document into a library in the languages it says, in place of what was there; ``without`` some anchors."""
    languages = {version.language for version in document.versions}
    units = [unit for unit in UNITS if unit.doc_id == document.doc_id and unit.language in languages]
    add_document(library, document, [unit for unit in units if unit.anchor not in without])
