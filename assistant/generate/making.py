"""LangChain's model for the settings there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from math import ceil
from typing import Any, Final

from assistant.generate.connecting import Until, http_client, unused_client
from assistant.generate.prompts import Prompt
from assistant.generate.settings import KEY, OPENAI_URL, Settings
from corpus.errors import LanguageModelError

# How providers say why an answer ends, and that it ends for want of room; without any it was cut off.
_REASONS: Final = ("finish_reason", "done_reason", "stop_reason")
_ROOM: Final = frozenset({"length", "max_tokens"})


@dataclass(frozen=True)
class Made:
    """LangChain's model with the connection that it uses, where that is ours."""

    chat: Any
    settings: Settings
    connection: Any = None

    def stream(self, prompt: Prompt, form: dict[str, Any] | None) -> Iterator[Any]:
        messages = [("system", prompt[0]), ("human", prompt[1])]
        extra: dict[str, Any] = {}
        if form:
            extra["response_format"] = form
        if self.settings.base_url:
            # Not all servers know max_completion_tokens, which LangChain makes of max_tokens.
            extra["max_tokens"] = self.settings.limits.answer_tokens
        options = {"extra_body": extra} if extra and self.settings.provider == "openai" else {}
        return iter(self.chat.stream(messages, **options))

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()


def _bounds(provider: type[Any], until: Until) -> dict[str, Any]:
    """What keeps a provider's own client within the time and the tries of a call, as far as it can be told them.

    Whoever waits for it is within them in any case; but a client left to itself goes on asking in its thread.
    """
    known = {name for field, of in provider.model_fields.items() for name in (field, of.alias)}
    # Whole seconds are all that some of them take.
    return {name: value for name, value in (("max_retries", 0), ("timeout", ceil(until.left_s) or 1)) if name in known}


def finished(said: Mapping[str, Any]) -> bool:
    """Whether what came with a piece of an answer says that this was its end, and that it came to it by itself."""
    reasons = [said[name] for name in _REASONS if said.get(name)]
    return bool(reasons) and _ROOM.isdisjoint(map(str, reasons))


def made(settings: Settings, until: Until, plain: bool = False) -> Made:
    """The model of some settings, for one call.

    Args:
        settings: which, and where.
        until: how long the call may take.
        plain: whether its server refused to be asked for more than text; some models take no temperature either.

    Raises:
        LanguageModelError: the provider is not known, lacks what it needs, or its package is not installed.
    """
    # Loaded only where a model is configured.
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {} if plain else {"temperature": 0}
    connection = None
    if settings.provider == "openai":
        connection = http_client(settings, until)
        options |= {
            "base_url": settings.base_url or OPENAI_URL,
            # The client wants one even for a server that asks for none.
            "api_key": settings.key or "none",
            "http_client": connection,
            # It is never used, but LangChain would read all certificates for one of its own.
            "http_async_client": unused_client(),
            "http_socket_options": (),
            "timeout": connection.timeout,
            "max_retries": 0,
            "use_responses_api": False,
            "stream_usage": False,
        }
        if not settings.base_url:
            options["max_tokens"] = settings.limits.answer_tokens
    else:
        options |= {"base_url": settings.base_url} if settings.base_url else {}
        options |= {"api_key": settings.key} if settings.key else {}
    try:
        if settings.provider == "ollama":
            # Without it LangChain takes the class that langchain-community has given up, where that is installed.
            import_module("langchain_ollama")
        chat = init_chat_model(settings.model, **options)
        if connection is None and (bounds := _bounds(type(chat), until)):
            chat = init_chat_model(settings.model, **(options | bounds))
        return Made(chat, settings, connection)
    except ImportError as error:
        # LangChain's own error, or what it was raised from, has the module's name.
        module = getattr(error.__cause__ or error, "name", None) or f"langchain_{settings.provider}"
        package = module.partition(".")[0].replace("_", "-")
        raise LanguageModelError(
            f"the provider {settings.provider} without its package",
            f"the package {package}",
            f"pip install {package}, or use openai: with the address of its server (docs/language-model.md)",
        ) from None
    except Exception as error:
        raise LanguageModelError(
            f"a language model {settings.model!r:.80} that cannot be set up ({type(error).__name__})",
            "a provider that LangChain knows, with what it needs",
            f"correct the name, or set {KEY} or the provider's own variable (docs/language-model.md)",
        ) from None
