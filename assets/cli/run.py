"""``communique run`` and ``communique rerun``: find out what is stale, do it, tell the counts."""

from __future__ import annotations

import glob
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assets.cli.errors import CommandError
from assets.cli.fields import given_fields
from assets.cli.homes import Place, chosen_workers, writing_to
from assets.cli.logs import say
from assets.fingerprints import BATCH_STAGES, ORDER
from assets.plan import Plan, make_plan, sources_of
from assets.reach import OutOfReachError, give_up, holds_anything, is_there
from assets.settings import EngineName, read_settings
from assets.stages import Stages, pipeline_stages
from pipelines.crew import Crew
from warehouse import batches, commit, lock, publications, runs
from warehouse.home import Home, existing_home, open_home
from warehouse.remote.addresses import is_address
from warehouse.space import FULL, says_full
from warehouse.tables.model import Stage

if TYPE_CHECKING:
    from assets.execution import Ended


def run_command(
    paths: list[str],
    *,
    batch: str | None,
    workers: int | None,
    engine: EngineName | None,
    home: Place | None,
    show: int,
    fields: str | None = None,
    gone: bool = False,
    wait: float | None = None,
) -> None:
    """Register the paths as a batch and bring the register up to date with it."""
    given = given_fields(fields)
    _check_engine(engine)
    name = batch if batch is not None else batches.batch_name(paths[0])
    with writing_to(home, wait) as root:
        if _stood_for(root, name, paths):
            _rerun(root, name, stage=None, workers=workers, engine=engine, gone=gone, wait=wait)
            return
        _check_paths(paths)
        stages, where = pipeline_stages(), open_home(root)
        places = [batches.located(where, path) for path in paths]
        if not stages.discover([Path(place) for place in places if is_there(place)]):
            raise CommandError(f"no input files in {', '.join(paths)}: nothing was done")
        with writing(where, wait):
            batches.register(where, name, paths, replace=batch is not None, fields=given)
            plan = make_plan(where, stages, [name])
            _do(where, stages, plan, [name], workers=workers, engine=engine, force=None)
        _tell(where, name, show, did_nothing=plan.is_empty)
        _warn_of_changes(where, stages, name)


def rerun_command(
    *,
    batch: str | None,
    stage: str | None,
    workers: int | None,
    engine: EngineName | None,
    home: Place | None,
    gone: bool = False,
    wait: float | None = None,
) -> None:
    """Bring one batch or all of them up to date, from a stage on whether stale or not.

    Rows of files that were removed go. Where nothing at all is left of a batch they stay, unless ``gone``.
    """
    _check_engine(engine)
    with writing_to(home, wait) as root:
        _rerun(root, batch, stage=stage, workers=workers, engine=engine, gone=gone, wait=wait)


def _rerun(
    root: Path,
    batch: str | None,
    *,
    stage: str | None,
    workers: int | None,
    engine: EngineName | None,
    gone: bool,
    wait: float | None,
) -> None:
    stages = pipeline_stages()
    where = existing_home(root)
    names = [batch] if batch is not None else list(batches.names(where))
    if not names:
        raise CommandError(f"no batch is registered in {where.root}: begin with `communique run PATH…`")
    force = next((known for known in ORDER if known == stage), None)
    with writing(where, wait):
        if gone:
            for name in names:
                give_up(where, name)
        names = _within_reach(where, stages, names, alone=batch is not None)
        plan = make_plan(where, stages, names)
        if force in ("resolve", "publish") and batch is None:
            names = list(plan.stale_batches)
        elif force is None and (plan.stale_batches or not plan.share):
            names = [name for name in names if name in plan.stale_batches]
        _do(where, stages, plan, names, workers=workers, engine=engine, force=force)
    _tell(where, batch, 0, did_nothing=plan.is_empty and force is None)


def _stood_for(root: Path, name: str, paths: list[str]) -> bool:
    """Whether a batch stands for these paths already, and nothing is at any of them now."""
    registered = batches.read(Home(root), name)
    absolute = {batches.absolute(path) for path in paths}
    if registered is None or not absolute <= set(registered.paths):
        return False
    return not any(holds_anything(batches.located(Home(root), path)) for path in absolute)


