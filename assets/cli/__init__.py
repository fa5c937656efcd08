"""The command line: ``communique``. Each command's work is in the module of its name, imported when used."""

from assets.cli.app import main

__all__ = ["main"]
