"""Whatever the dirt: rows in = rows kept + rows set aside, and each row set aside stands in the file of its table."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.omop import PURPOSE, make_hierarchy, make_plain_declaration, make_tables, write_tables
from placewise.floor.faults import FaultsFound
from placewise.intake.omop.build import load_warehouse
from placewise.intake.warehouse import open_warehouse

days = st.dates(date(1870, 1, 1), date(2099, 12, 31))
dirt = st.one_of(
    st.tuples(st.just("person_id"), st.sampled_from([1, 2, 3, 4, 99])),
    st.tuples(st.just("measurement_date"), st.none() | days),
    st.tuples(st.just("measurement_concept_id"), st.sampled_from([0, 1, 2**33, 3004249])),
    st.tuples(st.just("value_as_number"), st.none() | st.floats()),
    st.tuples(st.just("unit_concept_id"), st.none() | st.just(8876)),
)


@settings(max_examples=15, deadline=None)
@given(
    spoilt=st.dictionaries(st.integers(0, 29), dirt, max_size=14),
    repeats=st.lists(st.integers(0, 29), max_size=4),
    births=st.lists(st.sampled_from([1700, 1951, 2010, 2030]), min_size=3, max_size=3),
    died=st.none() | days,
    registered=st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=4),
)
def test_rows_in_are_rows_kept_and_rows_set_aside(
    spoilt: dict, repeats: list[int], births: list[int], died: date | None, registered: list[int]
) -> None:
    tables = make_tables()
    clean = tables["measurement"]
    rows = [
        clean[n % 3] | {"measurement_id": n, "measurement_date": date(2015, 1, 1) + timedelta(n)} for n in range(30)
    ]
    for number, (column, value) in spoilt.items():
        rows[number][column] = value
    tables["measurement"] = [*rows, *(dict(rows[number]) for number in repeats)]
    for person, year in zip(tables["person"], births, strict=True):
        person["year_of_birth"] = year
    tables["registration"] = [
        {"person_id": person, "practice": "P1", "start_date": date(2012, 1, 1), "end_date": None}
        for person in registered
    ]
    tables["death"] = [{"person_id": 1, "death_date": died}]
    with tempfile.TemporaryDirectory() as folder:
        report = load_warehouse(
            write_tables(Path(folder) / "omop", tables),
            Path(folder) / "store",
            declaration=make_plain_declaration(),
            hierarchy=make_hierarchy(),
            known_concepts=frozenset(),
            real_people=True,
        )
        warehouse = open_warehouse(Path(folder) / "store", PURPOSE)
        for table in report.tables:
            aside = warehouse.folder / "rejected" / f"{table.table}.parquet"
            written = pq.read_table(aside).column("row_number").to_pylist() if aside.exists() else []
            kept = sum(warehouse.read(shard, table.table).num_rows for shard in warehouse.shard_folders)
            assert len(set(written)) == len(written) == sum(table.rejected.values())
            assert table.rows_in == kept + len(written) == len(tables[table.file.removesuffix(".parquet")])


cells = st.sampled_from(
    ["", "0", "-1", "1.5", "1e400", "nan", "infinity", "2099-01-01", "2020-02-31", "2020-01-01 10:00", "9" * 20, "abc",
     "'", '"', "é", "4000000000", "1;2", "a,b", "line\nfeed", "\t", "NULL"]
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(
    spoilt=st.lists(
        st.tuples(st.sampled_from(sorted(make_tables())), st.integers(0, 2), st.integers(0, 5), cells), max_size=4
    )
)
def test_any_text_in_any_cell_is_told_or_set_aside(spoilt: list[tuple[str, int, int, str]]) -> None:
    tables = make_tables()
    for table, row, column, text in spoilt:
        names = list(tables[table][row])
        tables[table][row][names[column % len(names)]] = text
    with tempfile.TemporaryDirectory() as folder:
        source = write_tables(Path(folder) / "omop", tables, ".csv")
        try:
            report = load_warehouse(
                source,
                Path(folder) / "store",
                declaration=make_plain_declaration(),
                hierarchy=make_hierarchy(),
                known_concepts=frozenset(),
                real_people=True,
            )
        except FaultsFound as refused:
            assert all(
                "line" in str(fault) or "column" in str(fault) or "practice" in str(fault) for fault in refused.faults
            )
            assert not list((Path(folder) / "store").rglob("*.parquet"))
            return
        for each in report.tables:
            assert each.rows_in == 3 == each.rows_kept + sum(each.rejected.values())
