"""The published.yaml and facts.yaml that come with Placewise are without mistakes, whatever files are at hand."""

from pathlib import Path

import pytest

from placewise.facts import FactsFile
from placewise.floor.vocabulary.people import TITLES
from placewise.floor.yaml_file import read_model
from placewise.intake.published.build import check_published_files
from placewise.publishing.figures import OfficialFigures, get_indicator_cards, read_official_figures

DEPLOYMENTS = sorted((Path(__file__).resolve().parents[2] / "deployments").glob("*/published.yaml"))


@pytest.fixture(params=DEPLOYMENTS, ids=lambda path: path.parent.name)
def published(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def figures(published: Path) -> OfficialFigures:
    return read_official_figures(published)


def test_every_source_can_be_read_by_an_adapter_that_knows_its_options(published: Path) -> None:
    check_published_files(published)


def test_every_split_has_a_title(figures: OfficialFigures) -> None:
    used = {split for figure in figures.figures.values() for split in figure.splits} - {"all"}
    assert used <= set(TITLES) | set(figures.splits)


def test_every_fact_is_about_a_figure(published: Path, figures: OfficialFigures) -> None:
    facts = read_model(published.with_name("facts.yaml"), FactsFile).facts
    assert {fact.figure.split("/")[0] for fact in facts.values() if fact.figure} <= set(get_indicator_cards(figures))


def test_every_fact_known_to_differ_says_why(published: Path) -> None:
    facts = read_model(published.with_name("facts.yaml"), FactsFile).facts
    assert all(fact.note for fact in facts.values() if fact.kind == "differs")
