"""Read a small CSV that people write: its rows by line, or a sentence that says what is wrong with it.

A line that begins with # is a remark.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from placewise.floor.faults import Fault

Row = tuple[int, dict[str, str]]
"""The line in the file, and the cells by column, without blanks around them."""


def find_rows(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[list[Row], list[Fault]]:
    """The rows, and the mistakes for which there are none: a missing file, other columns, a row of another width.

    optional: columns that may follow the others, in any order; a cell of one that is left out is "".
    """
    file = str(path)
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = ["\n" if line.startswith("#") else line for line in stream]
            above = next((number for number, line in enumerate(lines) if line.strip()), 0)
            reader = csv.DictReader(lines[above:])
            named = tuple(reader.fieldnames or ())
            if named[: len(columns)] != tuple(columns) or not set(named[len(columns) :]) <= set(optional):
                return [], [Fault(file, 1, "the columns are not those expected", f"name them {','.join(columns)}")]
            left_out = {each: "" for each in optional if each not in named}
            rows, faults = [], []
            for cells in reader:
                line = reader.line_num + above
                if None in cells or None in cells.values():
                    fault = f"the row has not {len(named)} values"
                    faults.append(Fault(file, line, fault, "put values that hold a comma between quotes"))
                else:
                    rows.append((line, left_out | {key: value.strip() for key, value in cells.items()}))
            return rows, faults
    except FileNotFoundError:
        return [], [Fault(file, None, "there is no such file", f"create it with the columns {','.join(columns)}")]
    except UnicodeDecodeError:
        return [], [Fault(file, None, "it is not text in UTF-8", "save it as UTF-8")]
