"""What people write in a deployment's files, as models."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Written(BaseModel):
    """Something a person wrote in a deployment's file: nothing unknown in it, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def check_order(first: date | None, last: date | None, told: str) -> None:
    """Raises ValueError with what is told where the last day is before the first."""
    if first and last and last < first:
        raise ValueError(told)
