"""Going back to an earlier publication: at once, held until somebody says otherwise, and never to a damaged file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assets.batch_work import do_batches
from assets.cli.errors import CommandError
from assets.cli.rollback import rollback_command
from assets.cli.status import status_command
from assets.cli.verify import verify_command
from assets.plan import make_plan
from assets.register_work import do_publish, do_resolve
from assets.work import Work
from warehouse import batches, commit, publications, reader, runs
from warehouse.home import Home, HomeError, open_home
from warehouse.tables.model import Stage

pytestmark = pytest.mark.usefixtures("without_row_checks")


def go(home: Home, fakes: Any, run_id: str, force: Stage | None = None) -> None:
    work = Work(home, run_id, fakes.stages(), force=force)
    work.begin(["inbox"], whole=True)
    do_batches(work, ["inbox"])
    do_resolve(work)
    do_publish(work)


def add(home: Home, name: str, text: str) -> None:
    (home.root.parent / "inbox" / f"{name}.txt").write_text(text, encoding="utf-8")


def documents(home: Home) -> int:
    with reader.connect(home.published) as con:
        row = con.execute("SELECT count(*) FROM documents").fetchone()
        assert row is not None
        return int(row[0])


def back(home: Home, run_id: str | None = None) -> None:
    rollback_command(run_id, listed=False, release=False, home=home.root)


def release(home: Home) -> None:
    rollback_command(None, listed=False, release=True, home=home.root)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, fake_stages: type[Any], fill_inbox: Any) -> Path:
    """A home with three publications, of 2, 3 and 4 documents."""
    folder = tmp_path_factory.mktemp("three")
    home = open_home(folder / "home")
    batches.register(home, "inbox", [str(fill_inbox(folder))], replace=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checks.audit.check_rows", lambda *_: [])
        go(home, fake_stages(), "one")
        add(home, "d", "Gus met Hal")
        go(home, fake_stages(), "two")
        add(home, "e", "Ida met Jon")
        go(home, fake_stages(), "three")
    return folder


@pytest.fixture
def published(three: Path, tmp_path: Path) -> Home:
    shutil.copytree(three, tmp_path, dirs_exist_ok=True)
    home = open_home(tmp_path / "home")
    batches.register(home, "inbox", [str(tmp_path / "inbox")], replace=True)
    return home


def test_the_manifest_tells_what_was_published(published: Home) -> None:
    manifest = publications.current(published)
    assert manifest is not None
    assert (manifest.run_id, manifest.sequence, manifest.rows["documents"]) == ("three", 3, 4)
    assert manifest.stages["extract"] == "1"
    assert manifest.published_at
    assert "documents/batch=inbox/data.parquet" in manifest.lake
    assert manifest.difference(published.published) is None


def test_going_back_shows_readers_the_publication_before(published: Home) -> None:
    back(published)
    assert documents(published) == 3
    back(published)
    assert documents(published) == 2


def test_going_back_to_a_run_by_the_beginning_of_its_id(published: Home) -> None:
    back(published, "on")
    assert documents(published) == 2
    with pytest.raises(HomeError, match="2 kept publications begin with 't'"):
        back(published, "t")
    back(published, "three")
    assert documents(published) == 4


def test_a_held_publication_stays_whatever_runs_do(published: Home, fakes: Any) -> None:
    back(published)
    assert make_plan(published, fakes.stages(), ["inbox"]).is_empty  # unchanged input: nothing to publish
    add(published, "f", "Kim met Lou")
    go(published, fakes, "four")
    assert documents(published) == 3
    assert runs.history(published)[-1].outcome == "committed"
    assert make_plan(published, fakes.stages(), ["inbox"]).is_empty  # the lake has it


def test_after_release_the_next_run_publishes(published: Home, fakes: Any) -> None:
    back(published)
    release(published)
    assert make_plan(published, fakes.stages(), ["inbox"]).publish
    go(published, fakes, "four")
    assert documents(published) == 4


def test_asking_for_publication_ends_the_hold(published: Home, fakes: Any) -> None:
    back(published)
    go(published, fakes, "four", force="publish")
    assert documents(published) == 4
    assert publications.pin(published) is None


def test_going_back_while_a_run_builds_holds_that_run_back(published: Home, fakes: Any) -> None:
    add(published, "f", "Kim met Lou")
    work = Work(published, "four", fakes.stages())
    work.begin(["inbox"], whole=True)
    do_batches(work, ["inbox"])
    do_resolve(work)
    record = runs.ending(published, "four", "published")
    published.unpublished("four").write_bytes(b"built by now")
    back(published)
    written = commit.commit(published, "four", record, {"run_id": "four", "fingerprint": "x"})
    assert (written.outcome, documents(published)) == ("committed", 3)
    assert not published.unpublished("four").exists()


@pytest.mark.parametrize("step", ["share", "replace", "write_whole"])
def test_a_killed_rollback_is_finished(
    published: Home, fakes: Any, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    calls = {"write_whole": publications.write_whole}
    if step == "replace":
        monkeypatch.setattr(Path, "replace", die)
        monkeypatch.setattr(publications, "write_whole", lambda path, text: path.write_text(text))
    elif step == "share":
        monkeypatch.setattr(publications, "share", die)
    else:  # the pin is written, the manifest is not
        monkeypatch.setattr(
            publications,
            "write_whole",
            lambda path, text: calls["write_whole"](path, text) if path.name == "pin.json" else die(),
        )
    with pytest.raises(KeyboardInterrupt):
        back(published)
    monkeypatch.undo()
    commit.recover(published)
    present = publications.current(published)
    assert present is not None
    assert (present.run_id, documents(published)) == ("two", 3)
    assert present.difference(published.published) is None


def test_only_so_many_are_kept(published: Home, fakes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_KEEP_PUBLISHED", "1")
    add(published, "f", "Kim met Lou")
    go(published, fakes, "four")
    assert [one.run_id for one in publications.kept(published)] == ["four", "three"]
    assert len(list(published.kept.glob("*.duckdb"))) == 2


def test_what_is_published_takes_space_once(published: Home, fakes: Any) -> None:
    add(published, "f", "Kim met Lou")
    go(published, fakes, "four")
    assert published.published.samefile(publications.file_of(published, "four"))


def test_a_damaged_file_is_not_gone_back_to(published: Home) -> None:
    path = publications.file_of(published, "two")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    before = published.published.read_bytes()
    with pytest.raises(HomeError, match="damaged"):
        back(published)
    assert published.published.read_bytes() == before


def test_a_home_without_an_earlier_publication_says_so(published: Home) -> None:
    publications.prune(published, 0)
    with pytest.raises(HomeError, match="no publication before"):
        back(published)


def test_the_list_marks_where_readers_are(published: Home, capsys: pytest.CaptureFixture[str]) -> None:
    back(published)
    capsys.readouterr()
    rollback_command(None, listed=True, release=False, home=published.root)
    lines = capsys.readouterr().out.splitlines()
    assert [next(name for name in ("one", "two", "three") if name in line) for line in lines[3:6]] == [
        "three", "two", "one",
    ]  # fmt: skip
    assert ["held here" in line for line in lines[3:6]] == [False, True, False]


def test_status_says_that_readers_are_held(
    published: Home, fakes: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assets.cli.status.pipeline_stages", fakes.stages)
    back(published)
    capsys.readouterr()
    status_command(published.root)
    assert "held at run two: `communique rollback --release`" in capsys.readouterr().out


def damage_lake(home: Home) -> None:
    path = home.lake / "documents" / "batch=inbox" / "data.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def lose_file(home: Home) -> None:
    (home.lake / "events" / "batch=_all" / "data.parquet").unlink()


def slip_one_in(home: Home) -> None:
    target = home.lake / "documents" / "batch=other" / "data.parquet"
    target.parent.mkdir()
    shutil.copy(home.lake / "documents" / "batch=inbox" / "data.parquet", target)


def change_published(home: Home) -> None:
    with duckdb.connect(str(home.published)) as con:
        con.execute("DELETE FROM documents")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (damage_lake, "documents/batch=inbox/data.parquet has"),
        (lose_file, "events/batch=_all/data.parquet is missing"),
        (slip_one_in, "documents/batch=other/data.parquet was never put there"),
        (change_published, "communique.duckdb has"),
    ],
)
def test_verify_names_what_is_not_what_it_was(
    published: Home, capsys: pytest.CaptureFixture[str], harm: Callable[[Home], None], told: str
) -> None:
    verify_command(published.root)
    assert "as they were" in capsys.readouterr().out
    harm(published)
    with pytest.raises(CommandError) as error:
        verify_command(published.root)
    assert error.value.code == 1
    assert told in capsys.readouterr().out


def test_a_home_of_an_older_version_gets_its_marks_with_the_next_commit(published: Home, fakes: Any) -> None:
    published.ledger.unlink()
    shutil.rmtree(published.kept)
    stamp = json.loads(published.published_stamp.read_text())
    published.published_stamp.write_text(
        json.dumps({name: stamp[name] for name in ("fingerprint", "run_id")} | {"bytes": str(stamp["bytes"])})
    )
    add(published, "f", "Kim met Lou")
    go(published, fakes, "four")
    verify_command(published.root)
    back(published)
    assert documents(published) == 4
