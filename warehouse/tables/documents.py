"""Tables of the clean stage: articles, and the stories that near-duplicate articles form."""

from __future__ import annotations

from warehouse.tables.common import ID_PATTERN, batch, identifier
from warehouse.tables.ingestion import SOURCE_URI
from warehouse.tables.model import Column, RowRule, Table

DOCUMENTS = Table(
    name="documents",
    row="a cleaned article",
    description="Article text without the page around it, with title, publication date and language.",
    stage="clean",
    columns=(
        identifier("document_id", "Identity of the content: the same text has the same id on any machine"),
        batch(),
        SOURCE_URI,
        Column("url", "string", "Address of the article"),
        Column("site", "string", "Host name of the address, without www"),
        Column("publisher", "string", "Who published it, where the page says so"),
        Column("author", "string", "By-line"),
        Column("title", "string", "Headline"),
        Column("body", "string", "Article text; every offset of other tables counts code points of this", required=True),
        Column("language", "string", "ISO 639-1 code of the body's language", pattern=r"[a-z]{2,3}"),
        Column(
            "language_confidence", "double", "Probability of that language", unit="probability", minimum=0, maximum=1
        ),
        Column("published_on", "date", "Publication day, NULL when the day or year is not stated"),
        Column("published_edtf", "string", "Publication date with its uncertainty, as EDTF"),
        Column("published_method", "string", "Where the date was found", required=True, pattern=r"[a-z_]+"),
        Column("words", "integer", "Words in the body", unit="words", required=True, minimum=1),
        Column(
            "boilerplate_share", "double", "Share of the input's characters that were dropped as not the article",
            unit="share", required=True, minimum=0, maximum=1,
        ),
        Column(
            "story_id", "string", "Articles that are near-copies of each other share a story",
            pattern=ID_PATTERN, linked_from="document_stories",
        ),
        Column(
            "is_story_lead", "boolean", "This article stands for its story", linked_from="document_stories"
        ),
        Column("cleaner_version", "string", "Version of the cleaning code and knowledge", required=True),
    ),
    key=("document_id",),
    sort=("document_id",),
    unit="document_id",
    rules=(
        RowRule("body_is_not_blank", "length(trim(body)) > 0", "An article without text cannot be read"),
        RowRule(
            "published_is_a_plausible_day",
            "published_on IS NULL OR published_on BETWEEN DATE '1800-01-01' AND current_date + INTERVAL 2 DAY",
            "A date in the future is a misread date",
            severity="warning",
        ),
        RowRule(
            "language_is_known", "language IS NOT NULL", "Extraction passes over texts of unknown language", severity="warning"
        ),
    ),
)  # fmt: skip

CLEANING_REJECTIONS = Table(
    name="cleaning_rejections",
    row="a raw text that cleaning found no article in",
    description="Why a text that could be read did not become a document; its ledger row follows from this. Lake only.",
    stage="clean",
    published=False,
    columns=(
        identifier("document_id", "The raw text", references="raw_documents.document_id"),
        batch(),
        Column("reason", "string", "Why: a short fixed word", required=True, pattern=r"[a-z][a-z0-9-]*"),
        Column("detail", "string", "The same in a sentence a person understands"),
        Column("cleaner_version", "string", "Version of the cleaning code and knowledge", required=True),
    ),
    key=("document_id",),
    sort=("document_id",),
    unit="document_id",
)  # fmt: skip

DOCUMENT_SIGNATURES = Table(
    name="document_signatures",
    row="what a document's words look like to whoever seeks its near-copies",
    description="Made once a batch, so that seeking copies among all batches reads no text again. Lake only.",
    stage="clean",
    published=False,
    columns=(
        identifier("document_id", "The article", references="documents.document_id"),
        batch(),
        Column("text_hash", "bigint", "Hash of the body's set of shingles: equal where bodies have the same words", required=True),
        Column("shingles", "integer", "Different runs of four words", unit="count", required=True, minimum=1),
        Column(
            "bands", "string", "16 MinHash bands of 12 hexadecimal digits: near-copies share at least one",
            required=True, pattern=r"[0-9a-f]{192}",
        ),
    ),
    key=("document_id",),
    sort=("document_id",),
    unit="document_id",
)  # fmt: skip

STORY_PAIRS = Table(
    name="story_pairs",
    row="two texts that were compared word by word",
    description="What the resolve stage has compared already: a verdict depends on the two texts alone. Lake only.",
    stage="resolve",
    scope="all",
    published=False,
    columns=(
        Column("first_text", "bigint", "The smaller text_hash of the two", required=True),
        Column("second_text", "bigint", "The larger one", required=True),
        Column(
            "similarity", "double", "Share of shingles in common (Jaccard)",
            unit="share", required=True, minimum=0, maximum=1,
        ),
    ),
    key=("first_text", "second_text"),
    sort=("first_text", "second_text"),
    rules=(RowRule("texts_are_in_order", "first_text < second_text", "A pair is kept once"),),
)  # fmt: skip

DOCUMENT_STORIES = Table(
    name="document_stories",
    row="a document's place in its story",
    description="Link table of the resolve stage: near-duplicate articles, grouped.",
    stage="resolve",
    scope="all",
    published=False,
    columns=(
        identifier("document_id", "The article", references="documents.document_id"),
        identifier("story_id", "The story"),
        Column("is_story_lead", "boolean", "This article stands for its story", required=True),
    ),
    key=("document_id",),
    sort=("document_id",),
)

TABLES = (DOCUMENTS, CLEANING_REJECTIONS, DOCUMENT_SIGNATURES, STORY_PAIRS, DOCUMENT_STORIES)
