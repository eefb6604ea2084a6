"""Which language model words the answers, where it is asked, and how long and how much it may say."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from corpus.errors import LanguageModelError

PREFIX: Final = "RAPPORTEUR_LLM"
MODEL, BASE_URL, KEY = PREFIX, f"{PREFIX}_BASE_URL", f"{PREFIX}_KEY"
JUDGE, REWRITE, CONTEXT = f"{PREFIX}_JUDGE", f"{PREFIX}_REWRITE", f"{PREFIX}_CONTEXT"
_KNOWN = frozenset({MODEL, BASE_URL, KEY, JUDGE, REWRITE, CONTEXT})

#: The server that the provider ``openai`` stands for where no other is named, and the variable that holds its key.
OPENAI_URL, OPENAI_KEY = "https://api.openai.com/v1", "OPENAI_API_KEY"

# init_chat_model's own form: openai:gpt-5-mini, ollama:qwen3:8b.
_NAMED = re.compile(r"([a-z][a-z0-9_]*):(\S.*)")
_LEAST_CONTEXT, _MOST_CONTEXT = 200, 100_000


@dataclass(frozen=True)
class Limits:
    """How long a model is waited for, how often it is asked again, and how much of it is read.

    ``total_s`` holds for all that one question asks of the model, retries and the judge included; ``backoff_s`` is the
    shortest pause before a second try. After ``failures`` calls that failed one after another, none is made for
    ``rest_s``. ``context_tokens`` of paragraphs are sent, as :func:`assistant.generate.neutral.tokens` counts them; of
    what comes back ``answer_tokens`` are asked for, and ``characters`` and ``sentences`` read.
    """

    connect_s: float = 5.0
    total_s: float = 60.0
    retries: int = 2
    backoff_s: float = 0.5
    failures: int = 5
    rest_s: float = 30.0
    context_tokens: int = 3000
    answer_tokens: int = 2000
    characters: int = 6000
    sentences: int = 12


@dataclass(frozen=True)
class Settings:
    """A language model: its name in ``init_chat_model``'s form, its server, its key, and what it is asked to do.

    ``base_url`` is empty for the provider's own server. ``judge`` has the model itself look at the sentences once
    more, ``rewrite`` has it put the question in other words for a second search.
    """

    model: str
    base_url: str = ""
    key: str = field(default="", repr=False)
    judge: bool = False
    rewrite: bool = False
    limits: Limits = Limits()

    @property
    def provider(self) -> str:
        """What stands before the colon of the model's name."""
        return self.model.partition(":")[0]

    @property
    def local(self) -> bool:
        """Whether the server is on this computer, so that no proxy stands before it."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings | None:
        """What the environment says; None where it names no model.

        With a base URL only :data:`KEY` is ever sent there: a key that is in the environment for a provider's own
        server is nobody else's.

        Raises:
            LanguageModelError: a variable holds what it cannot, or is none that is known.
        """
        given = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
        if unknown := sorted(given.keys() - _KNOWN):
            raise _wrong(f"{unknown[0]} in the environment", f"one of {', '.join(sorted(_KNOWN))}", "correct its name")
        model = given.get(MODEL, "")
        if not model:
            return None
        if not _NAMED.fullmatch(model):
            raise _wrong(
                f"{MODEL}={model!r:.80}",
                "a provider and a model, such as openai:gpt-5-mini or ollama:qwen3:8b",
                "put the provider first; openai stands for every server that speaks its protocol",
            )
        base_url = _checked_url(given.get(BASE_URL, ""))
        key = given.get(KEY, "")
        if not key and not base_url and model.startswith("openai:"):
            key = environment.get(OPENAI_KEY, "").strip()
            if not key:
                raise _wrong(
                    f"{MODEL}={model} without a key",
                    f"the key of the server in {KEY} or {OPENAI_KEY}",
                    f"set it, or name a server that needs none in {BASE_URL}",
                )
        limits = Limits(context_tokens=_tokens(given.get(CONTEXT, "")))
        return cls(model, base_url, key, _switch(given, JUDGE), _switch(given, REWRITE), limits)


def _checked_url(written: str) -> str:
    if not written:
        return ""
    try:
        url = urlsplit(written)
        sound = url.scheme in {"http", "https"} and bool(url.hostname) and (url.port or 1) > 0
    except ValueError:
        sound, url = False, urlsplit("")
    # What stands in an address ends up in logs.
    if not sound or url.username or url.password or url.query or url.fragment:
        raise _wrong(
            f"{BASE_URL} that is no plain address",
            "http:// or https://, a host and a path alone, such as http://127.0.0.1:8080/v1",
            f"put a key into {KEY}",
        )
    return written.rstrip("/")


def _switch(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "")
    if value not in {"", "0", "1"}:
        raise _wrong(f"{name}={value!r:.40}", "1 or 0", "set one of them, or leave it out")
    return value == "1"


def _tokens(written: str) -> int:
    if not written:
        return Limits.context_tokens
    if not re.fullmatch(r"[0-9]{1,6}", written) or not _LEAST_CONTEXT <= int(written) <= _MOST_CONTEXT:
        raise _wrong(
            f"{CONTEXT}={written!r:.40}", f"a number of tokens from {_LEAST_CONTEXT} to {_MOST_CONTEXT:,}",
            "give what the model reads, less what it is to write",
        )  # fmt: skip
    return int(written)


def _wrong(found: str, expected: str, remedy: str) -> LanguageModelError:
    return LanguageModelError(found, expected, f"{remedy} (docs/language-model.md)")
