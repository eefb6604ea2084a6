"""The encoder with the bundled model, and with two small models whose vectors can be checked by eye."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.bundled import bundled_model_folder
from embeddings.model import BATCH, BATCH_TOKENS, Encoder, batches
from tests.logs import told
from tests.patience import PROCESS

SENTENCE = "缔约国应确保以唯一可识别的方式标记所有枪支及其基本部件，并保存记录。"
SHORT = "States should mark every firearm; records should be kept."

NETWORK = """
import json, sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event in ("socket.connect", "socket.getaddrinfo") else None)
from embeddings.model import Encoder
cheap = not {"torch", "transformers", "sentence_transformers"} & set(sys.modules)
encoder = Encoder.load()
print(json.dumps({"seen": seen, "cheap": cheap, "fingerprint": encoder.fingerprint}))
"""


@pytest.fixture(scope="module", params=["bundled", "sentence-transformers"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """The bundled model as it runs in float32, and its folder as any other's would."""
    return (
        Encoder.load(precision="float32") if request.param == "bundled" else Encoder.load(str(bundled_model_folder()))
    )


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(bundled_model_folder()))


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model without a limit: "north" is (1, 0), "east" is (0, 2), and a text the mean of its words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"north": 0, "east": 1, "?": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.array([[1, 0], [0, 2], [0, 0]], dtype=np.float32)
    folder = tmp_path_factory.mktemp("static")
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(str(folder))
    return folder


