"""Each error as programs get it: one line in their language, and never what lies behind it."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

import gradio as gr
from pydantic import ValidationError, validate_call

from assistant.question import language_of
from corpus.errors import QuestionError, RapporteurError, UnknownAnchorError, UnknownDocumentError
from corpus.records import LANGUAGES, Bilingual, Language
from web.programs.arguments import FIRST_LANGUAGE, ArgumentError, refusal

logger = logging.getLogger(__name__)

INTERNAL: Final = Bilingual(
    "报告员内部出错，没有得出结果；请稍后再试，如再次出错，请告知负责维护的人员",
    "Internal error of Rapporteur, and no result; try again later and, if it recurs, tell whoever keeps it running",
)
BUSY: Final = Bilingual(
    "等候的请求已满，本次请求没有处理；请稍后再试",
    "As many requests as fit are waiting already, and this one was not taken up; try again shortly",
)

# The other errors are of the installation: their lines name folders of this computer.
_CALLERS_OWN: Final = (ArgumentError, QuestionError, UnknownDocumentError, UnknownAnchorError)


def told(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that checks its arguments and raises nothing but ``gr.Error``, whose message its caller may read."""
    signature = inspect.signature(function)
    parameters = tuple(signature.parameters)
    checked = validate_call(function)

    @wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        try:
            try:
                return checked(*given, **named)
            except ValidationError as error:
                raise refusal(error, parameters) from error
        except Exception as error:
            arguments = dict(zip(parameters, given, strict=False)) | named
            raise gr.Error(line(error, language_among(arguments)), print_exception=False) from None

    return call


def language_among(arguments: Mapping[str, Any]) -> Language:
    """The language of whoever sent these arguments: the one they name, else that of their question."""
    named, question = arguments.get("language"), arguments.get("question")
    if named in LANGUAGES:
        return "zh" if named == "zh" else "en"
    return language_of(question) if isinstance(question, str) and question.strip() else FIRST_LANGUAGE


def line(error: Exception, language: Language) -> str:
    """What a caller is told of an error; where it is none of theirs, the log gets the whole of it."""
    if isinstance(error, RapporteurError) and isinstance(error, _CALLERS_OWN):
        return " ".join(error.message(language).split())
    logger.error("a program's call failed", exc_info=error)
    return INTERNAL.get(language)
