"""What a text asks of whom, and how strongly, as United Nations texts say it in either language."""

from __future__ import annotations

import pytest

from assistant.alignment.duties import Duty, duties
from corpus.records import Language


def told(text: str, language: Language) -> list[tuple[str, set[str]]]:
    return [(duty.word, set(duty.actors)) for duty in duties(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("各国应建立登记簿。", "zh", [("should", {"states"})]),
        ("会员国应考虑加入。", "zh", [("should consider", {"member states"})]),
        ("敦促缔约国提供数据，并请毒品和犯罪问题办公室予以协助。", "zh",
         [("urge", {"states parties"}), ("request", {"UNODC"})]),
        ("鼓励各国、国际组织和民间社会开展合作。", "zh", [("encourage", {"states", "organizations", "civil society"})]),
        ("呼吁缔约国加强承诺；邀请捐助方提供资源。", "zh", [("call upon", {"states parties"}), ("invite", {"donors"})]),
        # Who is asked stands before, so that it is asked of States to encourage something.
        ("会员国还应鼓励发放许可证。", "zh", [("should", {"member states"})]),
        ("认识到威胁，应鼓励各国制定法律。", "zh", [("encourage", {"states"})]),
        # None of these asks anything of anybody.
        ("工作组注意到应对措施和申请程序，并听取了邀请函的说明。", "zh", []),
        ("States parties should mark firearms.", "en", [("should", {"states parties"})]),
        ("Member States should, where possible, consider joining.", "en", [("should consider", {"member states"})]),
        ("States are urged to report, and UNODC is requested to help.", "en",
         [("urge", {"states"}), ("request", {"UNODC"})]),
        ("Urges States and invites the private sector to cooperate;", "en",
         [("urge", {"states"}), ("invite", {"private sector"})]),
        ("The Conference of the Parties requests UNODC to report.", "en", [("request", {"UNODC"})]),
        ("The application was read, and tracing requests from States were dealt with.", "en", []),
        ("A State party shall keep records.", "en", [("must", {"states parties"})]),
        ("", "en", []),
    ],
)  # fmt: skip
def test_what_is_asked_of_whom(text: str, language: Language, expected: list[tuple[str, set[str]]]) -> None:
    assert told(text, language) == expected


def test_the_spans_are_of_the_words() -> None:
    text = "Considering the threat, States parties should mark firearms, and UNODC is requested to help."
    first, second = duties(text, "en")

    def words(duty: Duty) -> list[str]:
        return [text[slice(*span)] for span in (duty.named, duty.asking, duty.asked) if span]

    assert words(first) == ["States parties", "should", " mark firearms, and UNODC"]
    assert words(second) == ["UNODC", "is requested", " to help"]


@pytest.mark.parametrize(
    ("weaker", "stronger", "language"),
    [
        ("各国应考虑加入。", "各国应加入。", "zh"),
        ("鼓励各国加入。", "促请各国加入。", "zh"),
        ("邀请各国考虑加入。", "邀请各国加入。", "zh"),
        ("各国应加入。", "各国必须加入。", "zh"),
        ("States should consider joining.", "States should join.", "en"),
        ("States are encouraged to join.", "States are urged to join.", "en"),
        ("Calls upon States to join;", "Urges States to join;", "en"),
        ("States should join.", "States shall join.", "en"),
    ],
)
def test_what_is_stronger(weaker: str, stronger: str, language: Language) -> None:
    (less,), (more,) = duties(weaker, language), duties(stronger, language)
    assert less.strength < more.strength


@pytest.mark.parametrize("text", ["应" * 3000, "请各国" * 999, "States should " * 999, "\ud800应\u200b当", "。" * 2000])
def test_no_text_takes_long_or_breaks_it(text: str) -> None:
    assert len(duties(text, "zh")) <= len(text)
    assert len(duties(text, "en")) <= len(text)
