"""Programs log in with each request, by HTTP Basic authentication."""

from __future__ import annotations

import httpx
import pytest
from httpx_sse import EventSource

from tests import patient
from tests.patience import PATIENCE
from tests.web.accounts.people import PASSWORDS, Clock
from tests.web.conftest import Site
from web.accounts.throttle import WITHIN_S
from web.strings import strings

EN = strings("en").login


@pytest.mark.usefixtures("client")
def test_programs_send_name_and_password_with_each_request(running: Site, clock: Clock) -> None:
    with httpx.Client(base_url=running.url, auth=("Anna", PASSWORDS["anna"]), timeout=PATIENCE) as program:
        listed = program.get("/gradio_api/info")
        assert listed.status_code == 200
        event = program.post("/gradio_api/call/v2/ask", json={"question": "销毁"}).json()["event_id"]
        with program.stream("GET", f"/gradio_api/call/ask/{event}") as stream:
            (last,) = [each for each in EventSource(stream).iter_sse() if each.event != "heartbeat"]
        assert last.event == "complete"
        # More requests than there may be failures, each of them right.
        assert [program.get("/config").status_code for _ in range(8)] == [200] * 8
    wrong = [patient.get(f"{running.url}/config", auth=("anna", "wrong")) for _ in range(6)]
    assert [each.status_code for each in wrong] == [401] * 5 + [429]
    assert wrong[0].json()["detail"] == EN.wrong
    assert wrong[5].headers["retry-after"] == "300"
    # Who is known already goes on.
    assert patient.get(f"{running.url}/config", auth=("anna", PASSWORDS["anna"])).status_code == 200
    clock.passes(WITHIN_S)


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !", "Basic YW5uYQ==", "Bearer x", "Basic //79", "basic " + "A" * 9000]
)
def test_a_header_of_another_form_is_no_login(client: httpx.Client, header: str) -> None:
    assert client.get("/config", headers={"authorization": header}).status_code == 401
