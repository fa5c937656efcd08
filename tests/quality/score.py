"""Score the extractor on the project's own annotated texts and write the figures as JSON.

    python tests/quality/score.py                 print the figures
    python tests/quality/score.py --faults        print every fault with its text as well
    python tests/quality/score.py --update        write them to baseline.json as what is to be held
    python tests/quality/score.py --held-out      print the figures of the sentences that nobody tuned it on

What is measured and how is told in ``README.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import figures
from alignment import Answer, Check, answer_document, answer_sentence, check_document, check_sentence
from annotations import HERE, Document, Event, Sentence, Told, read_documents, read_negatives, read_sentences

from pipelines.extract.extractor import Extractor
from pipelines.extract.model import Article, Mention

HELD_OUT = ("unseen.jsonl", "rare_wordings.jsonl")
BASELINE = Path(__file__).with_name("baseline.json")


@dataclass(slots=True)
class Report:
    """Figures (higher is better), tables for reading, and the faults of every text that has any."""

    figures: dict[str, float] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> str:
        """The report as an indented JSON object."""
        whole = {"figures": self.figures, **self.tables, "faults": self.faults}
        return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def score(extractor: Extractor) -> Report:
    """Read every annotated text and compare."""
    report = Report()
    graded = _score_sentences(extractor, read_sentences(), report)
    graded += _score_documents(extractor, read_documents(), report)
    written, generated = read_negatives()
    report.figures["negatives_quiet"] = _share_of_quiet(extractor, written, report)
    report.figures["generated_negatives_quiet"] = _share_of_quiet(extractor, generated, report)
    rows = figures.reliability(graded)
    report.tables["reliability"] = rows
    report.tables["calibration_error"] = figures.calibration_error(rows)
    return report


def score_held_out(extractor: Extractor) -> dict[str, dict[str, float]]:
    """The figures of each file of sentences that nobody tuned the extractor on."""
    figures_of: dict[str, dict[str, float]] = {}
    for name in HELD_OUT:
        report = Report()
        _score_sentences(extractor, read_sentences(HERE / name), report)
        figures_of[name] = report.figures
    return figures_of


def _score_sentences(
    extractor: Extractor, sentences: list[Sentence], report: Report
) -> list[tuple[float, bool]]:
    found = _mentions(extractor, [Article(one.id, one.text, one.date) for one in sentences])
    answers = {one.id: answer_sentence(one, found[one.id]) for one in sentences}
    every = [answer for group in answers.values() for answer in group]
    pairs = figures.labels(every)
    checks = {id_: _checks(group) for id_, group in answers.items()}
    precision, recall = figures.relevance([(one, found[one.id]) for one in sentences])
    expected = sum(answer.gold is not None for answer in every)
    report.figures |= {
        "type_macro_f1": figures.macro_f1(pairs),
        "quad_macro_f1": figures.macro_f1(figures.quads(pairs)),
        "relevance_precision": precision,
        "relevance_recall": recall,
        "whole_event_right": figures.percent(sum(_whole(answer) for answer in every), expected),
        **figures.shares((check for group in checks.values() for check in group), "sentence"),
    }
    report.tables["type_f1"] = figures.per_type(pairs)
    report.faults |= {
        id_: faults for id_, group in answers.items() if (faults := _faults(group, checks[id_]))
    }
    report.tables["faultless_by_tag"] = figures.faultless_by_tag(sentences, report.faults.keys())
    return _graded(every)


def _score_documents(
    extractor: Extractor, documents: list[Document], report: Report
) -> list[tuple[float, bool]]:
    found = _mentions(
        extractor, [Article(one.id, one.text, one.date, one.publisher_country) for one in documents]
    )
    every: list[Answer[Told]] = []
    checks: list[Check] = []
    for document in documents:
        group = answer_document(document, found[document.id])
        asked = [check for one in group if one.gold for check in check_document(one.gold, one.mention)]
        if faults := _document_faults(group, document):
            report.faults[document.id] = faults
        every += group
        checks += asked
    events = [answer for answer in every if answer.gold]
    extra = sum(answer.gold is None for answer in every)
    right = sum(answer.type_right for answer in events)
    report.figures |= {
        "document_events_found": figures.percent(right, len(events)),
        "document_precision": figures.percent(right, right + extra),
        "document_checks": figures.percent(sum(check.passed for check in checks), len(checks)),
        **figures.shares(checks, "document"),
    }
    return [(one.mention.confidence, one.type_right) for one in every if one.mention]


def _share_of_quiet(extractor: Extractor, negatives: list[str], report: Report) -> float:
    found = _mentions(extractor, [Article(str(number), text) for number, text in enumerate(negatives)])
    loud = [number for number in range(len(negatives)) if found[str(number)]]
    for number in loud:
        report.faults[negatives[number]] = [
            f"spurious {one.type} '{one.trigger}'" for one in found[str(number)]
        ]
    return figures.percent(len(negatives) - len(loud), len(negatives))


def _mentions(extractor: Extractor, articles: Sequence[Article]) -> dict[str, tuple[Mention, ...]]:
    return {one.id: one.mentions for one in extractor.extract(articles)}


def _checks(answers: list[Answer[Event]]) -> list[Check]:
    return [
        check
        for one in answers
        if one.gold and one.mention and one.type_right
        for check in check_sentence(one.gold, one.mention)
    ]


def _whole(answer: Answer[Event]) -> bool:
    if answer.gold is None or answer.mention is None or not answer.type_right:
        return False
    asked = check_sentence(answer.gold, answer.mention)
    return all(check.passed for check in asked if check.name in ("status", "actor", "recipient"))


def _graded(answers: list[Answer[Event]]) -> list[tuple[float, bool]]:
    """(confidence, right) of every mention; right is the right type said of the right actor."""
    graded = []
    for one in answers:
        if one.mention:
            wrong = one.gold is None or any(
                check.name == "actor" and not check.passed for check in check_sentence(one.gold, one.mention)
            )
            graded.append((one.mention.confidence, one.type_right and not wrong))
    return graded


def _faults(answers: list[Answer[Event]], checks: list[Check]) -> list[str]:
    named = [fault for answer in answers if (fault := _type_fault(answer))]
    return sorted(named + [check.name for check in checks if not check.passed])


def _document_faults(answers: list[Answer[Told]], document: Document) -> list[str]:
    faults = [fault for answer in answers if (fault := _type_fault(answer))]
    for one in answers:
        if one.gold and one.mention:
            snippet = document.text[one.gold.offset :][:30]
            failed = [check.name for check in check_document(one.gold, one.mention) if not check.passed]
            faults += [f"{name} of '{snippet}'" for name in failed]
    return sorted(faults)


def _type_fault(answer: Answer[Any]) -> str | None:
    if answer.mention is None:
        return f"missed {answer.gold.types[0]}" if answer.gold else None
    said = f"{answer.mention.type} '{answer.mention.trigger}'"
    if answer.gold is None:
        return f"spurious {said}"
    return None if answer.type_right else f"{answer.gold.types[0]} read as {said}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and with ``--update`` store."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="write baseline.json")
    parser.add_argument("--faults", action="store_true", help="print faults with their texts")
    parser.add_argument("--held-out", action="store_true", help="print the figures of the held-out sentences")
    options = parser.parse_args(arguments)
    if options.held_out:
        sys.stdout.write(json.dumps(score_held_out(Extractor.load()), indent=1) + "\n")
        return 0
    report = score(Extractor.load())
    if options.update:
        BASELINE.write_text(report.as_json(), "utf-8")
    if options.faults:
        texts = {one.id: one.text for one in read_sentences()}
        for id_, faults in report.faults.items():
            sys.stdout.write(f"{id_}: {'; '.join(faults)}\n    {texts.get(id_, '')}\n")
    sys.stdout.write(json.dumps({"figures": report.figures, **report.tables}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
