"""What people decide about claims, and on what ground."""

from django import forms

from placewise_site.evidence.ledger.lifecycle import Removed, Standing

MOST_LETTERS = 2000


class SettlingForm(forms.Form):
    """stands: the names of the claims that hold."""

    source = forms.CharField(
        max_length=MOST_LETTERS,
        error_messages={"required": "Name the source that settles it: a document and the place in it, or who answered"},
    )
    stands = forms.MultipleChoiceField(error_messages={"required": "Choose which claim stands"})

    def __init__(self, *args: object, claims: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["stands"].choices = [(name, name) for name in claims]  # type: ignore[attr-defined]


class StandingForm(forms.Form):
    state = forms.ChoiceField(
        choices=[(Standing.AGREED, "Agree it"), (Standing.DISPUTED, "Dispute it")],
        error_messages={"required": "Choose whether you agree or dispute it"},
    )
    reason = forms.CharField(max_length=MOST_LETTERS, error_messages={"required": "Say on what ground"})


class RemovalForm(forms.Form):
    kind = forms.ChoiceField(choices=Removed.choices, error_messages={"required": "Choose why it is removed"})
    reason = forms.CharField(
        max_length=200, error_messages={"required": "Say why it is removed. Everybody will read it: name nobody"}
    )
