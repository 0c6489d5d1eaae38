"""For the sign-in pages, which come in Django's template language: the site's frame, the design system's fields."""

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag(takes_context=True)
def framed(context: template.Context, content: str, title: str) -> SafeString:
    """The content within the layout of every other page."""
    page = get_template("layout/framed.jinja")
    return mark_safe(page.render({"page_title": title.strip(), "body": mark_safe(content)}, context["request"]))


@register.filter
def in_our_style(field: BoundField) -> SafeString:
    """The field's own control with the design system's class, and no placeholder: its label says what it is."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, CheckboxInput):
        style = "nhsuk-checkboxes__input"
    elif isinstance(widget, RadioSelect):
        style = "nhsuk-radios__input"
    else:
        style = "nhsuk-input nhsuk-input--width-20" + (" nhsuk-input--error" if field.errors else "")
    return field.as_widget(attrs={"class": style})


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)
