"""`withdraw`: take releases out of force for good, with the reason that everybody will read."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from placewise.console import STORE, Json, Store, print_json, say


def withdraw(
    releases: Annotated[list[str], typer.Argument(help="One release or more, r-...", metavar="RELEASE")],
    because: Annotated[str, typer.Option(help="What was wrong, as everybody will read it: a clause, no names.")],
    replaced_by: Annotated[str | None, typer.Option(help="The release that stands in their place.")] = None,
    store: Store = STORE,
    as_json: Json = False,
) -> None:
    """Withdraw releases: their files are kept for audit, and nothing opens their numbers again.

    Pages, files and the API answer that they were withdrawn, when and why. The figures of past months come from older
    releases: where those are wrong too, withdraw them as well, or the next release shows the same.
    """
    from placewise.publishing.in_force import check_withdrawal, get_standing
    from placewise.publishing.in_force import withdraw as take_out

    check_withdrawal(store, releases, because=because, replaced_by=replaced_by or "")
    done = [
        take_out(store, release, because=because, at=datetime.now(UTC), replaced_by=replaced_by or "")
        for release in dict.fromkeys(releases)
    ]
    standing = get_standing(store)
    if as_json:
        said = [{"release": each.release, "because": each.because, "replaced_by": each.replaced_by} for each in done]
        print_json({"withdrawn": said, "in_force": standing[0] if standing else None})
        return
    for each in done:
        say.print(each.sentence, markup=False)
    say.print(f"The release {standing[0]} is in force." if standing else "No release is in force now.")
    say.print("Next: put right what was wrong, then placewise build and placewise release")
