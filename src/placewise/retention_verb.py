"""`retention`: which records may be kept no more, and their removal."""

from typing import Annotated

import typer

from placewise.console import STORE, Json, Store, print_json, say


def retention(
    store: Store = STORE,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove what is named; a row of the log tells of each.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Name the loads that may be kept no more and the builds that rest on them; exit 1 while any stands."""
    from placewise.retention import find_expired, remove_expired

    found = remove_expired(store) if remove else find_expired(store)
    names = [str(each.folder.relative_to(store)) for each in found]
    if as_json:
        print_json([{"folder": name, "purpose": each.purpose} for name, each in zip(names, found, strict=True)])
    else:
        for name in names:
            say.print(f"{name} {'is removed' if remove else 'may be kept no more'}.", markup=False)
        say.print("Next: placewise retention --remove" if names and not remove else "Nothing else has to go.")
    raise typer.Exit(1 if names and not remove else 0)
