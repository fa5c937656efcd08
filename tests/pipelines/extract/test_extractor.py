"""The extractor as a whole: small texts of our own, and what must hold for any text."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.extract.extractor import Extractor, plain
from pipelines.extract.json_out import as_json
from pipelines.extract.model import Article

STORIES = [
    "The defence ministers of Norway and Latvia signed a cooperation plan for 2026-2028 in Riga on Tuesday.",
    "Peruvian police detained two miners. Later, Bolivia condemned the detention of its citizens.",
    "😀 Kenya’s President William Ruto visited Kampala; Uganda thanked him for the aid.",
    "Ägyptens Premier traf e\u0301tat. The Egyptian army deployed tanks near Rafah. مرحبا",
    "Protesters took to the streets of Lima to demand that the government resign.",
]


def test_a_signed_plan_has_parties_period_and_place(mentions: Callable) -> None:
    (mention,) = mentions(STORIES[0], "2025-11-12")
    assert mention.type == "SUPPORT"
    assert {actor.country for actor in mention.actors} == {"NOR", "LVA"}
    assert mention.place and mention.place.country == "LVA"
    assert mention.time and mention.time.edtf == "2025-11-11"
    (agreement,) = mention.agreements
    assert (agreement.kind, agreement.status) == ("plan", "signed")
    assert (agreement.period_start, agreement.period_end) == ("2026-01-01", "2028-12-31")


def test_the_source_is_not_the_actor(mentions: Callable) -> None:
    found = mentions("Rebels attacked a convoy near Goma on Monday, the Congolese army said.")
    attack = next(mention for mention in found if mention.type == "ASSAULT")
    assert attack.reported_by and "army" in attack.reported_by
    assert all("army" not in actor.text for actor in attack.actors)


def test_a_planned_visit_is_a_promise(mentions: Callable) -> None:
    found = mentions("Chile's foreign minister will visit Quito next week.")
    assert [(mention.type, mention.status) for mention in found] == [("AGREE", "planned")]


def test_sport_raises_no_event(mentions: Callable) -> None:
    assert mentions("Arsenal beat Chelsea in the derby and now lead the league.") == []


def test_the_same_day_is_inherited_from_the_meeting(mentions: Callable) -> None:
    text = (
        "Representatives of the foreign ministries of Ghana and Togo met in Lome on 3 March. "
        "The parties signed a joint statement on border trade."
    )
    signing = mentions(text, None)[-1]
    assert signing.type == "SUPPORT"
    assert signing.time and (signing.time.edtf, signing.time.method) == ("XXXX-03-03", "inherited")
    assert signing.time.start_date is None


def assert_offsets(text: str, extraction: dict) -> None:
    for mention in extraction["mentions"]:
        trigger = mention["trigger"]
        assert text[trigger["start"] : trigger["end"]] == trigger["text"]
        assert mention["sentence"]["start"] <= trigger["start"] < trigger["end"] <= mention["sentence"]["end"]
        for actor in (*mention["actors"], *mention["recipients"]):
            assert text[actor["start"] : actor["end"]] == actor["text"]
    for found in (*extraction["times"], *extraction["places"]):
        assert text[found["start"] : found["end"]] == found["text"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(STORIES), st.text(max_size=40)), min_size=1, max_size=5))
def test_offsets_hold_for_any_text(extractor: Extractor, parts: list[str]) -> None:
    text = " ".join(parts)
    assert_offsets(text, as_json(next(extractor.extract([Article("h", text, "2024-05-15")]))))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(enumerate(STORIES))))
def test_the_company_of_other_articles_changes_nothing(
    extractor: Extractor, order: list[tuple[int, str]]
) -> None:
    alone = {
        n: next(extractor.extract([Article(str(n), text, "2024-05-15")])) for n, text in enumerate(STORIES)
    }
    together = extractor.extract([Article(str(n), text, "2024-05-15") for n, text in order])
    assert {int(one.id): one for one in together} == alone


def test_copies_of_a_sentence_are_parsed_once_and_read_in_each_article(extractor: Extractor) -> None:
    copies = [Article("a", STORIES[0]), Article("b", f"{STORIES[1]} {STORIES[0]}")]
    first, second = extractor.mentions(copies)
    assert (first[0].type, first[0].trigger_start) == (
        second[-1].type,
        second[-1].trigger_start - len(STORIES[1]) - 1,
    )
    assert [actor.name for actor in first[0].actors] == [actor.name for actor in second[-1].actors]
    parsed = extractor._parses([STORIES[0], STORIES[1], STORIES[0]])
    assert list(parsed) == STORIES[:2]


def test_the_parser_sees_a_text_of_the_same_length() -> None:
    text = "“Talks’ end” — ministers\nsaid\u00a0so"
    assert len(plain(text)) == len(text)
