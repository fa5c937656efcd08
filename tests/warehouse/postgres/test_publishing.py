"""A publication says what it did, does nothing twice, touches nothing of others, and fails in one line without secrets."""

from __future__ import annotations

import logging
import socket
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg
import pytest
from typer.testing import CliRunner

from assets.cli import app as cli
from assets.cli.errors import CommandError
from tests.doors.servers import PASSWORD, Server
from warehouse.home import open_home
from warehouse.postgres import publish as publishing
from warehouse.postgres import schemas
from warehouse.postgres.address import Address, parse
from warehouse.postgres.faults import PublicationError
from warehouse.postgres.fill import Published
from warehouse.postgres.publish import publish
from warehouse.reader import NotPublishedError

Publish = Callable[..., Published]


def test_the_same_file_is_not_published_twice_unless_forced(published: Publish) -> None:
    first = published()
    assert first.rows["event_mentions"] == 120
    assert published().is_unchanged
    assert published(force=True).rows == first.rows
    assert not published("run-2").is_unchanged


def test_a_schema_of_somebody_else_is_left_alone(server: Server, published: Publish) -> None:
    with server.connect() as con:
        con.execute("CREATE SCHEMA communique_theirs")
        con.execute("CREATE TABLE communique_theirs.precious AS SELECT 1 AS a")
        with pytest.raises(PublicationError, match="was not made by communique"):
            published(schema="communique_theirs")
        with pytest.raises(PublicationError, match="was not made by communique"):
            published(schema="public")
        assert con.execute("SELECT a FROM communique_theirs.precious").fetchall() == [(1,)]
        assert schemas.leftovers(con, "communique_theirs") == []


@pytest.mark.parametrize(
    "name", ["", "Upper", "pg_mine", "a b", 'x"; DROP', "x" * 41, "é", "communique__old_0123456789ab"]
)
def test_a_name_that_cannot_be_a_schema_is_refused(name: str) -> None:
    with pytest.raises(PublicationError, match="cannot be the schema"):
        schemas.check_name(name)


def test_another_schema_of_ours_is_its_own_publication(server: Server, published: Publish) -> None:
    published("run-1")
    published("run-2", schema="communique_test")
    with server.connect() as con:
        assert con.execute("SELECT run_id FROM communique.runs").fetchall() == [("run-1",)]
        assert con.execute("SELECT run_id FROM communique_test.runs").fetchall() == [("run-2",)]


