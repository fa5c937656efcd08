"""A storage that cannot be used is told of in one line, without what must stay secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.remote.addresses import StoreError, checked, is_address
from warehouse.remote.mirror import Mirror
from warehouse.remote.stores import Store


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_found_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no bucket no-such-bucket-here; make it first"):
        Mirror(Store("s3://no-such-bucket-here/home"), tmp_path).pull()


def test_a_storage_that_is_away_is_told_in_one_line(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(StoreError, match=f"cannot use {bucket}/home") as told:
        Store(f"{bucket}/home").read("x")
    assert "\n" not in str(told.value)


def test_what_the_environment_keeps_secret_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, bucket: str
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush-hush")

    def refuse() -> None:
        raise OSError("signature of\nhush-hush refused")

    with pytest.raises(StoreError, match="signature of … refused"):
        Store(bucket)._told(refuse)


@pytest.mark.parametrize(
    "address", ["s3://key:secret@bucket/home", "az://box/home?sig=secret", "s3://bucket/home#secret"]
)
def test_credentials_in_an_address_are_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(StoreError, match="credentials are set in the environment") as told:
        checked(address)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("address", ["s3:///home", "s3://bucket/../home", "s3://bucket//home", "gs://b/./x"])
def test_an_address_is_a_bucket_and_plain_folders(address: str) -> None:
    with pytest.raises(StoreError, match="write it as"):
        checked(address)


def test_addresses_are_told_from_paths() -> None:
    assert [is_address(text) for text in ("s3://b/x", "gs://b", "az://b/x")] == [True] * 3
    assert [is_address(text) for text in ("s3:/b", "/srv/s3://b", "https://b/x", "data")] == [False] * 4
    assert checked("s3://bucket/home/") == "s3://bucket/home"
