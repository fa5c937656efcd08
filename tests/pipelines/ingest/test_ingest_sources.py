"""Finding files: order, names, links, and what is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.ingest.sources import Source, discover


def uris(*paths: Path | str) -> list[str]:
    return [source.uri for source in discover([Path(path) for path in paths])]


def problems(*paths: Path) -> dict[str, str | None]:
    return {source.uri: source.problem.reason if source.problem else None for source in discover(paths)}


def write(path: Path, text: str = "Text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_names_are_relative_to_the_registered_folders_parent(folder: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.txt", "deep/a.txt"):
        write(folder / name)
    assert uris(folder) == ["inbox/a.txt", "inbox/b.txt", "inbox/deep/a.txt", "inbox/deep/er/c.txt"]


def test_a_source_knows_size_and_time(folder: Path) -> None:
    file = write(folder / "a.txt", "12345")
    os.utime(file, ns=(1, 1_700_000_000_000_000_007))
    assert discover([folder]) == [Source(file, "inbox/a.txt", 5, 1_700_000_000_000_000_007)]


def test_a_file_by_itself_goes_by_its_name(folder: Path) -> None:
    assert uris(write(folder / "a.txt")) == ["a.txt"]


def test_the_working_directory_has_a_name_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "a.txt")
    monkeypatch.chdir(folder)
    assert uris(".") == ["inbox/a.txt"]


def test_a_glob_is_what_the_shell_would_make_of_it(folder: Path) -> None:
    for name in ("a.txt", "b.html", "c.txt"):
        write(folder / name)
    assert uris(folder / "*.txt") == uris(folder / "a.txt", folder / "c.txt") == ["a.txt", "c.txt"]


def test_a_name_with_brackets_that_exists_is_no_glob(folder: Path) -> None:
    assert uris(write(folder / "[x].txt")) == ["[x].txt"]


def test_files_of_the_same_name_are_told_apart_by_their_folders(folder: Path) -> None:
    for place in ("north", "south"):
        write(folder / place / "day" / "a.txt")
    assert uris(folder / "north/day/a.txt", folder / "south/day/a.txt") == [
        "north/day/a.txt",
        "south/day/a.txt",
    ]
    assert uris(folder / "north/day", folder / "south/day") == ["north/day/a.txt", "south/day/a.txt"]


def test_a_file_that_is_registered_twice_comes_once(folder: Path) -> None:
    file = write(folder / "sub" / "a.txt")
    expected = ["inbox/sub/a.txt"]
    assert uris(folder, file) == uris(file, folder) == uris(folder, folder / "sub", folder) == expected


def test_hidden_and_lock_files_are_passed_over_unless_named(folder: Path) -> None:
    for name in (".DS_Store", ".git/a.txt", "~$a.docx", "Thumbs.db", "a.txt"):
        write(folder / name)
    assert uris(folder) == ["inbox/a.txt"]
    assert uris(folder / ".git/a.txt") == ["a.txt"]


def test_what_is_not_there_is_a_problem_and_no_error(folder: Path) -> None:
    assert problems(folder / "gone.txt", folder / "*.xyz") == {"*.xyz": "missing", "gone.txt": "missing"}


def test_a_link_to_a_file_is_read_and_a_dangling_one_is_missing(folder: Path) -> None:
    (folder / "b.txt").symlink_to(write(folder / "a.txt"))
    (folder / "c.txt").symlink_to(folder / "gone.txt")
    assert problems(folder) == {"inbox/a.txt": None, "inbox/b.txt": None, "inbox/c.txt": "missing"}


def test_a_linked_folder_is_walked_once_however_many_links_lead_to_it(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "a.txt")
    (folder / "one").symlink_to(tmp_path / "elsewhere")
    (folder / "two").symlink_to(tmp_path / "elsewhere")
    assert problems(folder) == {"inbox/one/a.txt": None, "inbox/two": "listed-already"}


def test_the_real_name_wins_over_a_link(folder: Path) -> None:
    write(folder / "real" / "a.txt")
    (folder / "alias").symlink_to(folder / "real")
    assert problems(folder) == {"inbox/alias": "listed-already", "inbox/real/a.txt": None}


def test_links_in_circles_end(folder: Path) -> None:
    write(folder / "one" / "a.txt")
    (folder / "one" / "up").symlink_to(folder)
    (folder / "ping").symlink_to(folder / "pong")
    (folder / "pong").symlink_to(folder / "ping")
    assert problems(folder) == {
        "inbox/one/a.txt": None,
        "inbox/one/up": "symlink-loop",
        "inbox/ping": "symlink-loop",
        "inbox/pong": "symlink-loop",
    }


def test_many_links_to_each_other_do_not_multiply(folder: Path) -> None:
    places = [folder / f"{number:02}" for number in range(20)]
    for place in places:
        write(place / "a.txt")
    for place in places:
        for other in places:
            if other != place:
                (place / f"to-{other.name}").symlink_to(other)
    found = discover([folder])
    assert len(found) == 20 + 20 * 19
    assert sum(source.problem is None for source in found) == 20


def test_a_folder_that_may_not_be_listed_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "closed" / "a.txt")
    write(folder / "open.txt")
    really_list = os.scandir

    def no_entry(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return really_list(path)

    monkeypatch.setattr(os, "scandir", no_entry)
    assert problems(folder) == {"inbox/closed": "unreadable", "inbox/open.txt": None}


def test_a_folder_named_like_a_file_is_walked(folder: Path) -> None:
    write(folder / "year.txt" / "a.txt")
    assert uris(folder) == ["inbox/year.txt/a.txt"]


def test_names_that_are_no_plain_text_are_problems_with_a_plain_name(folder: Path) -> None:
    for name in (b"two\nlines.txt", b"caf\xe9.txt", b"bell\x07.txt"):
        (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text("Text.")
    assert problems(folder) == {
        "inbox/bell%07.txt": "bad-name",
        "inbox/caf%E9.txt": "bad-name",
        "inbox/two%0Alines.txt": "bad-name",
    }


def test_names_that_would_be_written_alike_stay_apart(folder: Path) -> None:
    write(folder / "caf\u00e9.txt")
    write(folder / "cafe\u0301.txt")
    write(folder / "a\n.txt")
    write(folder / "a%0A.txt")
    found = uris(folder)
    assert len(found) == len(set(found)) == 4
    assert "inbox/caf\u00e9.txt" in found


def test_names_with_other_scripts_and_blanks_are_fine(folder: Path) -> None:
    write(folder / "Доклад за март.txt")
    assert problems(folder) == {"inbox/Доклад за март.txt": None}
