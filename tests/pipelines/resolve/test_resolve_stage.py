"""Across documents: what is joined and what stays apart."""

from datetime import date

from warehouse.tables import of_stage
from warehouse.tables.arrow import stored_schema


def test_two_papers_on_one_meeting_make_one_event(register) -> None:
    for paper in ("one", "two"):
        document = register.document(paper, site=f"{paper}.example")
        register.mention(document, "CONSULT", ("Peru", "PER"), ("Chile", "CHL"))
    (event,) = register.resolve()["events"].to_pylist()
    assert (event["mention_count"], event["document_count"], event["site_count"]) == (2, 2, 2)


def test_another_day_is_another_event(register) -> None:
    document = register.document("one")
    register.mention(document, "CONSULT", ("Peru", "PER"), ("Chile", "CHL"))
    register.mention(document, "CONSULT", ("Peru", "PER"), ("Chile", "CHL"), on=date(2024, 6, 1))
    assert register.resolve()["events"].num_rows == 2


def test_undated_mentions_of_different_texts_stay_apart(register) -> None:
    for paper in ("one", "two"):
        register.mention(register.document(paper), "CONSULT", ("Peru", "PER"), ("Chile", "CHL"), on=None)
    assert register.resolve()["events"].num_rows == 2


def test_copies_of_one_wire_report_are_one_story(register) -> None:
    body = " ".join(f"word{n}" for n in range(200))
    for paper, text in (
        ("one", body),
        ("two", body + " reprinted"),
        ("three", "something else entirely " * 20),
    ):
        register.mention(register.document(paper, text), "CONSULT", ("Peru", "PER"), ("Chile", "CHL"))
    (event,) = register.resolve()["events"].to_pylist()
    assert (event["document_count"], event["story_count"]) == (3, 2)


def test_a_name_with_and_without_accents_is_one_actor(register) -> None:
    document = register.document("one")
    register.mention(document, "CONSULT", ("José Peña", "PER"), ("Chile", "CHL"))
    register.mention(document, "SUPPORT", ("Jose Pena", "PER"), ("Chile", "CHL"))
    assert [
        actor["name"] for actor in register.resolve()["actors"].to_pylist() if actor["kind"] == "person"
    ] == ["Jose Pena"]


def test_namesakes_of_two_countries_stay_two(register) -> None:
    document = register.document("one")
    register.mention(document, "CONSULT", ("Ana Silva", "BRA"), ("Ana Silva", "PRT"))
    assert register.resolve()["actors"].num_rows == 2


def test_an_agreement_has_its_parties_and_its_day(register) -> None:
    for paper in ("one", "two"):
        register.mention(
            register.document(paper),
            "SUPPORT",
            ("Peru", "PER"),
            ("Chile", "CHL"),
            agreements=("border treaty",),
        )
    tables = register.resolve()
    (agreement,) = tables["agreements"].to_pylist()
    assert agreement["party_countries"] == "CHL;PER"
    assert agreement["signed_on"] == date(2024, 5, 1)
    assert (agreement["mention_count"], agreement["document_count"]) == (2, 2)
    assert tables["agreement_parties"].num_rows == 2


def test_the_order_of_rows_changes_nothing(register) -> None:
    for number in range(6):
        document = register.document(f"paper {number}", site=f"{number % 2}.example")
        register.mention(
            document, "CONSULT", ("Peru", "PER"), ("Chile", "CHL"), agreements=("border treaty",)
        )
        register.mention(document, "ASSAULT", ("Ana Silva", "BRA"), on=date(2024, 1, 1 + number))
    forward, backward = register.resolve(), register.resolve(reverse=True)
    assert forward == backward


def test_every_table_has_the_declared_schema(register) -> None:
    register.mention(register.document("one"), "CONSULT", ("Peru", "PER"), ("Chile", "CHL"))
    tables = register.resolve()
    assert {declared.name for declared in of_stage("resolve")} == tables.keys()
    for declared in of_stage("resolve"):
        assert tables[declared.name].schema.equals(stored_schema(declared))


def test_nothing_extracted_gives_empty_tables(register) -> None:
    register.document("one")
    tables = register.resolve()
    assert tables["events"].num_rows == 0
    assert tables["document_stories"].num_rows == 1
