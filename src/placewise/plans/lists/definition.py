"""The `call_lists` section of a programme: whom to see next, by a published rule and recorded values only.

    call_lists:
      at_risk_and_unprotected:
        title: At risk of stroke and not on an anticoagulant
        missed_by: protected           # or counted_by, of a measure of which fewer is better
        exclude: {has: anticoagulant_contraindicated}
        first: [cha2ds2vasc desc, medication_review asc]
        show: [age, cha2ds2vasc, medication_review]
        next_action: Offer a review of treatment.
        recipient: screening_provider  # left out: the treating practice, as nearly always

A list with a recipient goes to that organisation and nobody else, not even the practice; a deployment says which it is
and for which purpose, and makes no such list where it names none.

`first` and `show` name code lists, and `show` also `age`: never sex, ethnicity or anything else of the person, since
nobody is ranked by what they are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from placewise.door.definition import Recipient
from placewise.floor.access import DIRECT_CARE
from placewise.floor.language.nodes import AnyOf, Has, Node, Not
from placewise.floor.language.notation import Questions
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.measures.definition import Measure
from placewise.plans.lists.contract import CallListCard
from placewise.plans.lists.plan import AGE, Column, ListPlan, OrderKey
from placewise.plans.lists.reasons import find_exclusion_lines, find_lines

END_OF_LIFE = "end_of_life_codes"
"""Whoever has one of these recorded is called by no list, whatever its programme excludes besides."""


class CallListSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    missed_by: str | None = None
    counted_by: str | None = None
    exclude: Any = None
    first: tuple[str, ...] = Field(min_length=1)
    show: tuple[str, ...] = ()
    next_action: str = Field(min_length=1)
    recipient: str | None = None

    @field_validator("first")
    @classmethod
    def check_order(cls, first: tuple[str, ...]) -> tuple[str, ...]:
        for key in first:
            if not re.fullmatch(r"[a-z0-9_]+ (asc|desc)", key):
                raise ValueError(f"`{key}` is no order; write a code list and asc or desc, like `cha2ds2vasc desc`")
        return first

    @model_validator(mode="after")
    def check_measure(self) -> "CallListSection":
        if (self.missed_by is None) == (self.counted_by is None):
            raise ValueError("a list is of people missed by a measure or counted by it; give missed_by or counted_by")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class CallList:
    """measure: the list holds those of whom it is asked and who do not count, or, if `counted`, those who do. exclude:
    who is not to be called. show: `age` or code lists, in the order to show. recipient: to whom alone it goes, as
    deployments call it; None: to the treating practice."""

    slug: str
    title: str
    measure: str
    counted: bool
    exclude: Node | None
    order: tuple[OrderKey, ...]
    show: tuple[str, ...]
    next_action: str
    recipient: str | None = None


def build_call_list(slug: str, section: CallListSection, questions: Questions) -> CallList:
    words = (key.split() for key in section.first)
    return CallList(
        slug=slug,
        title=section.title,
        measure=section.missed_by or section.counted_by or "",
        counted=section.counted_by is not None,
        exclude=questions.get(("call_lists", slug, "exclude")),
        order=tuple(OrderKey(codes, direction == "desc") for codes, direction in words),
        show=section.show,
        next_action=section.next_action,
        recipient=section.recipient,
    )


def plan_list(
    call_list: CallList,
    measure: Measure,
    registers: Mapping[str, Node],
    code_lists: Mapping[str, CodeList],
    programme: str,
    recipient: Recipient | None = None,
) -> ListPlan:
    """The list ready to be made. registers: every register that its questions rest on; recipient: to whom it goes in
    place of the treating practices."""
    columns = tuple(Column("age" if of == AGE else code_lists[of].title, of) for of in call_list.show)
    aim = Not(measure.count) if call_list.counted else measure.count
    excluded = _exclude(call_list.exclude, code_lists)
    return ListPlan(
        slug=call_list.slug,
        measure=measure.slug,
        counted=call_list.counted,
        lines=tuple(find_lines(measure.of, aim, registers)),
        exclude=excluded,
        exclude_lines=() if excluded is None else tuple(find_exclusion_lines(excluded, registers)),
        order=call_list.order,
        columns=columns,
        recipient=recipient.organisation if recipient else "",
        card=CallListCard(
            title=call_list.title,
            measure=measure.slug,
            programme=programme,
            next_action=call_list.next_action,
            order=tuple(_told(key, code_lists[key.codes]) for key in call_list.order),
            columns=tuple(column.name for column in columns),
            recipient=recipient.organisation if recipient else "",
            purpose=recipient.purpose if recipient else DIRECT_CARE,
        ),
    )


def _exclude(said: Node | None, code_lists: Mapping[str, CodeList]) -> Node | None:
    """What a programme excludes, and the end of life, where the code lists hold it."""
    if END_OF_LIFE not in code_lists:
        return said
    return Has(END_OF_LIFE) if said is None else AnyOf((said, Has(END_OF_LIFE)))


def _told(key: OrderKey, code_list: CodeList) -> str:
    """A key of the published rule: "CHA2DS2-VASc stroke risk score, highest first"."""
    highest, lowest = ("highest", "lowest") if code_list.domain == "measurement" else ("latest", "longest ago")
    return f"{code_list.title}, {highest if key.descending else lowest} first"
