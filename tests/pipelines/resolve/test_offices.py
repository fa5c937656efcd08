"""Offices: what titles say, who held what in which span, and who came next."""

from datetime import date
from typing import Any

import pytest

from pipelines.resolve.offices import read_office


@pytest.mark.parametrize(
    "title", ["Defence Minister", "Minister of Defense", "minister for national defence"]
)
def test_one_office_has_many_wordings(title: str) -> None:
    assert read_office(title).office == "Minister of Defence"


@pytest.mark.parametrize(
    "title", ["former foreign minister", "ex-minister of foreign affairs", "then-Foreign Minister"]
)
def test_a_former_office_is_not_held(title: str) -> None:
    assert (read_office(title).office, read_office(title).standing) == (
        "Minister of Foreign Affairs",
        "former",
    )


def test_an_elected_president_is_none_yet() -> None:
    assert read_office("president-elect").standing == "coming"


def test_a_deputy_holds_another_office() -> None:
    said = read_office("Deputy Foreign Minister")
    assert (said.office, said.is_single) == ("Deputy Minister of Foreign Affairs", False)


def test_a_counterpart_is_no_office() -> None:
    assert read_office("counterpart").office is None


def test_a_chairman_of_nothing_is_not_the_only_one() -> None:
    assert not read_office("chairman").is_single
    assert read_office("chairman of the election commission").is_single


def tell(
    register: Any, name: str, country: str | None, title: str | None, on: date, published: date | None = None
) -> str:
    """A text in which the person of that title takes part in an event on that day."""
    document = register.document(f"{name} {title} {on}", on=published or on)
    register.mention(document, "CONSULT", (name, country), ("Chile", "CHL"), on=on)
    register.rows["participants"][-2]["title"] = title
    return document


def offices_of(register: Any) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["person"], row["title"]): row for row in register.resolve()["offices"].to_pylist()}


def test_an_office_has_the_span_in_which_texts_attest_it(register: Any) -> None:
    tell(register, "Rosa Quispe", "PER", "Defence Minister", date(2019, 10, 2))
    tell(register, "Rosa Quispe", "PER", "Minister of Defense", date(2021, 3, 4))
    office = offices_of(register)["Rosa Quispe", "Minister of Defence"]
    assert (office["first_on"], office["last_on"], office["mention_count"]) == (
        date(2019, 10, 2),
        date(2021, 3, 4),
        2,
    )
    assert (office["organisation"], office["country"]) == ("Ministry of Defence of Peru", "PER")


def test_an_event_to_come_does_not_lengthen_the_span(register: Any) -> None:
    tell(register, "Rosa Quispe", "PER", "Defence Minister", date(2030, 1, 1), published=date(2021, 3, 4))
    assert offices_of(register)["Rosa Quispe", "Minister of Defence"]["last_on"] == date(2021, 3, 4)


def test_the_next_holder_is_the_successor(register: Any) -> None:
    tell(register, "Rosa Quispe", "PER", "Defence Minister", date(2019, 10, 2))
    tell(register, "Juan Mamani", "PER", "Minister of Defence", date(2021, 3, 4))
    tell(register, "Rosa Quispe", "PER", "former defence minister", date(2022, 1, 1))
    tell(register, "Inti Flores", "BOL", "Defence Minister", date(2020, 3, 4))
    offices = offices_of(register)
    first, second = (
        offices["Rosa Quispe", "Minister of Defence"],
        offices["Juan Mamani", "Minister of Defence"],
    )
    assert (first["successor_id"], second["predecessor_id"]) == (second["person_id"], first["person_id"])
    assert (first["predecessor_id"], second["successor_id"]) == (None, None)
    assert (first["last_on"], first["former_by"]) == (date(2019, 10, 2), date(2022, 1, 1))
    assert offices["Inti Flores", "Minister of Defence"]["successor_id"] is None


def test_overlapping_holders_succeed_nobody(register: Any) -> None:
    for day in (date(2019, 1, 1), date(2021, 1, 1)):
        tell(register, "Rosa Quispe", "PER", "Defence Minister", day)
    tell(register, "Juan Mamani", "PER", "Defence Minister", date(2020, 1, 1))
    assert all(row["successor_id"] is None for row in offices_of(register).values())


def test_the_minister_is_the_minister_of_what_other_texts_say(register: Any) -> None:
    tell(register, "Rosa Quispe", "PER", "Defence Minister", date(2019, 10, 2))
    tell(register, "Rosa Quispe", "PER", "minister", date(2019, 10, 9))
    ((_, title),) = offices_of(register)
    assert title == "Minister of Defence"


def test_somebody_only_ever_called_former_holds_nothing(register: Any) -> None:
    tell(register, "Rosa Quispe", "PER", "former president", date(2019, 10, 2))
    assert offices_of(register) == {}


def test_whom_no_text_names_holds_nothing(register: Any) -> None:
    tell(register, "Defence minister of Peru", "PER", "defence minister", date(2019, 10, 2))
    assert offices_of(register) == {}


def test_every_spelling_is_listed_with_what_makes_it_the_same(register: Any) -> None:
    for number, name in enumerate(["Uladzimir Makey", "Uladzimir Makey", "Vladimir Makei", "U. Makey"]):
        tell(register, name, "BLR", None, date(2020, 1, 1 + number))
    tables = register.resolve()
    person = next(row for row in tables["actors"].to_pylist() if row["kind"] == "person")
    names = {
        row["name"]: (row["rule"], row["mention_count"])
        for row in tables["actor_names"].to_pylist()
        if row["actor_id"] == person["actor_id"]
    }
    assert person["name"] == "Uladzimir Makey"
    assert names == {
        "Uladzimir Makey": ("canonical", 2),
        "Vladimir Makei": ("transliteration", 1),
        "U. Makey": ("initial", 1),
    }


def one_word(register: Any, document: str, name: str, country: str | None) -> None:
    register.mention(document, "ACCUSE", (name, country), ("Chile", "CHL"))
    register.rows["participants"][-2]["kind"] = "person"


def test_a_family_name_alone_is_the_only_bearers_in_its_document(register: Any) -> None:
    document = tell(register, "Rosa Quispe", "PER", None, date(2020, 1, 1))
    one_word(register, document, "Quispe", None)
    one_word(register, register.document("another"), "Quispe", "PER")
    people = [row["name"] for row in register.resolve()["actors"].to_pylist() if row["kind"] == "person"]
    assert sorted(people) == ["Quispe", "Rosa Quispe"]


def test_a_family_name_of_two_in_a_document_stays_alone(register: Any) -> None:
    document = register.document("one")
    register.mention(document, "CONSULT", ("Rosa Quispe", "PER"), ("Juan Quispe", "PER"))
    one_word(register, document, "Quispe", "PER")
    people = [row["name"] for row in register.resolve()["actors"].to_pylist() if row["kind"] == "person"]
    assert sorted(people) == ["Juan Quispe", "Quispe", "Rosa Quispe"]


def test_a_body_belongs_to_the_country_in_its_name(register: Any) -> None:
    register.mention(
        register.document("one"), "CONSULT", ("Ministry of Defence of Peru", None), ("Chile", "CHL")
    )
    register.rows["participants"][-2]["kind"] = "body"
    (body,) = [row for row in register.resolve()["actors"].to_pylist() if row["kind"] == "body"]
    assert body["country"] == "PER"
