"""The command line: each verb of the loop, with progress, and errors as one sentence each."""

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from placewise.ambitions_verb import ambitions
from placewise.attack_verb import attack
from placewise.audit_verb import audit
from placewise.claims_verb import claims
from placewise.console import STORE, DeploymentName, Json, Store, print_json, progress, read_day, read_named, say, warn
from placewise.definition_verbs import explain, show
from placewise.digest_verb import digest
from placewise.effect_verb import effect
from placewise.findings_verb import findings
from placewise.floor.faults import FaultsFound, refuse
from placewise.impact_verb import impact
from placewise.outreach_verb import outreach
from placewise.retention_verb import retention
from placewise.site_program import SiteBeside, check_port, run_site, serve_site
from placewise.withdraw_verb import withdraw

app = typer.Typer(
    help="Placewise: the working system of an integrated care system.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def check(
    deployment: Annotated[str | None, typer.Argument(help="One deployment; without it, all of them.")] = None,
    as_json: Json = False,
) -> None:
    """List every mistake of deployments, programmes and code lists: file, line, fault and remedy."""
    from placewise.mistakes import find_mistakes

    faults = find_mistakes(deployment)
    if as_json:
        print_json([{"file": f.file, "line": f.line, "fault": f.fault, "remedy": f.remedy} for f in faults])
    else:
        for fault in faults:
            say.print(str(fault), style="red", markup=False)
        say.print({0: "No mistakes.", 1: "One mistake."}.get(len(faults), f"{len(faults)} mistakes."))
    raise typer.Exit(1 if faults else 0)