def _within_reach(home: Home, stages: Stages, names: list[str], *, alone: bool) -> list[str]:
    """The batches whose files can be seen; of others a line is said. OutOfReachError for one that was asked for."""
    seen = []
    for name in names:
        try:
            sources_of(home, stages, name)
        except OutOfReachError as error:
            if alone:
                raise
            sys.stderr.write(f"communique: {error}\n")
        else:
            seen.append(name)
    return seen


def _check_engine(engine: EngineName | None) -> None:
    if (engine or read_settings().engine) == "ray" and importlib.util.find_spec("ray") is None:
        raise CommandError(
            "the ray engine is not installed: pip install 'communique[ray]', or use --engine local"
        )


def _check_paths(paths: list[str]) -> None:
    for path in paths:
        if is_address(path):
            continue  # what is there is seen when it is fetched
        written = os.path.expanduser(path)  # noqa: PTH111 - Path("") would turn the empty string into "."
        if not os.path.lexists(written) and not glob.glob(written, recursive=True):  # noqa: PTH207
            raise CommandError(f"no such file or folder: {path!r}; nothing was done")


@contextmanager
def writing(home: Home, wait: float | None) -> Iterator[None]:
    """Be the only one who writes, and finish what a killed run began to publish: the state is the true one then.

    Waits so many seconds for another run, or as the settings say; HomeError where that was in vain.
    """
    patience = wait if wait is not None else read_settings().wait_seconds
    with lock.writer(home, wait_seconds=patience, waiting=say):
        commit.recover(home)
        yield


def _do(
    home: Home,
    stages: Stages,
    plan: Plan,
    names: list[str],
    *,
    workers: int | None,
    engine: EngineName | None,
    force: Stage | None,
) -> None:
    if plan.is_empty and force is None:
        return
    settings = read_settings()
    engine = engine or settings.engine
    try:
        with Crew(chosen_workers(workers), stages.ready) as crew:
            if engine == "local" and _works_on_documents(plan, force):
                crew.announce()  # its models load while the rest of this loads
            # Everything below is heavy to import, and not needed when there is nothing to do.
            from assets.cli.logs import listening
            from assets.execution import execute

            with listening() as listener:
                ended = execute(
                    home,
                    names,
                    stages=stages,
                    crew=crew,
                    listener=listener,
                    force=force,
                    engine=engine,
                    ray_address=settings.ray_address,
                )
    except KeyboardInterrupt:
        raise CommandError(
            "stopped; what was published before stays as it was, and the next run carries on from here",
            code=130,
        ) from None
    if ended.reason is not None and says_full(ended.reason):
        raise CommandError(FULL, code=1)
    if ended.reason is not None:
        raise CommandError(f"{ended.reason}\n{_what_stands(home, ended)}, the log is {ended.log}", code=1)


def _works_on_documents(plan: Plan, force: Stage | None) -> bool:
    """Whether a stage that reads documents one by one will be done."""
    begun = [*plan.stale_batches.values(), *([force] if force else [])]
    return any(stage in BATCH_STAGES for stage in begun)


def _what_stands(home: Home, ended: Ended) -> str:
    """What readers have after a run that failed; what comes after publishing may fail, too."""
    record = runs.read(home, ended.run_id)
    if record is not None and record.outcome == "published":
        return f"{home.published} was published before that and is up to date"
    return f"nothing was published; the staged files are in {home.run_staging(ended.run_id)}"


def _tell(home: Home, batch: str | None, show: int, *, did_nothing: bool) -> None:
    from assets.cli.summary import ledger_of, print_events, print_summary

    if pin := publications.pin(home):
        say(commit.held_back(pin))
        return
    if did_nothing:
        print_summary(home, batch, "nothing to do: every stage is up to date")
    else:
        print_summary(home, batch, None)
    if show:
        print_events(home, show)
    outcomes = ledger_of(home, batch).keys()
    if batch is not None and not outcomes:
        sys.stdout.write(f"batch {batch} has no input files any more, and no rows\n")
    elif batch is not None and not outcomes - {"rejected"}:
        raise CommandError(
            f'none of the inputs of batch {batch!r} could be used: `communique sql "FROM inputs"` says why',
            code=1,
        )


def _warn_of_changes(home: Home, stages: Stages, batch: str) -> None:
    """Tell of files that were not what they are now when they were read; what was read of them is on record."""
    if make_plan(home, stages, [batch]).stale_batches.get(batch) == "ingest":
        say(f"files of batch {batch!r} changed while the run was reading: the next run reads them again")
