"""The official figures beside our own: what publishers say of the same area, each with its edition and period."""

from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import amount_words

COLUMNS = (
    Column("title", "Figure"),
    Column("value", "Value", is_number=True),
    Column("group", "Of whom"),
    Column("period", "Period"),
    Column("source", "Source"),
)


def official_table(sight: Sight, area: str) -> Table:
    """Every published figure about the people of an area: those of which neither higher nor lower is better."""
    titles = {each["source"]: each["title"] for each in sight.manifest.sources if "source" in each}
    rows = []
    for indicator, said in sight.manifest.indicators.items():
        if said["better"] != "neither":
            continue
        for each in sight.published(indicator, area=area).to_pylist():
            keys = (indicator, each["area"], each["period"], each["split"], each["group"])
            value = number_entry(amount_words(each["value"], each["unit"]), each["value"], "not reported")
            about = "Everyone" if each["split"] == "all" else sight.group_title(each["split"], each["group"])
            words = (about, each["period"], titles.get(each["source"], each["source"]))
            entries = (words_entry(said["title"]), value, *(words_entry(word) for word in words))
            rows.append(Row(said["title"], entries, address="/".join((sight.manifest.release, *keys))))
    return Table(COLUMNS, tuple(rows))