@app.command()
def synthesise(
    deployment: DeploymentName,
    into: Annotated[Path, typer.Option(help="The folder to write.")] = Path("records"),
    people: Annotated[int, typer.Option(min=2000, help="How many people.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 1,
) -> None:
    """Invent a system's records, with planted truths, in the shape practices' own systems would send."""
    from placewise import pipeline

    with progress() as report:
        manifest = pipeline.synthesise(read_named(deployment), into, people, seed, report)
    say.print(f"{manifest.people:,} people and {sum(manifest.rows.values()):,} rows stand in {into}.")
    say.print(f"Next: placewise door {into} extract --deployment {deployment} --purpose population_health_planning")


@app.command()
def door(
    records: Annotated[Path, typer.Argument(help="The practices' records.")],
    extract: Annotated[Path, typer.Argument(help="The folder to write.")],
    deployment: Annotated[str, typer.Option(help="A deployment's name or folder.")],
    purpose: Annotated[str, typer.Option(help="What the extract is for; opt-outs follow from it.")],
    legal_basis: Annotated[str | None, typer.Option(help="Without it, the purpose's own.")] = None,
    controller: Annotated[str | None, typer.Option(help="Who answers for the data; without it, the practices.")] = None,
    retention_until: Annotated[str | None, typer.Option(help="YYYY-MM-DD; without it, two years.")] = None,
    practice_keys: Annotated[Path | None, typer.Option(help="The practices' public keys.")] = None,
    since: Annotated[Path | None, typer.Option(help="An earlier extract: also write EXTRACT.changes since it.")] = None,
) -> None:
    """Let records out of the practices, with opt-outs applied and pseudonyms made. Run by their processor."""
    from placewise import pipeline

    with progress() as report:
        done = pipeline.pass_door(
            read_named(deployment),
            records,
            extract,
            purpose=purpose,
            legal_basis=legal_basis,
            controller=controller,
            retention_until=read_day("--retention-until", retention_until) if retention_until else None,
            practice_keys=practice_keys,
            since=since,
            report=report,
        )
    say.print(f"The extract stands in {extract}; the processor's own report is {done}.")
    say.print(f"Next: placewise intake {deployment} {extract}{'.changes' if since else ''}")


@app.command()
def intake(
    deployment: DeploymentName,
    source: Annotated[Path, typer.Argument(help="An extract, an OMOP folder, or with --published a folder of files.")],
    store: Store = STORE,
    declaration: Annotated[Path | None, typer.Option(help="Purpose, legal basis, controller and retention.")] = None,
    published: Annotated[bool, typer.Option("--published", help="The source holds published files.")] = False,
    as_json: Json = False,
) -> None:
    """Take an extract or published files into the store: whole or not at all, rejected rows kept aside and counted."""
    from placewise import pipeline

    named = read_named(deployment)
    with progress() as report:
        if published:
            tables: list[Any] = list(pipeline.receive_published(named, source, store, report).sources)
        else:
            tables = list(pipeline.receive(named, source, store, declaration, report).tables)
    rows = [
        {
            "file": each.file,
            "rows_in": each.rows_in,
            "rows_kept": each.rows_kept,
            "rejected": dict(each.rejected),
            "sha256": each.sha256,
        }
        for each in tables
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("file", "rows in", "kept", "rejected, and why", box=None)
    for row in rows:
        why = "; ".join(f"{count:,} {reason}" for reason, count in row["rejected"].items())
        table.add_row(Path(row["file"]).name, f"{row['rows_in']:,}", f"{row['rows_kept']:,}", why or "none")
    say.print(table)
    say.print(f"Next: placewise build {deployment}")


@app.command()
def build(deployment: DeploymentName, store: Store = STORE) -> None:
    """Place people, build registers, measures and call lists from the loads in force."""
    from placewise import pipeline
    from placewise.doctor import find_warnings

    with progress() as report:
        folder = pipeline.build(read_named(deployment), store, report)
    say.print(f"The build {folder.name} is in force.")
    for warning in find_warnings(folder):
        say.print(f"Look into this: {warning}")
    say.print(f"Next: placewise release {deployment}")


@app.command()
def release(deployment: DeploymentName, store: Store = STORE) -> None:
    """Round, hide small numbers, and put in force what may be seen."""
    from placewise import pipeline

    with progress() as report:
        folder = pipeline.release(read_named(deployment), store, report)
    say.print(f"The release {folder.name} is in force.")
    say.print("Next: placewise serve")


app.command()(show)
app.command()(explain)
app.command()(attack)
app.command()(withdraw)
app.command()(retention)
app.command()(findings)
app.add_typer(claims, name="claims")
app.add_typer(audit, name="audit")
app.command()(ambitions)
app.command()(impact)
app.command()(effect)
app.command()(outreach)
app.command()(digest)


@app.command()
def facts(
    data_folder: Annotated[Path, typer.Argument(help="The folder of published files.")],
    deployment: Annotated[str | None, typer.Option(help="A deployment's name or folder.")] = None,
    as_json: Json = False,
) -> None:
    """Recompute each stated figure from the published files; exit 1 where one does not come out."""
    from placewise.facts import compute_facts, fact_rows

    with progress() as report:
        found = compute_facts(data_folder, read_named(deployment).folder, report)
    rows = fact_rows(found)
    wrong = [row for row in rows if not row["agrees"]]
    if as_json:
        print_json(rows)
    else:
        table = Table("figure", "stated", "recomputed", "difference", "source", "", box=None)
        for row in rows:
            table.add_row(
                row["title"],
                told(row["stated"], row["unit"]),
                told(row["recomputed"], row["unit"]),
                told(row["difference"], row["unit"]),
                row["source"],
                "" if row["agrees"] else "MISMATCH",
            )
        say.print(table)
        say.print(f"{len(rows) - len(wrong)} of {len(rows)} figures come out as they should.")
    raise typer.Exit(1 if wrong else 0)


def told(value: float | None, unit: str) -> str:
    """A figure as people write it."""
    if value is None:
        return "-"
    if unit == "proportion":
        return f"{value:.1%}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


@app.command("open")
def open_list(
    call_list: Annotated[Path, typer.Argument(help="The sealed list, as downloaded.")],
    key: Annotated[Path, typer.Option(help="The practice's private key, which never leaves its machine.")],
    as_json: Json = False,
    csv: Annotated[Path | None, typer.Option(help="A new file of NHS numbers and row keys, to import.")] = None,
) -> None:
    """Open a sealed call list on the practice's own machine."""
    from placewise.plans.lists.open import open_call_list, write_for_import

    opened = open_call_list(call_list, key)
    if csv:
        write_for_import(opened, csv)
        say.print(f"Written: {csv}. Remove it once it is imported.")
        return
    rows = [row | {"shown": dict(row["shown"])} for row in opened.to_pylist()]
    if as_json:
        print_json(rows)
        return
    table = Table("rank", "NHS number", "reason", "recorded", "excluded", box=None)
    for row in rows:
        shown = "; ".join(f"{name}: {value}" for name, value in row["shown"].items() if value)
        table.add_row(str(row["rank"]), row["nhs_number"], "; ".join(row["reason"]), shown, row["excluded"])
    say.print(table)


@app.command()
def serve(
    store: Store = STORE,
    deployment: Annotated[str | None, typer.Option(envvar="PLACEWISE_DEPLOYMENT")] = None,
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8000,
) -> None:
    """Serve the pages of the release in force."""
    check_port(port)
    raise typer.Exit(
        run_site("prepare", store=store, deployment=deployment) or serve_site(port, store=store, deployment=deployment)
    )


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")], store: Store = STORE) -> None:
    """Save what people decided. Builds and releases are rebuilt, never backed up."""
    raise typer.Exit(run_site("backup", str(file), store=store))


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup.")], store: Store = STORE) -> None:
    """Put a backup into an empty database."""
    raise typer.Exit(run_site("restore", str(file), store=store))


@app.command()
def demo(
    people: Annotated[int, typer.Option(min=2000, help="How many people to invent.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same system.")] = 1,
    store: Store = Path("demo"),
    deployment: Annotated[str | None, typer.Option(help="Another deployment than the usual one.")] = None,
    published: Annotated[Path | None, typer.Option(help="Build from these published files alone.")] = None,
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages when all is built.")] = True,
) -> None:
    """Do everything for a synthetic system and serve it; a second start is instant."""
    from placewise.demonstration import run_demonstration

    if serve:
        check_port(port)
    named = read_named(deployment)
    with SiteBeside(store, str(named.folder), mode="demo") as site:
        with progress() as report:
            done = run_demonstration(
                named, store, people=people, seed=seed, published=published, report=report, begin_beside=site.begin
            )
        say.print(f"{named.name}: the release {done.name} is in force.")
        code = site.finish()
    if serve and code == 0:
        say.print(f"Open http://localhost:{port}/ (Ctrl+C stops it).")
        code = serve_site(port, store=store, deployment=str(named.folder), mode="demo")
    raise typer.Exit(code)


@app.command()
def doctor(store: Store = STORE, as_json: Json = False) -> None:
    """Say what this machine and store have, and what is missing."""
    from placewise.doctor import examine

    findings = examine(store)
    if as_json:
        print_json(findings)
    else:
        for each in findings:
            say.print(f"{'well' if each['passed'] else 'MIND'}  {each['told']}", markup=False)
    raise typer.Exit(0 if all(each["passed"] for each in findings) else 1)


def main() -> None:
    """Run the command line; every error is a sentence, with the trace only on --debug."""
    os.umask(0o077)  # what Placewise writes is for its owner alone
    debug = "--debug" in sys.argv
    arguments = [each for each in sys.argv[1:] if each != "--debug"]
    try:
        app(args=arguments, standalone_mode=True)
    except FaultsFound as found:
        if debug:
            traceback.print_exc()
        for fault in found.faults:
            warn.print(str(fault), style="red", markup=False)
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        # The text of an unexpected error may hold a value from a record, so it is told on --debug only.
        kind = type(error).__name__
        unexpected = refuse("placewise", f"it met something it did not expect ({kind})", "run it again with --debug")
        warn.print(str(unexpected), style="red", markup=False)
        sys.exit(2)


if __name__ == "__main__":
    main()
