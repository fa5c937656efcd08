"""Great Expectations' expectations about rows, each of which describes itself once.

Great Expectations asks an expectation for its ``configuration`` some forty times while it evaluates it, and the
expectation makes it anew each time: half of what checking a small batch costs. Nothing changes one of these after
it is made, so they keep the first. Loaded by ``suite`` alone, when the first row is checked: importing this imports
Great Expectations.
"""

from __future__ import annotations

from typing import Any

from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_match_regex import (
    ExpectColumnValuesToMatchRegex,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)


class _Described:
    """Put before an expectation's class, in each of which pydantic wants the attribute declared."""

    _configuration: Any

    @property
    def configuration(self) -> Any:
        """What Great Expectations passes around in place of the expectation."""
        if self._configuration is None:
            self._configuration = super().configuration  # type: ignore[misc]
        return self._configuration


# Great Expectations finds a class again by its name: these have names of their own, so that its own ones stay.


class RowsAreNotNull(_Described, ExpectColumnValuesToNotBeNull):
    """Values are there."""

    _configuration: Any = PrivateAttr(default=None)


class RowsAreInSet(_Described, ExpectColumnValuesToBeInSet):
    """Values are among those allowed."""

    _configuration: Any = PrivateAttr(default=None)


class RowsAreBetween(_Described, ExpectColumnValuesToBeBetween):
    """Values are within bounds."""

    _configuration: Any = PrivateAttr(default=None)


class RowsMatchRegex(_Described, ExpectColumnValuesToMatchRegex):
    """Texts have a form."""

    _configuration: Any = PrivateAttr(default=None)


DESCRIBED: dict[str, Any] = {
    "ExpectColumnValuesToNotBeNull": RowsAreNotNull,
    "ExpectColumnValuesToBeInSet": RowsAreInSet,
    "ExpectColumnValuesToBeBetween": RowsAreBetween,
    "ExpectColumnValuesToMatchRegex": RowsMatchRegex,
}
"""Each by the name of Great Expectations' own class."""
