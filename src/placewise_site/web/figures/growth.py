"""How a register grew beside its list, in one sentence."""

from placewise_site.evidence.sight import Growth
from placewise_site.web.figures.wording import count_words, month_words, percent_words


def growth_sentence(growth: Growth | None) -> str:
    """Empty where the growth cannot be shown."""
    if growth is None:
        return ""
    register, registered = _change(growth.of_register, growth.known), _change(growth.of_list, growth.registered)
    return (
        f"Since {month_words(growth.month)} the register {register} and the list of people registered {registered}: "
        f"net of the list, {_signed(growth.net)}. Additions less removals, and better coding counts as growth"
    )


def _change(share: float, counts: tuple[int, int]) -> str:
    then, now = map(count_words, counts)
    if counts[0] == counts[1]:
        return f"stayed at {now}"
    return f"{'grew' if share > 0 else 'shrank'} by {percent_words(abs(share))} ({then} to {now})"


def _signed(share: float) -> str:
    words = percent_words(abs(share))
    return words if words == "0.0%" else f"{'+' if share > 0 else '-'}{words}"
