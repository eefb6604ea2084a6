"""Gradio loaded without the stubs for editors that it otherwise makes of its components' source, anew each time."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Final

_MODULE: Final = "gradio.component_meta"
_MAKES_STUBS: Final = "create_or_modify_pyi"


def leave_stubs_out() -> None:
    """Has Gradio, which is loaded later, make no stubs: a second of the start, and files beside its own.

    Where Gradio is loaded already, or makes them in another way, nothing is changed.
    """
    if not any(isinstance(each, _Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path, target) if fullname == _MODULE else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        if hasattr(module, _MAKES_STUBS):
            setattr(module, _MAKES_STUBS, lambda *_: None)
