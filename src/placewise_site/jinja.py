"""The templates' language. Ours stop at any unknown name; the design system's macros are made to be lenient.

Each component of the NHS design system is a function under its own name: `{{ button({"text": "Send"}) }}`, `card`,
`table`, `breadcrumb`, `tag`, `details`, `summaryList` ... No import lines are needed.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.template.defaultfilters import capfirst
from django.template.defaultfilters import date as written
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
from django_htmx.jinja import htmx_script
from jinja2 import ChainableUndefined, Environment, PackageLoader, StrictUndefined

from placewise_site.web.figures.published_words import published_words
from placewise_site.web.figures.wording import count_words, interval_words, percent_words, state_words, value_words


@cache
def design_system() -> dict[str, Any]:
    """Every component of nhsuk-frontend as a macro, by its own name."""
    lenient = Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    macros: dict[str, Any] = {}
    for name in lenient.list_templates(filter_func=lambda name: name.endswith("/macro.jinja")):
        module = lenient.get_template(name).module
        macros |= {each: getattr(module, each) for each in dir(module) if not each.startswith("_")}
    return macros


def url(name: str, **parts: Any) -> str:
    """The address of a page: `url("measure", measure=slug)`."""
    return reverse(name, kwargs=parts)


def day(when: date | str) -> str:
    """20 April 2026"""
    return written(_moment(when), "j F Y")


def month(when: date | str) -> str:
    """April 2026, also from 2026-04"""
    return written(_moment(when), "F Y")


def clock_time(when: datetime) -> str:
    """10:00, as clocks here show it"""
    return written(localtime(when), "H:i")


def _moment(when: date | str) -> date:
    if isinstance(when, str):
        return datetime.fromisoformat(f"{when}-01" if len(when) == len("2026-04") else when)
    return when


def environment(**options: Any) -> Environment:
    jinja = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    jinja.globals |= {**design_system(), "static": static, "url": url, "htmx_script": htmx_script}
    jinja.globals["published_words"] = published_words
    jinja.globals["value_in_words"] = value_words
    jinja.filters |= {
        "thousands": count_words,
        "day": day,
        "month": month,
        "clock_time": clock_time,
        "percent": percent_words,
        "value_words": lambda cell: value_words(cell.value, cell.scale),
        "interval_words": lambda cell: interval_words(cell.lower, cell.upper, cell.scale),
        "missing": state_words,
        "sentence": capfirst,
    }
    return jinja
