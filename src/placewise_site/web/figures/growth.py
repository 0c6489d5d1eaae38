"""How a register grew beside its list: in one sentence, and by what it grew in a table."""

from dataclasses import dataclass

from placewise_site.evidence.sight import ALL, Growth, Sight
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import HIDDEN_WORDS, count_words, month_words, percent_words, state_words

PUT_ON, TAKEN_OFF = "Put on the register, of those registered now", "Taken off the register, of those registered now"
MOVED = "Known already: joined the list, less left it or died (the difference)"
COLUMNS = (Column("part", "Part"), Column("people", "People", is_number=True))


@dataclass(frozen=True, slots=True)
class GrowthNote:
    """What a page says of one register in one area: its parts, coding drives, and how far rounding may be out."""

    table: Table
    net: str
    drives: str
    rule: str
    out_by: int


def growth_sentence(growth: Growth | None) -> str:
    """Empty where the growth cannot be shown."""
    if growth is None:
        return ""
    register, registered = _change(growth.of_register, growth.known), _change(growth.of_list, growth.registered)
    told = f"Since {month_words(growth.month)} the register {register} and the list of people registered {registered}"
    if growth.net_of_drives is not None:
        return f"{told}: net of the list, {_signed(growth.net)}; of coding drives too, {_signed(growth.net_of_drives)}"
    told = f"{told}: net of the list, {_signed(growth.net)}"
    return f"{told}. Additions less removals, and better coding counts as growth"


def growth_note(sight: Sight, measure: str, area: str) -> GrowthNote | None:
    """None where the growth cannot be shown, or nobody counts who was put on the register and who was taken off it."""
    growth = sight.growth(measure, area)
    if growth is None or growth.added is None or growth.removed is None:
        return None
    then, now = growth.month, sight.last_month
    before, after = (sight.address(measure, area, month, ALL, ALL) for month in (then, now))
    rows = [
        (f"Known in {month_words(then)}", number_entry(count_words(growth.known[0]), growth.known[0], address=before)),
        *(
            (title, number_entry(count_words(each.people), each.people, state_words(each.state), each.address))
            for title, each in ((PUT_ON, growth.added), (TAKEN_OFF, growth.removed))
        ),
        (MOVED, number_entry(_signed_count(growth.moved), growth.moved, HIDDEN_WORDS)),
        (f"Known in {month_words(now)}", number_entry(count_words(growth.known[1]), growth.known[1], address=after)),
    ]
    return GrowthNote(
        table=Table(COLUMNS, tuple(Row(title, (words_entry(title), entry)) for title, entry in rows)),
        net=growth_sentence(growth),
        drives=_drives_sentence(growth),
        rule=growth.drives.told if growth.drives else "",
        out_by=4 * (int(sight.manifest.disclosure["round_to"]) - 1),  # four counts, each less than a step
    )


def _drives_sentence(growth: Growth) -> str:
    """Empty where coding drives are not looked for."""
    drives = growth.drives
    if drives is None:
        return ""
    one = drives.practices == 1
    if not drives.with_drive:
        where = "This practice had no month" if one else f"None of {drives.practices} practices had a month"
        return f"{where} with more additions than chance allows."
    where = "this practice" if one else f"{drives.with_drive} of {drives.practices} practices"
    months = ", ".join(map(month_words, drives.months))
    told = f"In {where} a month held more additions than chance allows ({months})"
    if growth.of_register_without_drives is None or growth.net_of_drives is None:
        return f"{told}. How many people more than usual is {HIDDEN_WORDS}."
    change = growth.of_register_without_drives
    return (
        f"{told}. Without the excess, about {count_words(drives.excess)} people, the register "
        f"{'grew' if change >= 0 else 'shrank'} by {percent_words(abs(change))}; net of the list, "
        f"{_signed(growth.net_of_drives)}."
    )


def _change(share: float, counts: tuple[int, int]) -> str:
    then, now = map(count_words, counts)
    if counts[0] == counts[1]:
        return f"stayed at {now}"
    return f"{'grew' if share > 0 else 'shrank'} by {percent_words(abs(share))} ({then} to {now})"


def _signed(share: float) -> str:
    words = percent_words(abs(share))
    return words if words == "0.0%" else f"{'+' if share > 0 else '-'}{words}"


def _signed_count(people: int | None) -> str:
    return f"{people:+,}" if people else count_words(people)
