"""The asset is in the graph where an address is set; it publishes, and its address is nowhere to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.definitions import build_defs
from assets.faults import RETRIES
from assets.postgres import REGISTER, VARIABLE, PostgresResource, postgres_register
from assets.resources import WarehouseResource
from tests.doors.servers import PASSWORD, Server
from warehouse.home import open_home
from warehouse.postgres.address import Address


@pytest.fixture
def materialise(
    tmp_path: Path, file_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[dg.ExecuteInProcessResult, str]]:
    """Materialises the asset alone with an address; its result, and all that Dagster kept of the run."""
    home = open_home(tmp_path / "home")
    home.published.write_bytes(file_of("run-1").read_bytes())

    def do(dsn: str) -> tuple[dg.ExecuteInProcessResult, str]:
        monkeypatch.setenv(VARIABLE, dsn)
        defs = build_defs({"warehouse": WarehouseResource(home=str(home.root))})
        with dg.DagsterInstance.ephemeral() as instance:
            job = defs.get_repository_def().get_job("__ASSET_JOB")
            result = job.execute_in_process(
                asset_selection=[dg.AssetKey(REGISTER)], instance=instance, raise_on_error=False
            )
            run = instance.get_run_by_id(result.run_id)
            kept = "\n".join(map(repr, [run, run.run_config, *instance.all_logs(result.run_id)]))
        return result, kept

    return do


def test_without_an_address_there_is_no_asset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert dg.AssetKey(REGISTER) not in build_defs().resolve_asset_graph().get_all_asset_keys()


def test_it_publishes_and_tells_what_was_done(
    server: Server, address: Address, materialise: Callable[[str], Any]
) -> None:
    result, kept = materialise(server.dsn())
    assert result.success
    metadata = result.asset_materializations_for_node(REGISTER)[0].metadata
    assert (metadata["place"].value, metadata["unchanged"].value) == (address.place, False)
    assert metadata["dagster/row_count"].value > 100
    assert PASSWORD not in kept
    with server.connect() as con:
        assert con.execute("SELECT run_id FROM communique.runs").fetchall() == [("run-1",)]
    again, _ = materialise(server.dsn())
    assert again.asset_materializations_for_node(REGISTER)[0].metadata["unchanged"].value


def test_a_wrong_password_fails_at_once_and_is_not_told(
    server: Server, materialise: Callable[[str], Any]
) -> None:
    result, kept = materialise(server.dsn(password="geheim/nis"))
    assert not result.success
    assert "password authentication failed" in kept
    assert "STEP_UP_FOR_RETRY" not in kept
    assert "geheim" not in kept


def test_a_lost_connection_is_tried_again_later(tmp_path: Path, file_of: Callable[[str], Path]) -> None:
    home = open_home(tmp_path / "home")
    home.published.write_bytes(file_of("run-1").read_bytes())
    nowhere = PostgresResource(dsn="postgresql://ana:geheim@127.0.0.1:1/x")
    with pytest.raises(dg.Failure, match="refused") as raised:
        postgres_register(warehouse=WarehouseResource(home=str(home.root)), postgres=nowhere)
    assert raised.value.allow_retries
    assert postgres_register.op.retry_policy == RETRIES


def test_the_definitions_hold_the_variables_name_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://ana:geheim@127.0.0.1:1/x")
    defs = build_defs()
    graph = defs.resolve_asset_graph()
    assert graph.get(dg.AssetKey(REGISTER)).parent_keys == {dg.AssetKey("published_file")}
    job = defs.resolve_job_def("communique")
    shown = repr(job.resource_defs["postgres"].config_schema.default_value) + repr(defs.resources["postgres"])
    assert "geheim" not in shown
