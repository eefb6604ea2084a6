"""Contradictions: those of the bundled documents, found by hand, and no other; each rule; what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from assistant.disagreements.contradictions import Contradiction, by_anchor, find_contradictions
from corpus.home import BUNDLED_DATA
from corpus.meta import read_meta
from corpus.parse.document import parse_version
from corpus.records import Language, Sentence, Subitem, Unit

DOC_IDS = sorted(path.parent.name for path in BUNDLED_DATA.glob("*/meta.yaml"))
BACKGROUND = "wg6-2014-background"


def bundled(doc_id: str, language: Language) -> tuple[Unit, ...]:
    """The units of one language version of a bundled document."""
    document = read_meta(BUNDLED_DATA / doc_id / "meta.yaml")
    file = next(version.file for version in document.versions if version.language == language)
    return parse_version(document, language, (BUNDLED_DATA / doc_id / file).read_bytes()).units


def made(language: Language, *texts: str) -> list[Unit]:
    """A document of paragraphs, cut into sentences at full stops."""
    units = []
    for number, text in enumerate(texts, 1):
        spans = [m.span() for m in re.finditer(r"\S.*?(?:。|\.(?= [A-Z]|$)|$)", text)]
        sentences = tuple(Sentence(*span) for span in spans)
        units.append(Unit("made", f"p{number}", "paragraph", str(number), (), language, text, number, sentences))
    return units


def notes(language: Language, *texts: str) -> list[str]:
    """The notes on the contradictions of a made document, without their common opening."""
    found = find_contradictions(made(language, *texts))
    return [re.split("：|: ", c.text.get(language))[1].rstrip("。.") for c in found]


def quotes(contradiction: Contradiction) -> list[tuple[str, str]]:
    return [(place.unit.anchor, place.unit.text[place.start : place.end]) for place in contradiction.places]


def test_each_document_has_both_versions() -> None:
    assert len(DOC_IDS) == 5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_background_paper_disagrees_with_itself_three_times(language: Language) -> None:
    courses, dakar, seminar = find_contradictions(bundled(BACKGROUND, language))
    assert (courses.kind, dakar.kind, seminar.kind) == ("date", "count", "date")
    assert [anchor for anchor, _ in quotes(courses)] == ["p37", "p58", "p77"]
    assert courses.text.zh == "文件内部不一致：第37段称2013年，第58段称2013年10月，第77段称2012年10月。"
    assert courses.text.en == (
        "The document disagrees with itself: para. 37 says 2013, para. 58 says October 2013,"
        " para. 77 says October 2012."
    )
    assert [anchor for anchor, _ in quotes(dakar)] == ["p50", "p50"]
    assert dakar.text.zh == "文件内部不一致：第50段称数目为11，所列为12个。"
    assert dakar.text.en == "The document disagrees with itself: para. 50 says 11 but lists 12."
    assert [anchor for anchor, _ in quotes(seminar)] == ["p56", "p57", "p60"]
    assert seminar.text.zh == "文件内部不一致：第56段、第57段称2012年6月，第60段称2012年7月。"
    assert seminar.text.en == (
        "The document disagrees with itself: para. 56 and para. 57 say June 2012, para. 60 says July 2012."
    )


def test_places_hold_the_statements() -> None:
    courses, dakar, seminar = find_contradictions(bundled(BACKGROUND, "en"))
    assert ["October 2013" in text or "October 2012" in text for _, text in quotes(courses)] == [False, True, True]
    said, listed = (text for _, text in quotes(dakar))
    assert said.endswith("representatives of 11 Member States.")
    assert "Benin, Burkina Faso, Chad" in listed
    assert ["June 2012" in text for _, text in quotes(seminar)] == [True, True, False]
    said, listed = (text for _, text in quotes(find_contradictions(bundled(BACKGROUND, "zh"))[1]))
    assert "十一个会员国" in said
    assert "塞内加尔和多哥" in listed


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("doc_id", [doc_id for doc_id in DOC_IDS if doc_id != BACKGROUND])
def test_the_other_documents_do_not(doc_id: str, language: Language) -> None:
    assert find_contradictions(bundled(doc_id, language)) == ()


@pytest.mark.parametrize(
    ("anchor", "language", "said", "wrong"),
    [
        ("p39", "zh", "54 个缔约方", "55 个缔约方"),
        ("p39", "en", "following 54 parties", "following 55 parties"),
        ("p40", "zh", "6 个签署国", "7 个签署国"),
        ("p40", "en", "six signatories", "seven signatories"),
        ("p41", "zh", "、美国和越南", "和越南"),
        ("p41", "en", ", United States of America and Viet Nam", " and Viet Nam"),
    ],
)
def test_the_lists_of_the_report_are_read(anchor: str, language: Language, said: str, wrong: str) -> None:
    unit = next(unit for unit in bundled("wg6-2020-report", language) if unit.anchor == anchor)
    assert said in unit.text
    assert len(find_contradictions(made(language, unit.text.replace(said, wrong)))) == 1


def test_by_anchor_keeps_each_under_all_its_units() -> None:
    found = find_contradictions(bundled(BACKGROUND, "en"))
    kept = by_anchor(found)
    assert set(kept) == {f"{BACKGROUND}#{anchor}" for anchor in ("p37", "p50", "p56", "p57", "p58", "p60", "p77")}
    assert kept[f"{BACKGROUND}#p50"] == (found[1],)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "The following three States made statements: Brazil, Chile, Iran (Islamic Republic of) and Peru.",
            "para. 1 says 3 but lists 4",
        ),
        ("zh", "下列三个国家作了发言：巴西、智利、伊朗伊斯兰共和国和秘鲁。", "第1段称数目为3，所列为4个"),
        ("en", "The meeting was attended by 12 States: Brazil, Chile and Peru.", "para. 1 says 12 but lists 3"),
        ("zh", "出席会议的有12个国家：巴西、智利和秘鲁。", "第1段称数目为12，所列为3个"),
        (
            "en",
            "UNODC held a meeting attended by two Member States. The meeting let experts of Benin, Chad and Mali meet.",
            "para. 1 says 2 but lists 3",
        ),
        (
            "zh",
            "办公室召开了会议，两个会员国的代表出席了会议。这次会议使贝宁、乍得和马里的专家得以交流意见。",
            "第1段称数目为2，所列为3个",
        ),
    ],
)
def test_counts(language: Language, text: str, expected: str) -> None:
    assert notes(language, text) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # It agrees; names of States hold conjunctions.
        ("en", "The following three States made statements: Brazil, Chile and Bosnia and Herzegovina."),
        ("zh", "下列三个国家作了发言：巴西、智利以及波斯尼亚和黑塞哥维那。"),
        ("en", "The following two States took part: Chile and United Kingdom of Great Britain and Northern Ireland."),
        # The list is not all, or the number not exact.
        ("en", "The following 54 States took part, including: Brazil, Chile and Peru."),
        ("zh", "下列54个国家参加了会议，其中包括：巴西、智利和秘鲁。"),
        ("zh", "下列三个国家作了发言：巴西、智利、德国和秘鲁等。"),
        ("en", "More than 20 States made statements, among them the following: Brazil, Chile and Peru."),
        ("en", "The following 10 States spoke, with the exception of two: Brazil, Chile and Peru."),
        # The number counts something else.
        ("en", "Statements were made by three of the 54 parties: Brazil, Chile and Peru."),
        ("zh", "54个缔约方中的下列代表作了发言：巴西、智利和秘鲁。"),
        (
            "en",
            "Three States parties and one signatory made statements under item 2, as follows: Brazil and Peru.",
        ),
        ("en", "The following two States spoke on four items: marking, tracing, storage and the destruction of arms."),
        # Which names there are is not clear.
        ("en", "The following two States spoke: Brazil, represented by its Minister, and Peru."),
        ("en", "The following two agencies took part: Agency for Arms and Ammunition and Customs and Border Office."),
        # Some of those who attended, or States that did not.
        (
            "en",
            "UNODC held a meeting attended by 11 Member States. The meeting enabled experts of Benin and Chad to meet.",
        ),
        (
            "en",
            "UNODC held a meeting attended by two Member States. The meeting discussed arms from Benin, Chad and Mali.",
        ),
        ("zh", "办公室召开了会议，两个会员国的代表出席了会议。这次会议讨论了来自贝宁、乍得和马里的枪支。"),
        # Attended by more than the number, or another event in between.
        (
            "en",
            "A meeting was attended by at least two States. The meeting let experts of Benin, Chad and Mali meet.",
        ),
        (
            "en",
            "A meeting was attended by two Member States. UNODC also held a seminar in Accra."
            " The seminar let experts of Benin, Chad and Mali meet.",
        ),
        ("zh", "两个会员国出席了会议。此后在阿克拉举办了研讨会。这次研讨会使贝宁、乍得和马里的专家得以交流。"),
        (
            "en",
            "A meeting was attended by two Member States. In 2013, a seminar was held."
            " The seminar enabled experts of Benin, Chad and Mali to meet.",
        ),
    ],
)
def test_counts_in_doubt_are_left(language: Language, text: str) -> None:
    assert notes(language, text) == []


def labelled(language: Language, head: str, *items: str) -> Unit:
    text, subitems = head, []
    for label, item in zip("abcdef", items, strict=False):
        text += "\n"
        subitems.append(Subitem(f"({label})", len(text), len(text) + 4 + len(item)))
        text += f"({label}) {item}"
    return Unit("made", "p1", "paragraph", "1", (), language, text, 1, (Sentence(0, len(head)),), tuple(subitems))


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("en", "The Working Group had before it the following three documents:"),
        ("zh", "工作组收到了下列三份文件："),
    ],
)
def test_labelled_lists(language: Language, head: str) -> None:
    assert find_contradictions([labelled(language, head, "one", "two", "three")]) == ()
    (found,) = find_contradictions([labelled(language, head, "one", "two")])
    assert found.text.en == "The document disagrees with itself: para. 1 says 3 but lists 2."


SEMINAR: dict[Language, str] = {
    "en": "In June 2012, a regional seminar on legal harmonization was held in Nairobi.",
    "zh": "2012年6月，在内罗毕举办了法律统一问题区域研讨会。",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The regional seminar on legal harmonization held in Nairobi in July 2012 adopted a road map."),
        ("en", "States spoke at the regional seminar held in Nairobi, Kenya, in July 2012."),
        ("en", "States spoke at the regional seminar on legal harmonization held by UNODC in July 2012."),
        ("zh", "2012年7月在内罗毕举办的法律统一问题区域研讨会通过了路线图。"),
        ("zh", "各国参加了2012年7月在肯尼亚的内罗毕举办的区域研讨会。"),
        ("zh", "各国参加了办公室于2012年7月举办的法律统一问题区域研讨会。"),
    ],
)
def test_two_months_of_one_event(language: Language, text: str) -> None:
    expected = {
        "en": "para. 1 says June 2012, para. 2 says July 2012",
        "zh": "第1段称2012年6月，第2段称2012年7月",
    }
    assert notes(language, SEMINAR[language], text) == [expected[language]]
    assert notes(language, f"{SEMINAR[language]} {text}") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # The same month, or another event: place, level, subject, number, kind.
        ("en", "The regional seminar on legal harmonization held in Nairobi in June 2012 adopted a road map."),
        ("en", "The regional seminar on legal harmonization held in Accra in July 2012 adopted a road map."),
        ("en", "The national seminar on legal harmonization held in Nairobi in July 2012 adopted a road map."),
        ("en", "The regional seminar on the marking of firearms held in Nairobi in July 2012 adopted a road map."),
        ("en", "The second regional seminar on legal harmonization was held in Nairobi in July 2012."),
        ("en", "The regional workshop on legal harmonization held in Nairobi in July 2012 adopted a road map."),
        ("zh", "第二次法律统一问题区域研讨会于2012年7月在内罗毕举办。"),
        ("zh", "2012年7月在阿克拉举办的法律统一问题区域研讨会通过了路线图。"),
        # The next of a series.
        ("en", "The regional seminar on legal harmonization held in Nairobi in June 2013 adopted a road map."),
        ("zh", "2013年6月在内罗毕举办的法律统一问题区域研讨会通过了路线图。"),
        ("en", "A regional seminar was held in Nairobi in July 2012."),
        # The date of something else, of a plan, or of a move.
        ("en", "In July 2012, the report of the regional seminar on legal harmonization held in Nairobi was issued."),
        ("en", "The regional seminar on legal harmonization held in Nairobi was described in July 2012."),
        ("zh", "2012年7月发表了在内罗毕举办的法律统一问题区域研讨会的报告。"),
        ("en", "The regional seminar on legal harmonization will be held in Nairobi in July 2012."),
        ("en", "The regional seminar on legal harmonization was originally to be held in Nairobi in July 2012."),
        ("zh", "法律统一问题区域研讨会原定于2012年7月在内罗毕举办。"),
        ("en", "The regional seminar on legal harmonization was held in Nairobi before July 2012."),
    ],
)
def test_dates_in_doubt_are_left(language: Language, text: str) -> None:
    assert notes(language, SEMINAR[language], text) == []


def test_months_that_a_sentence_gives_together_are_a_series() -> None:
    later = "The regional seminar on legal harmonization held in Nairobi in July 2012 adopted a road map."
    for series in ("Seminars were held in June and July 2012.", "Seminars were held in June 2012 and in July 2012."):
        assert notes("en", SEMINAR["en"], series, later) == []


def test_a_seminar_without_its_subject_may_be_either_of_two() -> None:
    other = "In July 2012, a regional seminar on the marking of firearms was held in Nairobi."
    assert notes("en", SEMINAR["en"], other, "States spoke at the regional seminar held in Nairobi in July 2012.") == []


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            [
                "The training course on tracing was held in Ghana in May 2012 and in La Paz in March 2014.",
                "The training course on tracing was held in Ghana in May 2013 and in La Paz in March 2014.",
            ],
        ),
        (
            "zh",
            [
                "追查枪支培训课程于2012年5月在加纳以及2014年3月在拉巴斯举办。",
                "追查枪支培训课程于2013年5月在加纳以及2014年3月在玻利维亚的拉巴斯举办。",
            ],
        ),
    ],
)
def test_two_years_of_one_event_need_another_date_that_agrees(language: Language, texts: list[str]) -> None:
    assert len(notes(language, *texts)) == 1
    assert notes(language, *(text.replace("2014", f"201{at}") for at, text in enumerate(texts, 4))) == []


@pytest.mark.parametrize(
    ("language", "meeting"),
    [
        (
            "en",
            lambda which, when: f"The{which} meeting of the Working Group on Firearms was held in Vienna in {when}.",
        ),
        ("zh", lambda which, when: f"枪支问题工作组{which}会议于{when}在维也纳举行。"),
    ],
)
def test_a_body_meets_again_unless_the_meeting_has_a_number(
    language: Language, meeting: Callable[[str, str], str]
) -> None:
    which, months = (
        (" seventh", ("May 2012", "July 2012")) if language == "en" else ("第七次", ("2012年5月", "2012年7月"))
    )
    assert len(notes(language, *(meeting(which, when) for when in months))) == 1
    assert notes(language, *(meeting("", when) for when in months)) == []


def test_other_bodies_have_seventh_meetings_too() -> None:
    text = "The seventh meeting of the Working Group on {} was held in Vienna in {}."
    assert notes("en", text.format("Firearms", "May 2012"), text.format("Trafficking in Persons", "July 2012")) == []
