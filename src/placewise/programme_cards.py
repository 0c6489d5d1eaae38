"""What a release is told of programmes: a card for each measure, how many people should be on a register, and what
nobody can measure yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from placewise.floor.language.describe import describe
from placewise.floor.language.names import registers_under
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.measures.definition import Measure, find_change, find_prevalence, find_register
from placewise.measures.unit_definition import UnitMeasure
from placewise.measures.unit_words import describe_denominator, describe_numerator, get_value_unit
from placewise.programme import Programme, get_code_lists, get_registers, get_titles
from placewise.publishing.contract import CaseFinding, MeasureCard, NotMeasured, SeriesCard
from placewise.registers.case_finding import Basis

NEVER_CHANGED: Mapping[str, dict[str, Any]] = {}


def build_cards(
    programmes: Iterable[Programme],
    code_lists: Mapping[str, CodeList],
    previous: Mapping[str, dict[str, Any]] = NEVER_CHANGED,
) -> tuple[MeasureCard, ...]:
    """What a page says about each measure of these programmes besides its numbers. previous: MeasureCard.previous."""
    programmes = tuple(programmes)
    registers = get_registers(programmes)
    titles = get_titles(programmes, code_lists)
    cards = []
    for programme in programmes:
        for measure in programme.all_measures:
            said = (
                _say_of_units(measure, titles, code_lists)
                if isinstance(measure, UnitMeasure)
                else _say_of_people(measure, titles)
            )
            cards.append(
                MeasureCard(
                    measure=measure.slug,
                    title=measure.title,
                    programme=programme.slug,
                    programme_title=programme.title,
                    why_it_matters=programme.why_it_matters,
                    better=measure.better,
                    definition=measure.written,
                    code_lists=tuple(_card(code_lists[name]) for name in get_code_lists(measure, registers)),
                    owner=programme.owner,
                    status=programme.status,
                    version=measure.version,
                    reviewed=programme.reviewed.isoformat(),
                    next_review=programme.next_review.isoformat(),
                    ambition=measure.ambition.model_dump() if measure.ambition else None,
                    lead=measure.slug == programme.page.lead,
                    step=_find_step(measure.slug, programme.page.funnel),
                    taken_up=measure.slug == programme.page.taken_up,
                    sensitive=measure.sensitive,
                    limits=measure.limits,
                    note=measure.note,
                    completeness=measure.completeness,
                    settles_after=measure.settles_after,
                    previous=previous.get(measure.slug),
                    impact=impact.model_dump(mode="json") if (impact := programme.impact.get(measure.slug)) else None,
                    **said,
                )
            )
    return tuple(cards)


def _find_step(measure: str, funnel: Sequence[str]) -> int:
    """From 1; 0 for a measure that is no step."""
    return funnel.index(measure) + 1 if measure in funnel else 0


def _say_of_people(measure: Measure, titles: Mapping[str, str]) -> dict[str, Any]:
    """What a card says of a share of people alone."""
    return {
        "unit": measure.unit,
        "denominator_means": describe(measure.of, titles),
        "numerator_means": describe(measure.count, titles),
        "register": find_register(measure),
        "change": asdict(change) if (change := find_change(measure)) else None,
    }


def _say_of_units(
    measure: UnitMeasure, titles: Mapping[str, str], code_lists: Mapping[str, CodeList]
) -> dict[str, Any]:
    """What a card says of any other measure."""
    return {
        "unit": measure.kind,
        "denominator_means": describe_denominator(measure, titles),
        "numerator_means": describe_numerator(measure, titles),
        "statistic": measure.asked.statistic,
        "unit_title": "People" if measure.asked.units is None else measure.unit_title,
        "of_units": measure.of_units,
        "per": measure.per if measure.asked.statistic == "rate" else 1,
        "value_unit": get_value_unit(measure.asked, code_lists),
        "decimals": measure.decimals,
        "over": measure.over,
        "whole_only": measure.whole_only,
    }


def build_case_finding(
    programmes: Iterable[Programme], stated: Mapping[str, tuple[Basis, ...]]
) -> tuple[CaseFinding, ...]:
    """Each register that somebody says how many people should be on: the programme's own bases, then what the
    deployment states, beside the measure that counts the known and those that count how they are treated."""
    programmes = tuple(programmes)
    registers = get_registers(programmes)
    found = []
    for programme in programmes:
        for slug, register in programme.registers.items():
            bases = (*programme.case_finding.get(slug, ()), *stated.get(slug, ()))
            known = find_prevalence(slug, programme.measures.values())
            if bases and known:
                missing = dict.fromkeys(each.measure for each in programme.call_lists.values() if not each.counted)
                found.append(
                    CaseFinding(
                        register=slug,
                        title=register.title,
                        measure=known.slug,
                        missed_by=tuple(
                            each
                            for each in missing
                            if slug in registers_under([programme.measures[each].of], registers)
                        ),
                        bases=tuple(each.model_dump() for each in bases),
                    )
                )
    return tuple(found)


def get_not_measured(programmes: Iterable[Programme]) -> tuple[NotMeasured, ...]:
    """Every figure that people ask for and nobody can give yet."""
    return tuple(
        NotMeasured(slug=slug, title=each.title, because=each.because, programme=programme.slug)
        for programme in programmes
        for slug, each in programme.not_measured.items()
    )


def get_series(programmes: Iterable[Programme]) -> tuple[SeriesCard, ...]:
    """Every series of published figures that a programme rests on."""
    return tuple(
        SeriesCard(
            slug=slug,
            title=each.title,
            note=each.note,
            programme=programme.slug,
            programme_title=programme.title,
            why_it_matters=programme.why_it_matters,
            owner=programme.owner,
            status=programme.status,
            reviewed=programme.reviewed.isoformat(),
            next_review=programme.next_review.isoformat(),
            lead=slug == programme.page.lead,
        )
        for programme in programmes
        for slug, each in programme.published.items()
    )


def _card(code_list: CodeList) -> dict[str, Any]:
    """A code list as MeasureCard.code_lists has it."""
    return {
        "name": code_list.name,
        "title": code_list.title,
        "version": code_list.version,
        "owner": code_list.owner,
        "source": code_list.source,
        "review_date": code_list.review_date.isoformat(),
        "status": code_list.status,
        "codes": len(code_list.rows),
    }
