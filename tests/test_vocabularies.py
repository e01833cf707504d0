"""The vocabularies hold what the parsing code and the table schemas take for granted."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

VOCABULARIES = Path(__file__).resolve().parents[1] / "schemas" / "vocabularies"

HEADERS = {
    "indicators": ["indicator_id", "label", "definition", "unit", "measure", "aliases", "source"],
    "entities": [
        "entity_id",
        "kind",
        "label",
        "label_native",
        "aliases",
        "broader_id",
        "case_sensitive",
    ],
    "units": ["form", "unit", "factor", "place", "case"],
}
MEASURES = {"", "level", "change", "share", "rank", "streak"}
KINDS = {
    "industry",
    "technology",
    "programme",
    "organisation",
    "place",
    "theme",
    "enterprise_tier",
}
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CURRENCY = re.compile(r"[A-Z]{3}")
SNAKE = re.compile(r"[a-z]+(_[a-z]+)*")
MINIMUM_ROWS = {"indicators": 250, "entities": 500, "units": 250}


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of one vocabulary."""
    with (VOCABULARIES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def aliases_of(row: dict[str, str]) -> list[str]:
    """Return the aliases of a row; none where the cell is empty."""
    return row["aliases"].split("|") if row["aliases"] else []


def forms_of(row: dict[str, str]) -> Iterator[str]:
    """Yield the label and the aliases of a row, compared without case."""
    yield row["label"].casefold()
    for alias in aliases_of(row):
        yield alias.casefold()


def shared_forms(rows: list[dict[str, str]], key: str) -> dict[str, list[str]]:
    """Return the forms that occur more than once, with the ids of their rows."""
    owners: dict[str, list[str]] = {}
    for row in rows:
        for form in forms_of(row):
            owners.setdefault(form, []).append(row[key])
    return {form: ids for form, ids in owners.items() if len(ids) > 1}


def broader_chain(entity_id: str, broader: dict[str, str]) -> list[str]:
    """Return the ids above an entity; a cycle ends the chain with its own first member."""
    chain: list[str] = []
    above = broader[entity_id]
    while above and above not in chain:
        chain.append(above)
        above = broader[above]
    return [*chain, above] if above else chain


def test_headers() -> None:
    for name, header in HEADERS.items():
        with (VOCABULARIES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == header, name


def test_line_endings_and_encoding() -> None:
    for name in HEADERS:
        raw = (VOCABULARIES / f"{name}.csv").read_bytes()
        assert b"\r" not in raw, name
        assert raw.endswith(b"\n"), name
        assert not raw.startswith(b"\xef\xbb\xbf"), name


def test_sizes() -> None:
    for name, minimum in MINIMUM_ROWS.items():
        assert len(rows_of(name)) >= minimum, name


def test_every_row_has_every_cell_and_no_outer_blanks() -> None:
    for name, header in HEADERS.items():
        for row in rows_of(name):
            assert list(row) == header, row
            for field, value in row.items():
                assert value is not None, (name, row)
                assert value == value.strip(), (name, field, value)
                assert "\n" not in value, (name, field, value)


def test_aliases_are_clean() -> None:
    for name in ("indicators", "entities"):
        for row in rows_of(name):
            for alias in aliases_of(row):
                assert alias, (name, row)
                assert alias == alias.strip(), (name, alias)
                assert "  " not in alias, (name, alias)


def test_ids_are_unique_kebab_and_sorted() -> None:
    for name, key in (("indicators", "indicator_id"), ("entities", "entity_id")):
        ids = [row[key] for row in rows_of(name)]
        assert len(ids) == len(set(ids)), name
        assert ids == sorted(ids), name
        assert [one for one in ids if not KEBAB.fullmatch(one)] == [], name


def test_indicators_share_no_form() -> None:
    assert shared_forms(rows_of("indicators"), "indicator_id") == {}


def test_indicators_are_defined() -> None:
    for row in rows_of("indicators"):
        assert row["label"], row
        assert row["definition"].endswith("."), row
        assert row["measure"] in MEASURES, row
        assert row["source"], row
        assert "http" not in row["source"], row


def test_indicator_units_are_known() -> None:
    known = {row["unit"] for row in rows_of("units")} | {"", "count", "rank"}
    for row in rows_of("indicators"):
        assert row["unit"] in known, row


def test_entity_kinds_and_flags() -> None:
    entities = rows_of("entities")
    assert {row["kind"] for row in entities} == KINDS
    for row in entities:
        assert row["label"], row
        assert row["case_sensitive"] in {"true", "false"}, row


def test_entities_other_than_themes_share_no_form() -> None:
    others = [row for row in rows_of("entities") if row["kind"] != "theme"]
    assert shared_forms(others, "entity_id") == {}


def test_a_theme_repeats_none_of_its_own_forms() -> None:
    for row in rows_of("entities"):
        forms = list(forms_of(row))
        assert len(forms) == len(set(forms)), row["entity_id"]


def test_broader_entities_exist_and_have_no_cycle() -> None:
    broader = {row["entity_id"]: row["broader_id"] for row in rows_of("entities")}
    for above in broader.values():
        assert not above or above in broader, above
    for entity_id in broader:
        chain = broader_chain(entity_id, broader)
        assert len(chain) == len(set(chain)), (entity_id, chain)
        assert entity_id not in chain, (entity_id, chain)


def test_no_short_form_matches_an_everyday_word() -> None:
    everyday = {"power", "energy", "gas", "may", "industry", "it", "us", "most", "who", "safe"}
    for row in rows_of("entities"):
        if row["kind"] == "theme" or row["case_sensitive"] == "true":
            continue
        for form in (row["label"], *aliases_of(row)):
            assert form.isupper() or form.casefold() not in everyday, (row["entity_id"], form)


def test_units_are_well_formed() -> None:
    for row in rows_of("units"):
        assert row["form"], row
        assert SNAKE.fullmatch(row["unit"]) or CURRENCY.fullmatch(row["unit"]), row
        assert Decimal(row["factor"]) > 0, row
        assert row["place"] in {"prefix", "suffix"}, row
        assert row["case"] in {"exact", "any"}, row


def test_units_are_sorted() -> None:
    keys = [(row["form"], row["place"]) for row in rows_of("units")]
    assert keys == sorted(keys)


def test_no_unit_form_is_ambiguous() -> None:
    seen: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows_of("units"):
        seen.setdefault((row["form"].casefold(), row["place"]), []).append(row)
    for same in seen.values():
        forms = {row["form"] for row in same}
        assert len(forms) == len(same), same
        assert len(same) == 1 or {row["case"] for row in same} == {"exact"}, same


def test_no_two_unit_prefixes_differ_in_case_alone() -> None:
    prefixes = [row["form"].casefold() for row in rows_of("units") if row["place"] == "prefix"]
    assert len(prefixes) == len(set(prefixes))