def bert_folder(folder: Path) -> Path:
    """An untrained BERT of one layer that reads 16 tokens, saved without prompts: a word a token."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", "passage", ":", "one", "two"]
    tokenizer = Tokenizer(models.WordLevel({name: i for i, name in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    config = BertConfig(
        vocab_size=len(names), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
        max_position_embeddings=16,
    )  # fmt: skip
    parts = folder / "parts"
    BertModel(config).save_pretrained(parts)
    wrapper: Any = PreTrainedTokenizerFast
    wrapper(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=16,
    ).save_pretrained(parts)  # fmt: skip
    SentenceTransformer(modules=[Transformer(str(parts)), Pooling(8)]).save(str(folder / "tiny-e5"))
    return folder / "tiny-e5"


def test_vectors_have_length_one_and_texts_keep_their_order(encoder: Encoder) -> None:
    texts = [SHORT, SENTENCE * 5, "x", SENTENCE] * 10
    passages = encoder.encode_passages(texts)
    assert passages.shape == (40, encoder.dimension) == (40, 384)
    assert passages.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-6)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts[:4]])
    np.testing.assert_allclose(passages[:4], alone, atol=1e-5)
    assert encoder.encode_queries([]).shape == (0, 384)


def test_batches_hold_like_lengths_within_both_limits() -> None:
    lengths = [512] * 5 + [40, 700, 41] * 20 + [BATCH_TOKENS + 1, 1]
    made = batches(lengths)
    assert sorted(at for batch in made for at in batch) == list(range(len(lengths)))
    assert [lengths[at] for batch in made for at in batch] == sorted(lengths, reverse=True)
    for batch, following in zip(made, [*made[1:], []], strict=True):
        padded = len(batch) * lengths[batch[0]]
        assert len(batch) <= BATCH
        assert padded <= BATCH_TOKENS or len(batch) == 1
        # One more would not have fitted.
        assert not following or len(batch) == BATCH or padded + lengths[batch[0]] > BATCH_TOKENS
    assert batches([]) == []


def test_a_question_is_nearest_to_the_passage_that_answers_it_in_the_other_language(encoder: Encoder) -> None:
    (question,) = encoder.encode_queries(["How should firearms be marked?"])
    scores = encoder.encode_passages([SENTENCE, "会议于维也纳举行。", "秘书处感谢捐助方。"]) @ question
    assert scores.argmax() == 0


def test_token_states_are_of_the_text_alone(encoder: Encoder, tokenizer: Any) -> None:
    texts = [SENTENCE, SHORT]
    for encoded in ([encoder.encode_question(text) for text in texts], encoder.encode_units(texts)):
        for text, one in zip(texts, encoded, strict=True):
            # The first token of a text alone is a bare ▁ where a Chinese text follows the prompt's space.
            tokens = [token for token in tokenizer.tokenize(text) if token != "▁"]
            assert one.states.shape == (len(tokens), 384)
            assert one.states.dtype == np.float32
            np.testing.assert_allclose(np.linalg.norm(one.states, axis=1), 1, atol=1e-6)
    assert encoder.encode_units([]) == []
    assert encoder.encode_question("").states.shape == (0, 384)


def test_states_come_with_the_vector_of_the_text_itself(encoder: Encoder) -> None:
    texts = [SHORT, SENTENCE * 5, "x", SENTENCE] * 5
    encoded = encoder.encode_units(texts)
    np.testing.assert_allclose([e.vector for e in encoded], encoder.encode_passages(texts), atol=1e-5)
    np.testing.assert_allclose(encoder.encode_question(SHORT).vector, encoder.encode_queries([SHORT])[0], atol=1e-5)
    alone = [encoder.encode_units([text])[0] for text in texts[:4]]
    for one, together in zip(alone, encoded[:4], strict=True):
        np.testing.assert_allclose(one.states, together.states, atol=1e-5)


def test_the_state_of_a_word_is_nearest_to_its_translation(encoder: Encoder, tokenizer: Any) -> None:
    """A token means what it does in its place: of a Chinese sentence, 枪支 is what "firearm" is nearest to."""
    tokens = [token for token in tokenizer.tokenize(SENTENCE) if token != "▁"]
    asked = encoder.encode_question("firearm").states
    (unit,) = encoder.encode_units([SENTENCE])
    best = (unit.states @ asked.T).max(axis=1).argmax()
    assert tokens[best].strip("▁") in {"枪", "枪支"}


def test_windows_of_a_long_text_cover_it_and_each_is_read_whole(
    encoder: Encoder, tokenizer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    text = "".join(f"第{i}段：{SENTENCE}" for i in range(100)) + "½" * 600
    context = "枪支问题工作组 > 讨论要点\n"
    assert len(tokenizer(text, verbose=False)["input_ids"]) > 2000
    spans = encoder.windows(text, context)
    assert len(spans) > 4
    assert {i for start, end in spans for i in range(start, end)} == set(range(len(text)))
    for start, end in spans:
        assert len(tokenizer("passage: " + context + text[start:end])["input_ids"]) <= encoder.max_tokens == 512
    assert encoder.windows(SENTENCE, context) == ((0, len(SENTENCE)),)
    encoder.encode_passages([context + text[start:end] for start, end in spans])
    assert not told(caplog, "embeddings", "transformers", "sentence_transformers")


def test_a_text_that_is_cut_is_told(encoder: Encoder, caplog: pytest.LogCaptureFixture) -> None:
    encoder.encode_passages([SHORT, SENTENCE * 60])
    (record,) = told(caplog, "embeddings")
    assert record.getMessage().startswith("1 of 2 texts are longer")


def test_a_context_that_leaves_no_room_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ModelError, match="leaves"):
        encoder.windows(SENTENCE, "word " * 600)


def test_the_bundled_model_is_loaded_without_the_network_and_the_module_without_torch() -> None:
    result = subprocess.run(
        [sys.executable, "-c", NETWORK], capture_output=True, text=True, timeout=PROCESS, check=True
    )
    first = json.loads(result.stdout)
    assert first["seen"] == []
    assert first["cheap"]
    assert len(first["fingerprint"]) == 16


def test_a_folder_of_another_kind_of_model_is_an_encoder(static_folder: Path) -> None:
    # Three seconds of loading, which every worker would spend as it collects.
    from embeddings.sentence_model import UNLIMITED

    encoder = Encoder.load(str(static_folder))
    assert (encoder.dimension, encoder.max_tokens) == (2, UNLIMITED)
    expected = [[1, 0], [0, 1], [0.5**0.5, 0.5**0.5]]
    np.testing.assert_allclose(encoder.encode_passages(["north", "east", "north east north"]), expected, atol=1e-6)
    assert encoder.windows("north " * 3000) == ((0, 18000),)
    # Its texts have vectors and, since it gives no states of tokens, no more.
    np.testing.assert_allclose(encoder.encode_question("north").vector, [1, 0], atol=1e-6)
    units = encoder.encode_units(["north", "north east north"])
    np.testing.assert_allclose([unit.vector for unit in units], [expected[0], expected[2]], atol=1e-6)
    assert [unit.states.shape for unit in units] == [(0, 2), (0, 2)]


def test_an_e5_model_without_prompts_has_those_of_its_family_and_another_none(tmp_path: Path) -> None:
    folder = bert_folder(tmp_path)
    named = Encoder.load(str(folder))
    other = Encoder.load(str(folder.rename(tmp_path / "tiny")))
    (ours,), (plain,) = named.encode_queries(["one two"]), other.encode_queries(["query: one two"])
    np.testing.assert_allclose(ours, plain, atol=1e-6)
    assert not np.allclose(ours, other.encode_queries(["one two"])[0], atol=1e-3)
    assert named.fingerprint != other.fingerprint
    text = "one two " * 100
    with pytest.raises(ModelError, match="leaves 12 of 16 tokens"):
        named.windows(text)


def test_the_fingerprint_names_content_and_settings(static_folder: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    first = Encoder.load(str(static_folder)).fingerprint
    assert Encoder.load(str(static_folder)).fingerprint == first
    model = SentenceTransformer(str(static_folder), prompts={"query": "north "})
    model.save(str(tmp_path / "prompted"))
    assert Encoder.load(str(tmp_path / "prompted")).fingerprint != first
    model = SentenceTransformer(str(static_folder))
    next(model.parameters()).data[2, 0] = 0.5
    model.save(str(tmp_path / "trained"))
    assert Encoder.load(str(tmp_path / "trained")).fingerprint != first


@pytest.mark.parametrize("name", ["no/such/folder/here", "{tmp}"])
def test_a_model_that_cannot_be_loaded_is_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be loaded") as caught:
        Encoder.load(name.format(tmp=tmp_path))
    assert "\n" not in str(caught.value)
    assert "RAPPORTEUR_MODEL" in caught.value.remedy
