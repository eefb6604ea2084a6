"""``make pictures``: the pictures of the documentation, taken of the application as it is over the user's library."""

from __future__ import annotations

import asyncio
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from assistant import Assistant  # noqa: E402
from web.application import build_application  # noqa: E402
from web.server import PageServer  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
SCREEN, TELEPHONE = (1280, 800), (390, 844)


@dataclass(frozen=True)
class Picture:
    """A picture: its name, the address, the reader's language, the screen, and what is done before it is taken."""

    name: str
    address: str
    language: str = "en"
    size: tuple[int, int] = SCREEN
    scheme: str = "light"
    steps: Callable[[Page], None] = lambda _: None


def ask(question: str, *then: Callable[[Page], None]) -> Callable[[Page], None]:
    """Asks, waits for the answer, and does what comes then."""

    def steps(page: Page) -> None:
        page.fill("#question", question)
        page.press("#question", "Enter")
        page.wait_for_selector(".turn:not(.pending):not(.growing)")
        page.wait_for_load_state("networkidle")
        for step in then:
            step(page)
        page.locator("#question").blur()

    return steps


def both_languages(page: Page) -> None:
    """Shows the cited paragraph in both languages."""
    page.click(".evidence [data-both]")


def open_first(page: Page) -> None:
    """Opens the first citation."""
    page.click(".sentences .mark")
    page.wait_for_selector(".evidence mark")


PICTURES = (
    Picture("ask-en", "/", steps=ask("Which point of the draft resolution mentions cryptocurrencies?", both_languages)),
    Picture("ask-zh", "/", "zh", steps=ask("2012年5月销毁了多少支枪支？")),
    Picture("ask-dark", "/", scheme="dark", steps=ask("How many tracing requests did South Africa report?")),
    Picture("comparison-zh", "/", "zh", steps=ask("报告讨论要点1与主席总结讨论要点1有何不同？")),
    Picture("abstention-en", "/", steps=ask("Who will chair the 2031 meeting?")),
    Picture("telephone-zh", "/", "zh", TELEPHONE, steps=ask("报告讨论要点10怎么说？", open_first)),
    Picture("documents-en", "/documents"),
    Picture("document-zh", "/documents/wg6-2020-report?text=both#dp10", "zh"),
    Picture("glossary-en", "/glossary"),
    Picture("evaluation-en", "/evaluation"),
)


@contextmanager
def serving(assistant: Assistant) -> Iterator[str]:
    """The address of the application for as long as the context lasts."""
    servers: list[PageServer] = []

    async def serve(listener: socket.socket) -> None:
        servers.append(PageServer(build_application(assistant, assistant.library)))
        await servers[0].serve(sockets=[listener])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(serve(listener)), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        servers[0].should_exit = True
        thread.join(10)


def main() -> None:
    """Takes all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    with serving(Assistant.open()) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--headless", "--disable-gpu"]
        )
        for picture in PICTURES:
            width, height = picture.size
            context = browser.new_context(
                locale="zh-CN" if picture.language == "zh" else "en-GB",
                viewport={"width": width, "height": height},
                color_scheme="dark" if picture.scheme == "dark" else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(url + picture.address)
            page.wait_for_load_state("networkidle")
            picture.steps(page)
            page.screenshot(path=FOLDER / f"{picture.name}.png")
            print(FOLDER.name, picture.name, sep="/")
            context.close()


if __name__ == "__main__":
    main()
