"""What a search is narrowed to: which documents fit, what is said of it, what a browser may send."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from corpus.errors import QuestionError
from corpus.library import Library
from corpus.records import Language
from tests.web.documents import BACKGROUND, DOCUMENTS, FORGED, RESOLUTION
from web.asking.filters import Filters, choices, kind_name
from web.strings import strings

BOTH = (BACKGROUND, RESOLUTION)


@pytest.mark.parametrize(
    ("chosen", "among"),
    [
        ({}, ()),
        # What takes in every document narrows nothing.
        ({"languages": ["en"]}, ()),
        ({"kinds": ["background", "resolution"]}, ()),
        ({"documents": ["wg6-2014-background"]}, ("wg6-2014-background",)),
        ({"documents": ["wg6-2014-background", "gone"]}, ("wg6-2014-background",)),
        ({"kinds": ["resolution"]}, ("cop10-2020-draft-resolution",)),
        ({"years": [2014, 2015]}, ("wg6-2014-background",)),
        # The resolution has no Chinese text.
        ({"languages": ["zh"]}, ("wg6-2014-background",)),
        ({"years": [2014], "kinds": ["background"], "languages": ["en"]}, ("wg6-2014-background",)),
    ],
)
def test_the_documents_that_fit_every_choice_are_asked(chosen: dict[str, Any], among: tuple[str, ...]) -> None:
    filters = Filters.model_validate(chosen)
    assert filters.among(BOTH) == among
    assert filters.empty == (not chosen)


@pytest.mark.parametrize("chosen", [{"years": [1999]}, {"years": [2014], "kinds": ["resolution"]}])
def test_where_no_document_fits_that_is_said_in_both_languages(chosen: dict[str, Any]) -> None:
    with pytest.raises(QuestionError) as raised:
        Filters.model_validate(chosen).among(BOTH)
    assert "widen" in raised.value.message("en")
    assert "放宽" in raised.value.message("zh")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "2014年背景文件；决议草案；2014；2020；中文；英文"),
        ("en", "2014 background paper; Draft resolution; 2014; 2020; Chinese; English"),
    ],
)
def test_the_choices_are_said_in_the_readers_language(language: Language, said: str) -> None:
    filters = Filters(
        documents=("wg6-2014-background", "gone"), kinds=("resolution",), years=(2014, 2020), languages=("zh", "en")
    )
    assert filters.said(DOCUMENTS, strings(language)) == said


def test_what_there_is_to_choose_from_is_what_the_library_holds(made: Library) -> None:
    found = choices(made.documents(), strings("en"))
    assert ("wg6-2014-background", "2014 background paper") in found.documents
    assert dict(found.kinds) == {
        "background": "Background paper", "resolution": "Draft resolution", FORGED.kind: "Other document",
    }  # fmt: skip
    assert found.years == (("2021", "2021"), ("2020", "2020"), ("2014", "2014"))
    assert found.languages == (("zh", "Chinese"), ("en", "English"))
    assert choices([RESOLUTION], strings("zh")).languages == (("en", "英文"),)
    assert choices([], strings("zh")).documents == ()


def test_every_kind_of_the_documents_has_a_name_of_its_own(held: Library) -> None:
    for language in ("zh", "en"):
        words = strings(language)  # type: ignore[arg-type]
        names = [kind_name(document.kind, words) for document in held.documents()]
        assert len(set(names)) == len({document.kind for document in held.documents()})
        assert words.kinds.other not in names


@pytest.mark.parametrize(
    "sent",
    [
        {"documents": "wg6-2014-background"},
        {"documents": ["x" * 201]},
        {"documents": ["x"] * 101},
        {"documents": [1]},
        {"years": ["soon"]},
        {"years": [2014.5]},
        {"languages": ["fr"]},
        {"kinds": None},
        {"authors": ["x"]},
        [],
        "documents",
    ],
)
def test_what_is_no_choice_is_refused(sent: Any) -> None:
    with pytest.raises(ValidationError):
        Filters.model_validate(sent)
