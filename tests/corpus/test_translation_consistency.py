"""What is the same in Chinese is the same in English: within a document and from one document to the next."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import product

import pytest

from corpus.parse.spans import sentence_spans
from corpus.records import Unit
from tests.corpus.translation import Piece

ITEM_2 = "Responsiveness of the Firearms Protocol and national legislation to new and emerging threats related to the"
ITEM_3 = "Investigative and prosecutorial approaches to countering illicit trafficking in firearms and related forms of"
# Bodies, programmes, titles and set phrases, as every unit with the Chinese has them; spaces and capitals aside.
SET_PHRASES = [
    ("枪支问题工作组", "Working Group on Firearms"),
    ("扩大主席团", "extended Bureau"),
    ("缔约方会议主席", "President of the Conference"),
    ("经由默许程序核准", "through a silence procedure"),
    ("监测非法武器流动倡议", "UNODC Monitoring Illicit Arms Flows Initiative"),
    ("非法武器流动调查表", "illicit arms flows questionnaire"),
    ("全球枪支方案", "Global Firearms Programme"),
    ("枪支问题全球方案", "Global Firearms Programme"),
    ("国际小武器", "International Small Arms Control Standards"),
    ("枪支参照表", "INTERPOL) Firearms Reference Table"),
    ("应对犯罪威胁多学科平台", "European Multidisciplinary Platform against Criminal Threats"),
    ("非法武器记录和追查管理系统", "Illicit Arms Records and Tracing Management System"),
    ("非法武器记录及追踪管理系统", "Illicit Arms Records and Tracing Management System"),
    ("拉丁美洲和加勒比国家组", "Group of Latin American and Caribbean States"),
    ("西欧和其他国家组", "Group of Western European and other States"),
    ("非洲国家组", "Group of African States"),
    ("南方共同市场枪支和爆炸物问题工作组", "MERCOSUR Working Group on Firearms and Explosives"),
    ("联合国裁军事务厅", "United Nations Office for Disarmament Affairs"),
    ("所涉新的和正在出现的威胁的应对能力", ITEM_2),
    ("的调查办法和起诉办法", ITEM_3),
    ("减少非法资金和武器流动以实现", "Reducing illicit financial and arms flows to achieve target 16.4"),
    ("从武器转让到枪支贩运", "From arms transfers to firearms trafficking: application of the"),
    ("题为“非法制造和贩运枪支及其零部件和弹药”", "“Illicit manufacturing of and trafficking in firearms, their parts"),
    ("各项议定书的实施”", "“Strengthening the implementation of the United Nations Convention against Transnational"),
    ("的实施工作”", "“Strengthening the implementation of the Protocol against the Illicit Manufacturing of"),
    ("属于合法领域的各个方面", "including all aspects pertaining to the legal sphere"),
    ("技术发展和不断变化的作案手法", "technological developments and changing modi operandi"),
    ("以受害人为中心的综合办法", "comprehensive, victim-centred approach"),
    ("瓦解", "dismantl"),
    ("培训课程中的", "training curriculum"),
]  # fmt: skip


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def test_identical_chinese_sentences_have_identical_english(pieces: list[Piece]) -> None:
    english: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        spans = zip(sentence_spans(piece.zh), sentence_spans(piece.en), strict=True)
        for zh, en in spans:
            english[_tight(piece.zh[zh.start : zh.end])].add(piece.en[en.start : en.end])
    assert {zh: each for zh, each in english.items() if len(each) > 1} == {}


@pytest.mark.parametrize(("chinese", "said"), SET_PHRASES)
def test_a_set_phrase_is_the_same_wherever_it_stands(pieces: list[Piece], chinese: str, said: str) -> None:
    holding = [piece for piece in pieces if chinese in _tight(piece.zh)]
    assert holding
    assert [piece.name for piece in holding if said.lower() not in piece.en.lower()] == []


def test_points_that_hardly_differ_in_chinese_hardly_differ_in_english(
    units: dict[str, Unit], english_units: dict[str, Unit]
) -> None:
    points = {
        document: [unit for unit in units.values() if unit.doc_id == document and unit.kind == "discussion_point"]
        for document in ("wg6-2020-report", "wg6-2020-chair-summary")
    }
    alike = 0
    for one, other in product(*points.values()):
        matcher = SequenceMatcher(None, _tight(one.text), _tight(other.text), autojunk=False)
        if matcher.real_quick_ratio() < 0.9 or matcher.quick_ratio() < 0.9 or matcher.ratio() < 0.9:
            continue
        alike += 1
        english = [_words(english_units[unit.anchor_id].text) for unit in (one, other)]
        assert SequenceMatcher(None, *english, autojunk=False).ratio() > 0.87, (one.anchor_id, other.anchor_id)
    assert alike >= 10
