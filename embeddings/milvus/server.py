"""A connection to a Milvus server that keeps to its time, and whose errors are one line for their reader."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from corpus.errors import VectorServerError
from embeddings.milvus.settings import ADDRESS_VARIABLE, MilvusSettings

_Result = TypeVar("_Result")
# A call that is given less time than this is not tried: it would fail for the time it was given.
_LEAST_SECONDS = 0.05


class Server:
    """A Milvus server as :class:`pymilvus.MilvusClient` reaches it. Safe to use from several threads."""

    def __init__(self, settings: MilvusSettings, client: Any) -> None:
        self.settings, self._client = settings, client

    @classmethod
    def connect(cls, settings: MilvusSettings) -> Server:
        """A connection, made within ``settings.seconds``.

        Raises:
            VectorServerError: pymilvus is not installed, or nothing answers there.
        """
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise VectorServerError(
                f"{ADDRESS_VARIABLE} is set and pymilvus is not installed", "the package that speaks to Milvus",
                "pip install -r requirements-scale.txt",
                zh=f"已设置 {ADDRESS_VARIABLE}，但未安装 pymilvus；应安装与 Milvus 通信的软件包；"
                "请运行 pip install -r requirements-scale.txt",
            ) from error  # fmt: skip
        # It logs every error with its traceback; what there is to say of one is in the error.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        if settings.is_file:
            # Milvus Lite is a server within this process, and logs what it does not know and why it does not start.
            for name in ("grpc._server", "milvus_lite"):
                logging.getLogger(name).setLevel(logging.CRITICAL)
        return cls(
            settings,
            _mapped(lambda: MilvusClient(settings.address, token=settings.token, timeout=settings.seconds), settings),
        )

    def call(self, method: str, /, *arguments: Any, until: float | None = None, **named: Any) -> Any:
        """What a method of the client gives, in the time that one call has, or by ``until`` (of time.monotonic).

        Raises:
            VectorServerError: the server does not answer in time, or refuses.
        """
        seconds = self.settings.seconds
        if until is not None:
            seconds = min(seconds, until - time.monotonic())
            if seconds < _LEAST_SECONDS:
                raise silent(self.settings)
        return self._call(method, seconds, *arguments, **named)

    def read(self, method: str, /, *arguments: Any, **named: Any) -> Any:
        """The same in the time that a part of a question has."""
        return self._call(method, self.settings.reading_seconds, *arguments, **named)

    def write(self, method: str, /, *arguments: Any, **named: Any) -> Any:
        """The same in the time that a batch of a build has."""
        return self._call(method, self.settings.writing_seconds, *arguments, **named)

    def _call(self, method: str, seconds: float, *arguments: Any, **named: Any) -> Any:
        ask = getattr(self._client, method)
        return _mapped(lambda: ask(*arguments, timeout=seconds, **named), self.settings)

    def close(self) -> None:
        """Lets go of the connection."""
        self._client.close()


def silent(settings: MilvusSettings) -> VectorServerError:
    """The error of a server that does not answer in time."""
    return VectorServerError(
        f"the vector server at {settings.name} does not answer",
        f"an answer within {settings.reading_seconds:g} to {settings.seconds:g} seconds",
        f"start it, or correct or unset {ADDRESS_VARIABLE}",
        zh=f"向量服务器 {settings.name} 没有响应；应在 {settings.reading_seconds:g} 至 {settings.seconds:g} 秒内响应；"
        f"请启动该服务器，或更正、取消 {ADDRESS_VARIABLE}",
    )


def _mapped(ask: Callable[[], _Result], settings: MilvusSettings) -> _Result:
    """What is asked for; whatever goes wrong on the way to the server is one line."""
    import grpc
    from pymilvus.exceptions import MilvusException

    try:
        return ask()
    except (grpc.RpcError, OSError) as error:
        raise silent(settings) from error
    except MilvusException as error:
        if _is_silence(error):
            raise silent(settings) from error
        raise _refusal(settings, str(error)) from error
    except (ImportError, RuntimeError, ValueError, TypeError) as error:
        # Milvus Lite is not installed, its file is in use or no such file, or what came back is not Milvus's.
        raise _refusal(settings, str(error)) from error


def _is_silence(error: Any) -> bool:
    said = str(error).lower()
    return any(word in said for word in ("fail connecting", "deadline", "unavailable", "timeout", "timed out"))


def _refusal(settings: MilvusSettings, said: str) -> VectorServerError:
    reason = " ".join(said.split())
    for secret in settings.secrets:
        reason = reason.replace(secret, "…")
    reason = reason[:160]
    return VectorServerError(
        f"the vector server at {settings.name} refuses ({reason})",
        "a Milvus server that serves this library",
        f"see what it says, or unset {ADDRESS_VARIABLE}",
        zh=f"向量服务器 {settings.name} 拒绝了请求（{reason}）；应为可供本文件库使用的 Milvus 服务器；"
        f"请查看其提示，或取消 {ADDRESS_VARIABLE}",
    )
