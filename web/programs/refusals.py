"""What a program is told of a call that fits no function; Gradio itself would fail with a trace."""

from __future__ import annotations

from typing import Final

from fastapi import Request
from fastapi.responses import JSONResponse
from gradio.route_utils import FnIndexInferError


async def no_such_function(request: Request, error: Exception) -> JSONResponse:
    """Answers a call to a function that is not there."""
    name = _called(request, error)
    return JSONResponse({"detail": f"there is no function {name}; /gradio_api/info lists those there are"}, 404)


async def wrong_arguments(request: Request, error: Exception) -> JSONResponse:
    """Answers a call that lacks an argument or names one that the function does not take."""
    name = _called(request, error)
    said = str(error).partition(" Please click")[0].rstrip(".")
    return JSONResponse({"detail": f"{said}; /gradio_api/info lists the arguments of {name}"}, 422)


def _called(request: Request, error: Exception) -> str:
    """The name of the function called; raises the error again where none was, as it is then of something else."""
    name = request.path_params.get("api_name")
    if name is None and not request.url.path.endswith("/queue/join"):
        raise error
    return str(name or "of that index")


REFUSALS: Final = {
    KeyError: no_such_function,
    FnIndexInferError: no_such_function,
    TypeError: wrong_arguments,
}
