"""The page for operators names every setting with its meaning and default, and units start commands that exist."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from assets.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "operate.md"


def table() -> str:
    """The table of settings, as the page should show it."""
    lines = ["| variable | what it says | default |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory or field.default is None else f"`{field.default}`"
        if name == "workers":
            default = "2, or 1 on one processor"
        if isinstance(field.default, SecretStr):
            default = ""
        lines.append(f"| `COMMUNIQUE_{name.upper()}` | {field.description} | {default} |")
    return "\n".join(lines)


def test_the_page_shows_the_settings_as_they_are() -> None:
    shown = re.search(
        r"<!-- settings -->\n(.*?)\n?<!-- /settings -->", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown is not None
    assert shown[1].strip() == table(), "python tests/docs/test_operate.py writes the table"


@pytest.mark.parametrize(
    "unit", sorted((ROOT / "deploy" / "systemd").glob("*.service")), ids=lambda p: p.name
)
def test_units_start_commands_that_take_their_options(unit: Path) -> None:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read(unit, encoding="utf-8")
    program, command, *rest = parsed["Service"]["ExecStart"].split()
    options = [word for word in (command, *rest) if word.startswith("-") and len(word) > 2]
    words = [str(Path(sys.executable).parent / Path(program).name)]
    words += [] if command.startswith("-") else [command]
    said = subprocess.run([*words, "--help"], capture_output=True, text=True, check=True, timeout=120).stdout
    assert [option for option in options if option not in said] == []


def test_containers_hold_what_the_compose_file_mounts_and_copies() -> None:
    folder = ROOT / "deploy" / "container"
    compose = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    mounted = {volume.partition(":")[0] for volume in compose["services"]["daemon"]["volumes"]}
    assert all((folder / name).is_file() for name in mounted if name.startswith("./"))
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (folder / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert all((ROOT / name).exists() for names in copied for name in names.split())


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    new = re.sub(
        r"(<!-- settings -->\n).*?(<!-- /settings -->)",
        lambda found: found[1] + table() + "\n" + found[2],
        text,
        flags=re.DOTALL,
    )
    PAGE.write_text(new, encoding="utf-8")
