"""Plain values of YAML 1.2 as people write them: `no`, `on` and `y` are words, `007` is 7 and `12:30` is text.

libyaml parses, as fast as C does; PyYAML by itself takes what it parses for YAML 1.1, in which those are not what they
seem to be. A date is a date, as before.
"""

import re

from yaml import CSafeLoader, Node, ScalarNode
from yaml.composer import ComposerError

_TAG = "tag:yaml.org,2002:"
_WORDS = (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        "-+.0123456789",
    ),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
    ("merge", "<<", "<"),
)
"""Of each kind, its words (YAML 1.2, chapter 10.3) and what they begin with."""


_MOST_NESTED = 100
"""Groups and lists within one another: nobody writes more, and libyaml's composer ends the process where its stack
does."""


class Values(CSafeLoader):
    """The nodes and values of one text. Raises MarkedYAMLError for what is nested too deep, too."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # as PyYAML declares it
    _nested = 0

    def descend_resolver(self, current_node: Node | None, current_index: object) -> None:
        """Called by the composer as it enters each node, and ascend_resolver as it leaves it."""
        self._nested += 1
        if current_node is not None and self._nested > _MOST_NESTED:
            raise ComposerError(None, None, "groups or lists are nested too deep", current_node.start_mark)

    def ascend_resolver(self) -> None:
        self._nested -= 1


def _read_whole_number(values: Values, node: ScalarNode) -> int:
    written = str(values.construct_scalar(node))
    return int(written, 0) if written[:2] in ("0o", "0x") else int(written)


for kind, words, first in _WORDS:
    Values.add_implicit_resolver(_TAG + kind, re.compile(f"(?:{words})$"), list(first))
Values.add_constructor(_TAG + "int", _read_whole_number)
