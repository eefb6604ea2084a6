"""Who said what in made paragraphs of both languages: nobody is given what a text does not say was theirs."""

from __future__ import annotations

import pytest

from assistant.ledger.chinese import chinese
from assistant.ledger.english import english
from assistant.ledger.lists import lists
from assistant.ledger.records import Act
from assistant.ledger.statements import findings
from corpus.parse.spans import sentence_spans
from corpus.records import Language

FR, MX, BR, CL, CU = "state/FR", "state/MX", "state/BR", "state/CL", "state/CU"
NOBODY = "unnamed"

#: What a paragraph records: actor and act, in the order of its sentences, those of one sentence in any.
Recorded = set[tuple[int, str, Act]]


def found(text: str, language: Language) -> Recorded:
    grammar = chinese() if language == "zh" else english()
    sentences = [text[s.start : s.end] for s in sentence_spans(text)]
    return {(f.sentence, f.actor.key, f.act) for f in findings(sentences, grammar, lists(language).listed)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("法国代表发言后，一位发言者指出，该提案应予通过。", {(0, NOBODY, "stated")}),
        ("继法国代表发言之后，有发言者支持该提案。", {(0, NOBODY, "supported")}),
        ("应法国代表的请求，一位发言者解释了该提案。", {(0, NOBODY, "stated")}),
        ("法国代表指出，形势严峻。一位发言者强调，应加强合作。他还支持该提案。",
         {(0, FR, "stated"), (1, NOBODY, "stated"), (2, NOBODY, "supported")}),
        ("法国代表指出，形势严峻。会上强调必须合作。该代表还支持该提案。",
         {(0, FR, "stated"), (1, NOBODY, "stated"), (2, NOBODY, "supported")}),
        ("法国代表介绍了本国经验。一名教授随后讲课。他建议修订议定书。",
         {(0, FR, "presented"), (2, NOBODY, "proposed")}),
        ("一位来自法国的发言者支持该提案。", {(0, NOBODY, "supported")}),
        ("一些国家（包括法国）支持该提案。", {(0, NOBODY, "supported")}),
        ("包括法国和墨西哥在内的一些国家支持该提案。", {(0, NOBODY, "supported")}),
        ("一位发言者指出，法国支持该提案。", {(0, NOBODY, "stated")}),
        ("有人表示，法国代表反对该提案。", {(0, NOBODY, "stated")}),
        ("法国支持的一位发言者指出，应予通过。", set()),
        ("据一位发言者说，法国反对该提案。", {(0, NOBODY, "stated")}),
        ("该提案得到一位发言者的支持。", {(0, NOBODY, "supported")}),
    ],
)  # fmt: skip
def test_in_chinese_a_speaker_who_is_not_named_stays_so(text: str, expected: Recorded) -> None:
    assert found(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("After the representative of France had spoken, a speaker noted that it should be adopted.",
         {(0, NOBODY, "stated")}),
        ("Following the statement by the representative of France, one speaker supported the proposal. He also asked "
         "for more time.", {(0, NOBODY, "supported"), (1, NOBODY, "requested")}),
        ("The representative of France noted the situation. One speaker stressed cooperation. He also supported the "
         "proposal.", {(0, FR, "stated"), (1, NOBODY, "stated"), (2, NOBODY, "supported")}),
        ("The representative of France noted the situation. It was emphasized that cooperation was needed. The "
         "representative also supported the proposal.",
         {(0, FR, "stated"), (1, NOBODY, "stated"), (2, NOBODY, "supported")}),
        ("The representative of France presented its law. A professor then gave a lecture. He recommended amending it.",
         {(0, FR, "presented"), (2, NOBODY, "proposed")}),
        ("While France supported the proposal, one speaker opposed it. He said that it was late.",
         {(0, FR, "supported"), (0, NOBODY, "opposed"), (1, NOBODY, "stated")}),
        ("One speaker from France supported the proposal.", {(0, NOBODY, "supported")}),
        ("Some States, including France and Mexico, supported the proposal.", {(0, NOBODY, "supported")}),
        ("One speaker noted that France supported the proposal.", {(0, NOBODY, "stated")}),
        ("It was recalled that France had proposed an amendment.", {(0, NOBODY, "stated")}),
        ("A speaker supported by France noted that more was needed.", set()),
        ("The delegation of a State that had been named by France said that it was innocent.", set()),
        ("The representative of a State other than France opposed the text.", set()),
        ("According to one speaker, France opposed the proposal.", {(0, NOBODY, "stated")}),
        ("At the request of Brazil, Chile and Mexico, one speaker supported it.", {(0, NOBODY, "supported")}),
        ("The proposal was supported by several speakers.", {(0, NOBODY, "supported")}),
    ],
)  # fmt: skip
def test_in_english_a_speaker_who_is_not_named_stays_so(text: str, expected: Recorded) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("圭亚那代表代表77国集团和中国发言时指出，发展中国家需要技术援助。", "zh",
         {(0, "state/GY", "stated"), (0, "group/G77", "stated")}),
        ("圭亚那代表以 77 国集团和中国的名义发言，支持该决议草案。", "zh",
         {(0, "state/GY", "supported"), (0, "group/G77", "supported")}),
        ("The representative of Guyana, speaking on behalf of the Group of 77 and China, stated that developing "
         "countries needed assistance.", "en", {(0, "state/GY", "stated"), (0, "group/G77", "stated")}),
        ("Speaking on behalf of the European Union, the representative of Germany said that the text was weak.", "en",
         {(0, "state/DE", "stated"), (0, "organisation/EU", "stated")}),
    ],
)  # fmt: skip
def test_china_is_not_the_group_of_77_and_china(text: str, language: Language, expected: Recorded) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("巴西、智利和墨西哥代表支持该提案，古巴代表反对该提案。", "zh",
         {(0, BR, "supported"), (0, CL, "supported"), (0, MX, "supported"), (0, CU, "opposed")}),
        ("The representatives of Brazil and Chile supported, and the representative of Cuba opposed, the proposal.",
         "en", {(0, BR, "supported"), (0, CL, "supported"), (0, CU, "opposed")}),
        ("法国、墨西哥等国代表强调了合作的重要性。", "zh", {(0, FR, "stated"), (0, MX, "stated")}),
        ("The proposal was supported by France and Mexico.", "en", {(0, FR, "supported"), (0, MX, "supported")}),
        ("主席指出，法国代表支持该提案，墨西哥代表反对。", "zh", {(0, "official/chair", "stated")}),
        ("The Chair noted that Mexico supported the draft and Brazil opposed it.", "en",
         {(0, "official/chair", "stated")}),
        ("发展中国家强调了技术援助。", "zh", set()),
    ],
)  # fmt: skip
def test_several_states_in_one_sentence(text: str, language: Language, expected: Recorded) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("法国代表不支持该提案。", "zh", {(0, FR, "opposed")}),
        ("法国代表表示不支持该提案。", "zh", {(0, FR, "opposed")}),
        ("法国代表未提出建议。", "zh", set()),
        ("法国代表表示不反对该提案。", "zh", set()),
        ("没有国家支持该提案。", "zh", set()),
        ("法国代表将支持该提案。", "zh", set()),
        ("The representative of France did not support the proposal.", "en", {(0, FR, "opposed")}),
        ("France had not supported the proposal.", "en", set()),
        ("France could not support the proposal and requested more time.", "en", {(0, FR, "opposed")}),
        ("The representative of France did not make a proposal.", "en", set()),
        ("The representative of France did not oppose the proposal.", "en", set()),
        ("The proposal was not supported by France.", "en", set()),
        ("No speaker supported the proposal.", "en", set()),
        ("Neither France nor Mexico supported the proposal.", "en", set()),
        ("France would support the proposal.", "en", set()),
    ],
)  # fmt: skip
def test_what_was_not_done_is_no_act(text: str, language: Language, expected: Recorded) -> None:
    # "requested more time" behind a refusal is passed over: what goes on from a verb must be sure.
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("法国代表指出，形势严峻。他支持该提案。", "zh", {(0, FR, "stated"), (1, FR, "supported")}),
        ("The representative of France noted the situation. That had been so for years. He supported the proposal.",
         "en", {(0, FR, "stated"), (2, FR, "supported")}),
        ("Brazil and Chile noted the situation. He supported the proposal.", "en",
         {(0, BR, "stated"), (0, CL, "stated"), (1, NOBODY, "supported")}),
        ("史密斯女士（联合王国）说，该决议草案值得支持。", "zh", {(0, "state/GB", "stated")}),
        ("Ms. Smith (United Kingdom) said that the draft deserved support.", "en", {(0, "state/GB", "stated")}),
        ("法国代表强调必须加强合作，支持受害者，鼓励各国加入。", "zh", {(0, FR, "stated")}),
        ("UNODC supported 15 States in drafting laws.", "en", set()),
        ("France was invited to make a statement.", "en", set()),
        ("法国代表提出的建议得到广泛讨论。", "zh", set()),
    ],
)  # fmt: skip
def test_he_and_what_goes_on(text: str, language: Language, expected: Recorded) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("下列签署国派观察员出席了会议：中国和法国。", "zh", {(0, "state/CN", "attended"), (0, FR, "attended")}),
        ("下列国家没有派代表出席会议：法国和墨西哥。", "zh", set()),
        ("The following States were not represented at the meeting: France and Mexico.", "en", set()),
        ("The following States made general statements: Bolivia (Plurinational State of), Mexico and Trinidad and "
         "Tobago.", "en", {(0, "state/BO", "general_statement"), (0, MX, "general_statement"),
                           (0, "state/TT", "general_statement")}),
        ("下列政府间组织派观察员出席了会议：国际刑警组织和湖区枪支中心。", "zh",
         {(0, "organisation/INTERPOL", "attended"), (0, "organisation/湖区枪支中心", "attended")}),
        ("The discussion was led by Ana de la Cruz, Prosecutor, Ministry of Justice (on behalf of the Group of African "
         "States), and Li Wei (China).", "en",
         {(0, "official/Ana de la Cruz", "led"), (0, "group/AFRICA", "led"), (0, "official/Li Wei", "led"),
          (0, "state/CN", "led")}),
    ],
)  # fmt: skip
def test_lists(text: str, language: Language, expected: Recorded) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("法国代表询问了有关方法。该专题讨论嘉宾解释了有关方法。", "zh", {(0, FR, "stated"), (1, NOBODY, "stated")}),
        ("The representative of France asked how it worked. The panellist explained the method.", "en",
         {(0, FR, "stated"), (1, NOBODY, "stated")}),
        ("The representative of France asked how it worked. He answered that it did.", "en",
         {(0, FR, "stated"), (1, NOBODY, "stated")}),
        ("非洲国家组的代表强调追查。该专题讨论嘉宾指出其费用。", "zh",
         {(0, "group/AFRICA", "stated"), (1, "group/AFRICA", "stated")}),
        ("The representative of France stressed marking. He mentioned efforts made in response to threats.", "en",
         {(0, FR, "stated"), (1, FR, "stated")}),
        ("法国代表强调标识。他建议推动作出快速回应。", "zh", {(0, FR, "stated"), (1, FR, "proposed")}),
    ],
)  # fmt: skip
def test_who_answers_is_another_than_who_asked(text: str, language: Language, expected: Recorded) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("如该提案得到法国支持，一位发言者将加入。", "zh", set()),
        ("该提案未得到法国的支持。", "zh", set()),
        ("法国代表对该提案既不支持也不反对。", "zh", set()),
        ("一位发言者指出：法国支持；德国反对。", "zh", {(0, NOBODY, "stated")}),
        ("If the proposal was supported by France, one speaker would join it.", "en", set()),
        ("France supported neither proposal.", "en", set()),
        ("No statement by France was recorded.", "en", set()),
        ("One speaker believed France supported it and Chile opposed it.", "en", {(0, NOBODY, "stated")}),
        ("One speaker listed positions: France supported the text; Germany opposed it.", "en", set()),
        ("The representative of France stressed marking; the representative of Mexico supported tracing.", "en",
         {(0, FR, "stated"), (0, MX, "supported")}),
    ],
)  # fmt: skip
def test_what_is_supposed_denied_or_told_by_another_is_no_act(
    text: str, language: Language, expected: Recorded
) -> None:
    assert found(text, language) == expected
