"""The roles of the partnership. They are rows, so that grants can point to them; the first migration writes them.

home names the role's home page. may_open_lists: the role may open rows about persons at a practice, for direct care;
for the staff of a primary care network only under an agreement recorded with that practice. A provider of screening
opens what goes to it in place of practices, and nothing of theirs.
"""

ROLES = (
    # slug, title, home, may_open_lists
    ("director", "Director", "director", False),
    ("analyst", "Population health analyst", "analyst", False),
    ("programme_lead", "Programme lead", "director", False),
    ("place_lead", "Place lead", "director", False),
    ("practice", "General practice", "practice", True),
    ("pcn_staff", "Primary care network", "pcn", True),
    ("hospital_operations", "Hospital operations", "hospital", False),
    ("finance", "Finance", "director", False),
    ("board_secretary", "Board secretary", "director", False),
    ("board_member", "Board member", "director", False),
    ("lay_member", "Lay member", "director", False),
    ("voluntary_sector", "Voluntary sector", "voluntary", False),
    ("communications", "Communications", "director", False),
    ("caldicott_guardian", "Caldicott Guardian", "director", False),
    ("clinical_safety_officer", "Clinical safety officer", "director", False),
    ("public", "Public", "public", False),
    ("screening_provider", "Screening provider", "recipient", False),
)


def write_roles(apps: object, schema_editor: object) -> None:
    role = apps.get_model("accounts", "Role")  # type: ignore[attr-defined]
    for rank, (slug, title, home, may_open_lists) in enumerate(ROLES):
        said = {"title": title, "home": home, "may_open_lists": may_open_lists, "rank": rank}
        role.objects.update_or_create(slug=slug, defaults=said)
