"""Write the generated part of negatives.txt from negatives_vocabulary.toml: no chance, the same lines every time.

python tests/quality/make_negatives.py
"""

from __future__ import annotations

import re
import sys
import tomllib

from annotations import GENERATED, HERE

NEGATIVES = HERE / "negatives.txt"
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
_STRIDE = 7  # steps through a slot's words: neighbours in the list do not stand in neighbouring sentences


def generated() -> list[str]:
    """The sentences, every template filled ``each`` times."""
    vocabulary = tomllib.loads((HERE / "negatives_vocabulary.toml").read_text("utf-8"))
    templates = [template for field in vocabulary["templates"].values() for template in field]
    return list(
        dict.fromkeys(
            _fill(template, vocabulary["slots"], number * 31 + turn * _STRIDE)
            for number, template in enumerate(templates)
            for turn in range(vocabulary["each"])
        )
    )


def _fill(template: str, slots: dict[str, list[str]], start: int) -> str:
    def word(match: re.Match[str]) -> str:
        words = slots[match[1]]
        shift = int(match[2] or 0) * 11 + len(match[1]) * 3  # slots of one sentence stand at different places
        return words[(start + shift) % len(words)]

    return _SLOT.sub(word, template)


def main() -> int:
    """Replace what stands below the mark."""
    written, mark, _ = NEGATIVES.read_text("utf-8").partition(GENERATED)
    NEGATIVES.write_text(written + mark + "".join(f"{line}\n" for line in generated()), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
