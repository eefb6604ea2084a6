"""What the environment says of a server, and that nothing of it is loaded or told that need not be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import VectorServerError
from embeddings.milvus.schema import row_key
from embeddings.milvus.settings import ADDRESS_VARIABLE, LOCAL_VARIABLE, TOKEN_VARIABLE, MilvusSettings, settings_of

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("environ", [{}, {ADDRESS_VARIABLE: ""}, {ADDRESS_VARIABLE: "  ", TOKEN_VARIABLE: "x"}])
def test_without_an_address_there_is_no_server(environ: dict[str, str]) -> None:
    assert settings_of(environ) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://milvus:19530", "milvus:19530"),
        ("https://reader:secret@milvus.example.org:443/library", "milvus.example.org:443"),
        ("vectors.db", "vectors.db"),
        ("folder/vectors.db", "folder/vectors.db"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address: str, name: str) -> None:
    settings = settings_of({ADDRESS_VARIABLE: address, TOKEN_VARIABLE: "token-of-mine"})
    assert settings is not None
    assert (settings.address, settings.name, settings.local) == (address, name, True)
    assert "secret" not in repr(settings)
    assert "token-of-mine" not in repr(settings)
    assert "token-of-mine" in settings.secrets


@pytest.mark.parametrize(
    "environ",
    [{ADDRESS_VARIABLE: "milvus:19530"}, {ADDRESS_VARIABLE: "ftp://milvus"}, {ADDRESS_VARIABLE: "http://"},
     {ADDRESS_VARIABLE: "http://milvus:x"}, {ADDRESS_VARIABLE: "a.db", LOCAL_VARIABLE: "no"}],
)  # fmt: skip
def test_what_is_not_understood_is_refused_in_both_languages(environ: dict[str, str]) -> None:
    with pytest.raises(VectorServerError) as caught:
        settings_of(environ)
    assert ADDRESS_VARIABLE in str(caught.value)
    assert "应为" in caught.value.message("zh")


def test_what_a_server_says_is_told_without_secrets() -> None:
    pytest.importorskip("milvus_lite")
    from embeddings.milvus.server import Server

    class Refusing:
        def list_collections(self, timeout: float) -> None:
            raise ValueError(f"root:hunter2 may not, nor token-of-mine, in {timeout} s")

    server = Server(MilvusSettings("http://root:hunter2@milvus:19530", "token-of-mine"), Refusing())
    with pytest.raises(VectorServerError, match="may not") as caught:
        server.call("list_collections")
    for language in ("zh", "en"):
        for secret in ("hunter2", "token-of-mine", "root"):
            assert secret not in caught.value.message(language)


def test_keys_differ_and_what_has_no_room_is_refused() -> None:
    units, sentences = (0, 1, 2**31 - 1), (0, 2**20 - 1)
    places = [(unit, sentence, window) for unit in units for sentence in sentences for window in (0, 9)]
    keys = [row_key(*place) for place in places]
    assert len(set(keys)) == len(places)
    assert max(keys) < 2**63
    for place in ((2**31, 0, 0), (1, 2**20, 0), (1, 0, 2**12), (-1, 0, 0)):
        with pytest.raises(VectorServerError, match="use the local index"):
            row_key(*place)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_neither_milvus_nor_ray_is_loaded_where_none_is_asked_for() -> None:
    loaded = run_python(
        "import sys, assistant, embeddings.__main__, embeddings.opening\n"
        "print(sorted({'pymilvus', 'milvus_lite', 'grpc', 'ray', 'pyarrow'} & sys.modules.keys()))"
    )
    assert (loaded.stdout.strip(), loaded.stderr) == ("[]", "")


def test_without_pymilvus_the_line_says_what_to_install() -> None:
    # A module that is None is one that is not installed.
    said = run_python(
        "import sys; sys.modules['pymilvus'] = None\n"
        "from embeddings.milvus.server import Server\n"
        "from embeddings.milvus.settings import MilvusSettings\n"
        "from corpus.errors import VectorServerError\n"
        "try:\n    Server.connect(MilvusSettings('http://127.0.0.1:1'))\n"
        "except VectorServerError as error:\n    print(error)"
    )
    assert "pip install -r requirements-scale.txt" in said.stdout
    assert said.stderr == ""
