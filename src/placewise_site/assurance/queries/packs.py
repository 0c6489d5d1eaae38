"""Packs with the questions asked of them and the answers, as they stand or stood on a day."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from placewise_site.assurance.models import Answer, Challenge, Pack


def find_packs(user: Any) -> QuerySet[Pack]:
    """Those a person may read, the newest first, each with its questions and their answers."""
    words = ("words__text", "words__destruction")
    return Pack.objects.visible_to(user).prefetch_related(
        Prefetch("challenges", Challenge.objects.select_related(*words)),
        Prefetch("challenges__answer", Answer.objects.select_related(*words)),
    )
