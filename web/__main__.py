"""``python -m web``: what is done about the page at the command line."""

from __future__ import annotations

from corpus.commands import command_line, run
from web.accounts.commands import users_application

application = command_line("web", "The page: who may log in to it. The page itself is served by python app.py.")
users = users_application()
application.add_typer(users, name="users")


@application.callback()
def _group() -> None:
    """The page: who may log in to it. The page itself is served by python app.py."""


if __name__ == "__main__":
    run(application, "web")
