"""Every page of need shows the strengths beside it, and gives no score of need where none is recorded."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from builders.pages import words_in

HEAD = "asset,kind,area,helps,told,source,recorded_on"
ASSETS = (
    "Harbour Walkers,group,NW1,healthy_hearts,Weekly walks along the quay.,invented,2026-02-01",
    "North Haven Befrienders,volunteers,HVN,,Sixty people who visit.,invented,2026-02-01",
    "Haven Carers' Line,service,HVS,,Answers every day.,invented,2026-02-01",
)
NO_SCORE = "No strengths recorded yet, so no need score is given."


@pytest.fixture
def with_assets(site: SimpleNamespace, settings: Any, tmp_path: Path) -> Client:
    """The planted system, whose North Haven has strengths of its own and whose South Haven has none."""
    folder = tmp_path / "haven"
    shutil.copytree(site.deployment, folder)
    (folder / "assets.csv").write_text("\n".join((HEAD, *ASSETS)) + "\n", encoding="utf-8")
    settings.PLACEWISE_DEPLOYMENT = str(folder)
    return Client()


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words_in(answer.content.decode())


@pytest.mark.requirement("S042")
def test_where_strengths_are_recorded_a_need_score_stands_beside_them(with_assets: Client) -> None:
    told = words(with_assets, "/compare/needs/?area=HVN")
    assert "Need score: 2 of 3 measures are worse here than in the whole system, or perhaps worse." in told
    for strength in ("Harbour Walkers", "North Haven Befrienders", "Haven Carers' Line"):
        assert strength in told


@pytest.mark.requirement("S042")
def test_without_strengths_of_its_own_no_need_score_is_given(with_assets: Client) -> None:
    told = words(with_assets, "/compare/needs/?area=HVT")
    assert NO_SCORE in told
    assert "Need score:" not in told
    assert "Haven Carers' Line" in told  # of the whole system, which South Haven is part of
    assert "Harbour Walkers" not in told
    whole = words(with_assets, "/compare/needs/")
    assert "South Haven No strengths recorded yet none given" in whole
    assert "North Haven Groups: 1, Volunteers: 1 2 of 3 measures" in whole


@pytest.mark.requirement("S042")
def test_every_page_of_need_shows_the_strengths(with_assets: Client, sign_in: Callable[..., Client]) -> None:
    voluntary = sign_in("voluntary_sector", "HVS")
    for client, address in ((with_assets, "/population/?area=HVN"), (voluntary, "/?area=HVN")):
        told = words(client, address)
        assert "Strengths of North Haven" in told
        assert "North Haven Befrienders Sixty people who visit." in told
        assert "invented, 1 February 2026" in told
    for client, address in ((with_assets, "/population/?area=HVT"), (voluntary, "/?area=HVT")):
        assert "No strengths recorded yet." in words(client, address)


@pytest.mark.requirement("S042")
def test_a_deployment_without_the_file_says_so_and_scores_nobody(site: SimpleNamespace) -> None:
    for area in ("HVN", "HVT", "NW1"):
        assert NO_SCORE in words(Client(), f"/compare/needs/?area={area}")


def test_a_strength_that_helps_with_one_programme_stands_beside_that_one(with_assets: Client) -> None:
    told = words(with_assets, "/compare/needs/?area=NW1")
    needs = told[told.index("Needs, and what helps with each") :]
    carers, heart = needs[needs.index("Carers") : needs.index("Heart care")], needs[needs.index("Heart care") :]
    assert "Harbour Walkers" not in carers and "North Haven Befrienders" in carers
    assert "North Haven Befrienders" in heart