def test_of_two_publications_at_once_the_second_is_told_to_wait(
    published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_LOCK_PATIENCE_SECONDS", 0.3)
    refused: list[str] = []

    def step(name: str) -> None:
        if name == "keys":
            with pytest.raises(PublicationError) as raised:
                published("run-2")
            refused.append(str(raised.value))

    assert not published("run-1", step=step).is_unchanged
    assert len(refused) == 1
    assert "another publication" in refused[0]
    assert not published("run-2").is_unchanged


def test_keys_that_the_data_do_not_allow_are_left_out_and_told(
    server: Server, address: Address, file_of: Callable[[str], Path], tmp_path: Path
) -> None:
    broken = tmp_path / "communique.duckdb"
    broken.write_bytes(file_of("run-1").read_bytes())
    with duckdb.connect(str(broken)) as con:
        con.execute("INSERT INTO places SELECT * FROM places LIMIT 1")
        con.execute("UPDATE participants SET actor_id = 'nobody' WHERE role = 'recipient'")
    done = publish(broken, address)
    told = " ".join(done.notes)
    assert "primary key of places" in told
    assert "reference participants.actor_id to actors.actor_id" in told
    assert "participants.mention_id" not in told
    with server.connect() as con:
        assert con.execute("SELECT count(*) FROM communique.places").fetchone() == (done.rows["places"],)


def test_who_may_not_make_roles_publishes_without_and_is_told(
    server: Server, address: Address, file_of: Callable[[str], Path]
) -> None:
    with server.connect("postgres") as con:
        con.execute("DROP OWNED BY communique_reader; DROP ROLE communique_reader")
        con.execute("ALTER ROLE owner NOCREATEROLE")
        try:
            done = publish(file_of("run-1"), address, schema="communique_norole")
            assert "CREATE ROLE communique_reader NOLOGIN" in " ".join(done.notes)
        finally:
            con.execute("ALTER ROLE owner CREATEROLE")
            con.execute("DROP SCHEMA communique_norole CASCADE")
    assert publish(file_of("run-1"), address).notes == []


def test_who_may_not_make_schemas_is_told(server: Server, file_of: Callable[[str], Path]) -> None:
    with pytest.raises(PublicationError, match="permission denied for database news"):
        publish(file_of("run-1"), parse(server.dsn("reader")), schema="communique_readers")


def test_a_file_of_another_version_is_told_and_nothing_is_left(
    server: Server, address: Address, file_of: Callable[[str], Path], tmp_path: Path
) -> None:
    old = tmp_path / "communique.duckdb"
    old.write_bytes(file_of("run-1").read_bytes())
    with duckdb.connect(str(old)) as con:
        con.execute("ALTER TABLE actor_names DROP COLUMN rule")
    with pytest.raises(PublicationError, match="rerun --from publish"):
        publish(old, address)
    with server.connect() as con:
        assert schemas.leftovers(con, "communique") == []
    with pytest.raises(NotPublishedError):
        publish(tmp_path / "nothing.duckdb", address)


def test_a_lost_connection_is_tried_again_and_a_wrong_password_is_not(
    file_of: Callable[[str], Path], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing.time, "sleep", lambda _: None)
    heard: list[str] = []
    with pytest.raises(PublicationError, match="refused") as raised:
        publish(file_of("run-1"), parse("postgresql://ana:geheim@127.0.0.1:1/x"), step=heard.append)
    assert raised.value.is_transient
    assert len(heard) == 2
    with pytest.raises(PublicationError, match="password authentication failed") as raised:
        publish(file_of("run-1"), parse(server.dsn(password="wrong" + PASSWORD)), step=heard.append)
    assert not raised.value.is_transient
    assert len(heard) == 2


def test_a_connection_that_breaks_halfway_is_made_anew(server: Server, published: Publish) -> None:
    broken: list[str] = []

    def step(name: str) -> None:
        if name == "indexes" and not broken:
            broken.append(name)
            with server.connect("postgres") as con:
                con.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'communique'"
                )

    done = published(step=step)
    assert broken
    assert done.rows["events"] == 60
    with server.connect() as con:
        assert schemas.leftovers(con, "communique") == []


def test_no_password_is_told_by_any_failure(
    file_of: Callable[[str], Path], caplog: pytest.LogCaptureFixture
) -> None:
    """Not by a server that answers with nonsense which quotes it, either."""
    caplog.set_level(logging.DEBUG)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def answer() -> None:
            for _ in range(2):
                con, _ = listening.accept()
                con.recv(8)
                con.sendall(b"EFATAL: no, s3cret/x is wrong\0\0")
                con.close()

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(PublicationError) as raised:
            publish(
                file_of("run-1"),
                parse(f"host=127.0.0.1 port={port} user=a password=s3cret/x dbname=x"),
                attempts=1,
            )
    told = "".join(traceback.format_exception(raised.value)) + caplog.text
    assert "s3cret" not in told


def test_the_command_publishes_and_tells_what_it_did(
    server: Server,
    address: Address,
    file_of: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = open_home(tmp_path / "home")
    home.published.write_bytes(file_of("run-1").read_bytes())
    arguments = ["publish", "--home", str(home.root)]
    done = CliRunner().invoke(cli.app, arguments)
    assert isinstance(done.exception, CommandError)
    assert "COMMUNIQUE_POSTGRES_DSN" in str(done.exception)
    monkeypatch.setenv("COMMUNIQUE_POSTGRES_DSN", server.dsn())
    done = CliRunner().invoke(cli.app, arguments)
    assert done.exit_code == 0, done.exception
    assert "GRANT communique_reader TO" in done.output
    assert PASSWORD not in done.output
    assert "nothing to do" in CliRunner().invoke(cli.app, arguments).output
    wrong = CliRunner().invoke(cli.app, [*arguments, server.dsn(password="geheim")])
    assert isinstance(wrong.exception, CommandError)
    assert (wrong.exception.code, "geheim" in str(wrong.exception)) == (1, False)


def test_readers_may_be_connected_from_before_the_first_publication(
    server: Server, published: Publish
) -> None:
    with server.connect("reader") as con:
        with pytest.raises(psycopg.errors.UndefinedTable):
            con.execute("SELECT * FROM communique.events")
        published()
        with server.connect() as owner:
            owner.execute("GRANT communique_reader TO reader")
        assert con.execute("SELECT count(*) FROM communique.events").fetchone() == (60,)
