"""A batch's name stands for the same files until somebody says otherwise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import batches
from warehouse.home import Home, HomeError, existing_home, open_home
from warehouse.tables.common import BATCH_PATTERN


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@given(st.text(alphabet=st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), min_size=1))
def test_any_path_gives_a_name_that_is_allowed(path: str) -> None:
    assert re.fullmatch(BATCH_PATTERN, batches.batch_name(f"/inbox/{path}"))


def test_a_folders_name_becomes_the_batchs(tmp_path: Path) -> None:
    assert batches.batch_name(str(tmp_path / "October 2024")) == "October-2024"
    assert batches.batch_name("/data/*.txt") == "txt"


def test_a_name_cannot_silently_come_to_stand_for_other_files(home: Home) -> None:
    batches.register(home, "inbox", ["/a/inbox"], replace=False)
    with pytest.raises(batches.BatchError, match="already stands for /a/inbox"):
        batches.register(home, "inbox", ["/b/inbox"], replace=False)
    batches.register(home, "inbox", ["/b/inbox"], replace=True)
    registered = batches.read(home, "inbox")
    assert registered is not None
    assert registered.paths == ("/b/inbox",)


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "é", "a" * 101, "a\n"])
def test_a_name_that_could_leave_its_folder_is_refused(home: Home, name: str) -> None:
    with pytest.raises(batches.BatchError, match="cannot name a batch"):
        batches.register(home, name, ["/a"], replace=True)


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="is a file"):
        open_home(tmp_path / "file")


def test_reading_commands_do_not_make_a_home(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="no warehouse"):
        existing_home(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_names_of_fields_are_remembered_until_others_are_given(home: Home) -> None:
    names = (("text", "Inhalt"), ("published", "Datum"))
    batches.register(home, "inbox", ["/a/inbox"], replace=False, fields=names)
    assert batches.register(home, "inbox", ["/a/inbox"], replace=False).fields == names
    registered = batches.read(home, "inbox")
    assert registered is not None
    assert registered.fields == names
    assert batches.register(home, "inbox", ["/a/inbox"], replace=False, fields=()).fields == ()
