"""News to measure on: political articles of our own and everyday ones made of our own sentences, in known shares."""

from __future__ import annotations

import json
import random
from pathlib import Path

from pipelines.extract.model import Article

QUALITY = Path(__file__).parents[1] / "quality"
SENTENCES = (10, 22)  # of an everyday article


def political_texts() -> list[str]:
    """The annotated articles and, as articles of a dozen sentences, the annotated sentences."""
    articles = [
        json.loads(path.read_text("utf-8"))["text"] for path in sorted((QUALITY / "documents").glob("*.json"))
    ]
    lines = (QUALITY / "sentences.jsonl").read_text("utf-8").splitlines()
    sentences = [json.loads(line)["text"] for line in lines if line.strip()]
    return articles + [" ".join(sentences[first : first + 12]) for first in range(0, len(sentences), 12)]


def everyday_texts(count: int, rng: random.Random) -> list[str]:
    """Articles of sport, business, science and daily life."""
    lines = (QUALITY / "negatives.txt").read_text("utf-8").splitlines()
    sentences = [line for line in lines if line.strip() and not line.startswith("#")]
    return [" ".join(rng.sample(sentences, rng.randint(*SENTENCES))) for _ in range(count)]


def political(count: int, seed: int = 1) -> list[Article]:
    """Political articles only."""
    rng = random.Random(seed)
    texts = political_texts()
    return [Article(f"p{n}", rng.choice(texts), "2024-05-15") for n in range(count)]


def mixed(count: int, share: float = 0.1, seed: int = 2) -> list[Article]:
    """Everyday articles with a share of political ones, in random but reproducible order."""
    rng = random.Random(seed)
    many = round(count * share)
    texts = [rng.choice(political_texts()) for _ in range(many)] + everyday_texts(count - many, rng)
    rng.shuffle(texts)
    return [Article(f"m{n}", text, "2024-05-15") for n, text in enumerate(texts)]
