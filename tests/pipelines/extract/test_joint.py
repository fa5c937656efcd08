"""Exercises of one country and of several."""

from __future__ import annotations

from pipelines.extract.joint import done_together
from pipelines.extract.model import Actor


def army(country: str) -> Actor:
    return Actor(
        text="army", start=0, end=4, name=f"Army of {country}", kind="body", country=country, sector="MIL"
    )


def test_exercise_of_two_countries_is_cooperation() -> None:
    assert done_together("MOBILIZE", "150", [army("PER"), army("CHL")]) == ("COOPERATE", "062")


def test_exercise_of_one_country_is_a_show_of_force() -> None:
    assert done_together("MOBILIZE", "150", [army("PER"), army("PER")]) == ("MOBILIZE", "150")


def test_deployments_are_never_joint_exercises() -> None:
    assert done_together("MOBILIZE", "154", [army("PER"), army("CHL")]) == ("MOBILIZE", "154")
