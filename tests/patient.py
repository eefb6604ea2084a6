"""Requests as :mod:`httpx` makes them, which wait as long as a busy machine needs: of itself it waits five seconds."""

from __future__ import annotations

from functools import partial

import httpx

from tests.patience import PATIENCE

request = partial(httpx.request, timeout=PATIENCE)
get = partial(httpx.get, timeout=PATIENCE)
post = partial(httpx.post, timeout=PATIENCE)
put = partial(httpx.put, timeout=PATIENCE)
delete = partial(httpx.delete, timeout=PATIENCE)
options = partial(httpx.options, timeout=PATIENCE)
head = partial(httpx.head, timeout=PATIENCE)
stream = partial(httpx.stream, timeout=PATIENCE)
