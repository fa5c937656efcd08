"""What the benches measure on keeps the rules that extracted rows keep; otherwise they would measure something else."""

from __future__ import annotations

import sys
from pathlib import Path

from checks.relations import check_relations, rules_of
from warehouse.home import open_home
from warehouse.overlay import Overlay
from warehouse.register import batch_views
from warehouse.tables import TABLES

sys.path.insert(0, str(Path(__file__).parents[2]))


def test_generated_mentions_lead_back_to_their_texts_and_to_each_other(tmp_path: Path) -> None:
    from tests.bench.mentions import fill

    overlay = Overlay(open_home(tmp_path))
    (batch,) = fill(overlay.home, 400)
    made = {name for name in TABLES if overlay.path(name, batch)}
    with batch_views(overlay, batch) as con:
        assert con.table("event_mentions").shape[0] == 400
        for name in made - {"documents"}:  # of which no raw text is generated
            failed = [
                r.sentence()
                for r in check_relations(con, rules_of(TABLES[name], "batch", made))
                if not r.success
            ]
            assert not failed
