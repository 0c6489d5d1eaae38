"""A person writes a file by hand; Placewise tells every mistake in it at once, each with its line and its remedy."""

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, field_validator

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.yaml_file import find_faults, read_lines, read_model


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Strict):
    name: str
    weight: int = 1
    not_: bool = Field(default=False, alias="not")


class Recipe(Strict):
    title: str
    status: Literal["draft", "published"]
    reviewed: date
    steps: list[Step]
    groups: dict[str, Step] = {}

    @field_validator("title")
    @classmethod
    def check_title(cls, title: str) -> str:
        if not title.strip():
            raise ValueError("the title is blank; say what it is")
        return title


GOOD = """\
title: Bread
status: draft
reviewed: 2026-01-15
steps:
  - name: knead
    weight: 2
"""


@pytest.fixture
def write(tmp_path: Path):
    def write_file(text: str) -> Path:
        path = tmp_path / "recipe.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def told(path: Path) -> list[tuple[int | None, str, str]]:
    return [(fault.line, fault.fault, fault.remedy) for fault in find_faults(path, Recipe)[1]]


def test_a_correct_file_becomes_the_model(write):
    recipe = read_model(write(GOOD), Recipe)
    assert recipe.reviewed == date(2026, 1, 15)
    assert recipe.steps[0].weight == 2


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines(write):
    path = write(
        "title: '  '\n"
        "status: finished\n"
        "steps:\n"
        "  - name: knead\n"
        "    wieght: 2\n"
        "  - weight: heavy\n"
        "groups:\n"
        "  rye: {name: rye, name: wheat}\n"
    )
    assert told(path) == [
        (1, "`title`: the title is blank", "say what it is"),
        (1, "the key `reviewed` is missing", "add it"),
        (2, "`status` is `finished`", "give one of `draft` or `published`"),
        (5, "`wieght` is not a key here", "did you mean `weight`"),
        (6, "the key `steps.1.name` is missing", "add it"),
        (6, "`steps.1.weight` is `heavy`", "give a whole number"),
        (8, "the key `name` was given before, in line 8", "keep one"),
    ]


def test_an_unknown_key_like_no_other_gets_the_list_of_keys(write):
    path = write(GOOD + "    colour: brown\n")
    assert told(path) == [(7, "`colour` is not a key here", "remove it (the keys here are name, not, weight)")]


def test_a_key_inside_a_named_group_is_checked_against_its_own_model(write):
    path = write(GOOD + "groups:\n  rye:\n    nmae: rye\n    name: rye\n")
    assert told(path) == [(9, "`nmae` is not a key here", "did you mean `name`")]


def test_a_date_and_an_empty_value_are_told_in_plain_words(write):
    assert told(write(GOOD.replace("2026-01-15", "last week"))) == [
        (3, "`reviewed` is `last week`", "give a date as YYYY-MM-DD")
    ]
    assert told(write(GOOD.replace("title: Bread", "title:"))) == [(1, "`title` is empty", "give a piece of text")]


def test_what_is_not_yaml_is_told_with_its_line(write):
    path = write("title: Bread\nsteps: [knead\nstatus: draft\n")
    [fault] = find_faults(path, Recipe)[1]
    assert fault.line == 3
    assert fault.fault.startswith("it is not valid YAML")


@pytest.mark.parametrize("deep", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000])
def test_what_is_nested_too_deep_is_one_sentence(write, deep):
    ((line, fault, _),) = told(write(f"title: Bread\nsteps:\n  {deep}"))
    assert (line, fault) == (3, "it is not valid YAML (groups or lists are nested too deep)")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),  # the code of Norway, and a plain answer
        ("on", "on"),
        ("12:30", "12:30"),
        ("true", True),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("1_000", "1_000"),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        (".inf", float("inf")),
        ("2024-02-29", date(2024, 2, 29)),
        ("E06000015", "E06000015"),
        ("6E4", 60000.0),
    ],
)
def test_a_value_is_what_yaml_1_2_says_it_is(write, written, value):
    read = read_lines(write(f"value: {written}\n")).data["value"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words\n"])
def test_a_file_that_is_no_group_of_keys_is_refused(write, text):
    with pytest.raises(FaultsFound):
        read_model(write(text), Recipe)


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(FaultsFound, match=r"recipe\.yaml: there is no such file; create it"):
        read_model(tmp_path / "recipe.yaml", Recipe)


def test_a_file_that_is_not_text_is_one_sentence(tmp_path):
    (tmp_path / "recipe.yaml").write_bytes(b"title: \xff\xfe")
    with pytest.raises(FaultsFound, match="it is not text in UTF-8; save it as UTF-8"):
        read_model(tmp_path / "recipe.yaml", Recipe)


def test_a_later_check_can_point_to_its_line(write):
    lines = read_lines(write(GOOD))
    assert lines.line("steps", 0, "weight") == 6
    assert lines.fault(("steps", 0), "too short", "add a step") == Fault(lines.file, 5, "too short", "add a step")
