"""Levels of where people live, for pages."""

from placewise.floor.vocabulary.residence import MIDDLE_AREA, RESIDENCE, SMALL_AREA, get_outlines_check

__all__ = ["MIDDLE_AREA", "RESIDENCE", "SMALL_AREA", "get_outlines_check"]
