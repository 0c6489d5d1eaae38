"""In a synthetic system published figures are invented, and nothing calls them official."""

import pytest

from placewise_site.web.figures.published_words import published_words


@pytest.mark.parametrize(("mode", "is_official"), [("synthetic", False), ("published", True), ("live", True)])
def test_only_invented_figures_are_called_invented(mode: str, is_official: bool) -> None:
    words = published_words(mode)
    for said in (words.figures, words.statistics, words.as_released, words.as_all_released):
        assert ("invented" in said) is not is_official
