"""An address is told without its password, wherever it goes wrong."""

from __future__ import annotations

import pytest

from warehouse.postgres.address import parse
from warehouse.postgres.faults import PublicationError

SECRET = "gEh/eim@1"


@pytest.mark.parametrize(
    ("dsn", "place"),
    [
        (
            f"postgresql://ana:{SECRET.replace('/', '%2F').replace('@', '%40')}@db.example:6000/news",
            "ana@db.example:6000/news",
        ),
        (f"host=db.example user=ana password={SECRET} dbname=news", "ana@db.example:5432/news"),
        ("postgres://db.example/news?user=ana&password=gEh%2Feim%401", "ana@db.example:5432/news"),
    ],
)
def test_only_the_place_is_shown(dsn: str, place: str) -> None:
    address = parse(dsn)
    assert (address.place, str(address), repr(address)) == (place, f"Address({place})", f"Address({place})")
    assert SECRET not in f"{address!r} {[address]}"
    assert address.redacted(f"cannot use {dsn} or {SECRET}").count("***") == 2


@pytest.mark.parametrize(
    "dsn", ["", "nonsense", "postgresql://ana:gEh%zz@h/news", "mysql://ana:geheim@h/news", "host"]
)
def test_what_is_no_address_is_not_repeated(dsn: str) -> None:
    with pytest.raises(PublicationError, match="no PostgreSQL address") as raised:
        parse(dsn)
    assert "geheim" not in str(raised.value)
    assert "gEh" not in str(raised.value)


def test_a_password_of_the_environment_is_a_secret_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert parse("postgresql://ana@h/news").redacted(f"FATAL: {SECRET}") == "FATAL: ***"
