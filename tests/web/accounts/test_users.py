"""The file of users: what is wrong with it is one line, and a change of it counts at once."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.logs import told
from tests.patience import PROCESS
from tests.web.accounts.people import cheap, file_of, users_of
from web.__main__ import users as application
from web.accounts.passwords import matches
from web.accounts.users import VARIABLE, User, Users, UsersError, read_users, write_users

ROOT = Path(__file__).parents[3]
KEPT = cheap("nine green bottles")
ENTRY = f"- {{name: anna, role: reader, password: {KEPT!r}}}\n"


def written(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "users.yaml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_what_was_written_is_read_again_and_open_to_its_owner_alone(tmp_path: Path) -> None:
    users = [
        *users_of(),
        User("安娜", "reader", KEPT),
        User("o.b-c@d_2", "librarian", KEPT),
        User("no", "reader", KEPT),
    ]
    path = tmp_path / "users.yaml"
    path.touch(0o644)
    write_users(path, users)
    assert read_users(path) == tuple(users)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no users"),
        ("[]", "has no users"),
        ("anna: reader", "a list of name, role and password"),
        ("- anna", "entry 1"),
        ("- {name: anna", "is no list of users"),
        ("\x00", "is no list of users"),
        (ENTRY * 2, "'anna' twice"),
        (ENTRY.replace("reader", "king"), "entry 1.role"),
        (ENTRY.replace(KEPT, "nine green bottles"), "entry 1.password: no password that"),
        (ENTRY.replace("anna", "Anna"), "entry 1.name"),
        (ENTRY.replace("anna", "-"), "entry 1.name"),
        (ENTRY.replace("role: reader,", ""), "entry 1.role: Field required"),
        (ENTRY.replace("role", "roll: 1, role"), "entry 1.roll"),
        ("[" * 5000, "is no list of users"),
        ("x" * 1_000_001, "more than 1 MB"),
    ],
)
def test_a_file_of_another_form_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsersError) as caught:
        read_users(written(tmp_path, text))
    message = str(caught.value)
    assert said in message
    assert "expected" in message
    assert "\n" not in message
    # Nothing that may be a password is said again, and no folder.
    assert "bottles" not in message
    assert str(tmp_path) not in message


def test_a_file_that_everybody_reads_is_refused(tmp_path: Path) -> None:
    for mode in (0o644, 0o604, 0o602, 0o601):
        with pytest.raises(UsersError, match=f"mode {mode:o}.*chmod 600 users.yaml"):
            read_users(written(tmp_path, ENTRY, mode))
    assert len(read_users(written(tmp_path, ENTRY, 0o640))) == 1


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match=r"is not there.*python -m web users add"):
        read_users(tmp_path / "users.yaml")
    (tmp_path / "users.yaml").mkdir(0o700)
    with pytest.raises(UsersError, match="cannot be read"):
        read_users(tmp_path / "users.yaml")


def test_a_change_counts_at_once_and_a_broken_file_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    users = Users(file_of(tmp_path))
    assert set(users.known) == {"anna", "ben", "lin"}
    file_of(tmp_path, "ben")
    assert set(users.known) == {"ben"}
    written(tmp_path, "broken: [")
    assert set(users.known) == set(users.known) == {"ben"}
    assert [record.message.count("stay") for record in told(caplog, "web")] == [1]
    file_of(tmp_path, "lin")
    assert set(users.known) == {"lin"}


def run(path: Path, *arguments: str, said: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(application, list(arguments), input=said, env={VARIABLE: str(path)})
    error = "" if isinstance(result.exception, SystemExit | None) else str(result.exception)
    return result.exit_code, result.output + error


def test_users_are_added_listed_given_passwords_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "users.yaml"
    assert run(path, "add", "Lin", "--role", "librarian", said="nine green bottles\n") == (0, "added lin (librarian)\n")
    assert run(path, "add", "anna", said="a stapler of horses") == (0, "added anna (reader)\n")
    assert run(path, "list")[1].split() == ["lin", "librarian", "anna", "reader"]
    first = {user.name: user.password for user in read_users(path)}
    assert matches("nine green bottles", first["lin"])
    assert run(path, "password", "LIN", said="ten red bottles\n")[0] == 0
    assert matches("ten red bottles", read_users(path)[0].password)
    assert run(path, "remove", "anna") == (0, "removed anna\n")
    assert [user.name for user in read_users(path)] == ["lin"]
    code, said = run(path, "remove", "lin")
    assert (code, "only user" in said) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said", "message"),
    [
        (("add", "anna"), "nine green bottles", "there is a user anna"),
        (("add", "Anna"), "nine green bottles", "there is a user anna"),
        (("add", "new"), "eleven char", "a password of 11 characters; expected 12"),
        (("add", "new"), "", "a password of 0 characters"),
        (("add", "no/body"), "nine green bottles", "the name 'no/body'"),
        (("remove", "nobody"), "", "there is no user 'nobody'; expected one of: anna, ben, lin"),
        (("password", "nobody"), "nine green bottles", "there is no user"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_file_stays(
    tmp_path: Path, arguments: tuple[str, ...], said: str, message: str
) -> None:
    path = file_of(tmp_path)
    before = path.read_bytes()
    code, output = run(path, *arguments, said=said)
    assert code == 1
    assert message in output
    assert path.read_bytes() == before


def test_exit_codes_and_one_line_without_a_trace(tmp_path: Path) -> None:
    def ended(*arguments: str, named: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "web", "users", *arguments], cwd=ROOT, env={**os.environ, VARIABLE: named},
            input="short", capture_output=True, text=True, timeout=PROCESS, check=False,
        )  # fmt: skip

    for arguments, named, code in (
        (("list",), "", 1),
        (("add", "anna"), str(tmp_path / "users.yaml"), 1),
        (("add", "anna", "--role", "king"), str(tmp_path / "users.yaml"), 2),
    ):
        done = ended(*arguments, named=named)
        assert (done.returncode, done.stdout) == (code, "")
        assert "Traceback" not in done.stderr
        assert code == 2 or (done.stderr.startswith("web: ") and done.stderr.count("\n") == 1)
    assert list(tmp_path.iterdir()) == []
