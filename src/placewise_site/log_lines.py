"""Lines of the site's log, which people may read who may read no record."""

import logging
import re
from traceback import format_tb
from typing import Any

NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")


class WithoutRecords(logging.Formatter):
    """Where something failed and of what kind it was, without its message, which may quote a record or a file.

    Ten digits that could be an NHS number are left out of every line: somebody may have typed one into an address.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept the whole of it
        return NHS_NUMBER.sub("[ten digits]", super().format(record))

    def formatException(self, ei: Any) -> str:
        kind, _, where = ei
        return "".join(format_tb(where)) + (f"{kind.__module__}.{kind.__qualname__}" if kind else "")
