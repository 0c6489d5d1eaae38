"""What a board secretary and members write into the registers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from placewise_site.evidence.small_counts import get_group_title
from placewise_site.governance.models import Characteristic, Disposition, InterestKind, Membership
from placewise_site.governance.queries.composition import GROUPS
from placewise_site.organisations.models import Organisation

DAY_HINT = "For example 2026-01-31"
MANY = forms.Textarea(attrs={"rows": 3})
MOST_OF_A_TITLE = 200


class Appoint(forms.Form):
    """held_by: the membership that holds the seat, for which the new member may be a deputy; None for an empty seat."""

    name = forms.CharField(label="Name, as it is to be shown", max_length=200)
    email = forms.EmailField(
        label="The address of their account", required=False, help_text="Leave empty for somebody who has none"
    )
    term_from = forms.DateField(label="First day", help_text=DAY_HINT)
    term_to = forms.DateField(label="Last day", required=False, help_text=f"{DAY_HINT}. Empty: no end is set")
    is_deputy = forms.BooleanField(label="As a deputy of whoever holds the seat", required=False)

    def __init__(self, *arguments: Any, held_by: Membership | None = None, **said: Any) -> None:
        super().__init__(*arguments, **said)
        if held_by is None:
            del self.fields["is_deputy"]


class EndMembership(forms.Form):
    last_day = forms.DateField(label="Last day", help_text=DAY_HINT, initial=timezone.localdate)
    reason = forms.CharField(label="Why?", max_length=200, help_text="Everybody can read it. Name nobody.")


class DeclareInterest(forms.Form):
    kind = forms.ChoiceField(label="Kind", choices=InterestKind.choices)
    words = forms.CharField(
        label="What it is", max_length=2000, widget=MANY, help_text="Everybody can read it while it is held"
    )
    organisation = forms.ModelChoiceField(
        label="Organisation in which it lies", queryset=Organisation.objects.visible_to(None).none(), required=False
    )
    held_from = forms.DateField(label="Held from", help_text=DAY_HINT)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Organisation.objects.visible_to(None).exclude(level="practice").exclude(level="network")


class EndInterest(forms.Form):
    last_day = forms.DateField(label="Last day on which it was held", help_text=DAY_HINT, initial=timezone.localdate)


class WithdrawInterest(forms.Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=200,
        help_text="What was declared is destroyed, on past pages too. This reason stays. Name nobody.",
    )


class PutOut(forms.Form):
    opens_on = forms.DateField(label="First day for comments", help_text=DAY_HINT)
    closes_on = forms.DateField(label="Last day for comments", help_text=DAY_HINT)
    clauses = forms.CharField(
        label="The clauses of the draft",
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="One on each line: its title, a colon, and what it says. From then on they stand as they are",
    )
    source = forms.CharField(label="Where the whole draft can be read", max_length=300)

    def clean_clauses(self) -> dict[str, tuple[str, str]]:
        """Slug -> title and what it says, in their order."""
        found: dict[str, tuple[str, str]] = {}
        for line in filter(str.strip, self.cleaned_data["clauses"].splitlines()):
            title, _, says = (part.strip() for part in line.partition(":"))
            slug = slugify(title)[:100]
            if not says or not slug or len(title) > MOST_OF_A_TITLE or slug in found:
                raise forms.ValidationError(
                    f"“{line.strip()[:80]}” cannot be read. Write: Membership: Each place sits."
                )
            found[slug] = (title, says)
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("opens_on") and said.get("closes_on") and said["closes_on"] < said["opens_on"]:
            self.add_error("closes_on", "The last day comes before the first. Correct one of them.")
        return said


class CommentOnClause(forms.Form):
    """for_groups: whoever writes it may also take a comment that a group sent in."""

    words = forms.CharField(
        label="Your comment",
        max_length=2000,
        widget=MANY,
        help_text="Everybody can read it, with your role. Name nobody.",
    )
    on_behalf_of = forms.CharField(
        label="On behalf of which group?", max_length=100, required=False, help_text="Empty: you speak for yourself"
    )
    received_on = forms.DateField(
        label="Day it was received", required=False, help_text=f"{DAY_HINT}. Of a group's comment"
    )

    def __init__(self, *arguments: Any, for_groups: bool, **said: Any) -> None:
        super().__init__(*arguments, **said)
        if not for_groups:
            del self.fields["on_behalf_of"], self.fields["received_on"]

    def clean_received_on(self) -> Any:
        received_on = self.cleaned_data["received_on"]
        if self.cleaned_data.get("on_behalf_of") and received_on is None:
            raise forms.ValidationError("Give the day the group's comment was received.")
        return received_on


class RespondToComment(forms.Form):
    disposition = forms.ChoiceField(label="What comes of it", choices=Disposition.choices)
    reason = forms.CharField(
        label="Why?", max_length=2000, widget=MANY, help_text="Everybody can read it beside the comment. Name nobody."
    )


class RemoveComment(forms.Form):
    reason = forms.CharField(
        label="Why is it removed?",
        max_length=200,
        help_text="What it says is destroyed, on past pages too. This reason stays. Name nobody.",
    )


class DescribeOneself(forms.Form):
    """A choice for each characteristic, each of which may be left out."""

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        for each in Characteristic:
            choices = [("", "I leave this out"), *((group, get_group_title(group)) for group in GROUPS[each])]
            self.fields[each.value] = forms.ChoiceField(label=each.label, choices=choices, required=False)
