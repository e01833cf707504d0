"""Units beside a number: currencies before it, units after it, and what they are per."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.parse.literals import fold_case
from flows.parse.units import per_unit, unit_after, unit_before, unit_table
from flows.vocabulary import default_vocabulary

TABLE = unit_table(default_vocabulary())


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("$5", "USD"),
        ("US$5", "USD"),
        ("A$ 5", "AUD"),
        ("€5", "EUR"),
        ("£5", "GBP"),
        ("₹5", "INR"),
        ("Rs 5", "INR"),
        ("Rs. 5", "INR"),
        ("RMB 5", "CNY"),
        ("¥5", "CNY"),
        ("SDR 5", "XDR"),
    ],
)
def test_a_currency_stands_before_its_number(text: str, unit: str) -> None:
    found = unit_before(TABLE, f"paid {text}", len(text) + 4, 0)
    assert found is not None
    assert (found.unit, found.edge) == (unit, 5)


@pytest.mark.parametrize("text", ["paid 5", "Mars 5", "words 5", ""])
def test_a_word_is_no_currency(text: str) -> None:
    assert unit_before(TABLE, text, max(0, len(text) - 1), 0) is None


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("%", "percent", 1),
        (" percent", "percent", 1),
        (" per cent", "percent", 1),
        (" percentage points", "percentage_point", 1),
        (" basis points", "basis_point", 1),
        (" yuan", "CNY", 1),
        (" dollars", "USD", 1),
        (" tonnes", "tonne", 1),
        (" tons", "tonne", 1),
        (" kilograms", "kilogram", 1),
        (" kg", "kilogram", 1),
        (" kWh", "kilowatt_hour", 1),
        (" kilowatt-hours", "kilowatt_hour", 1),
        (" TWh", "kilowatt_hour", 10**9),
        (" GW", "watt", 10**9),
        (" megawatts", "watt", 10**6),
        (" metres", "metre", 1),
        ("-meter", "metre", 1),
        (" km", "kilometre", 1),
        (" square metres", "square_metre", 1),
        (" square kilometers", "square_kilometre", 1),
        (" hectares", "hectare", 1),
        (" mu", "mu", 1),
        (" cubic meters", "cubic_metre", 1),
        (" cubic metres per second", "cubic_metre_per_second", 1),
        (" litres", "litre", 1),
        (" barrels", "barrel", 1),
        (" years", "year", 1),
        (" months", "month", 1),
        (" hours", "hour", 1),
        (" Gbps", "bit_per_second", 10**9),
        (" petabytes", "byte", 10**15),
        (" EFLOPS", "flops", 10**18),
        (" degrees Celsius", "degree_celsius", 1),
        (" joules", "joule", 1),
        ("\nper\ncent", "percent", 1),
    ],
)
def test_a_unit_stands_after_its_number(text: str, unit: str, factor: int) -> None:
    found = unit_after(TABLE, f"5{text}.", 1, len(text) + 2)
    assert found is not None
    assert (found.unit, found.factor, found.edge) == (unit, Decimal(factor), len(text) + 1)


@pytest.mark.parametrize("text", ["5 factories", "5, percent", "5 of all", "5", "5 tonsils", "5 (percent)"])
def test_a_noun_is_no_unit(text: str) -> None:
    assert unit_after(TABLE, text, 1, len(text)) is None


def test_the_sentence_bounds_the_unit() -> None:
    assert unit_after(TABLE, "5 percent", 1, 1) is None


def test_the_longest_form_wins() -> None:
    found = unit_after(TABLE, "5 square kilometres", 1, 19)
    assert found is not None
    assert found.unit == "square_kilometre"


@pytest.mark.parametrize(
    ("tail", "unit"),
    [
        (" per hectare", "tonne_per_hectare"),
        pytest.param(
            "/kilometre",
            "tonne_per_kilometre",
            marks=pytest.mark.xfail(reason="a unit that is written out is not read right after a slash"),
        ),
        ("/mu", "tonne_per_mu"),
        (" per month", "tonne"),
        (" per person", "tonne"),
    ],
)
def test_goods_per_area_make_a_unit_of_their_own(tail: str, unit: str) -> None:
    text = f"5 tonnes{tail}."
    found, end = per_unit(TABLE, text, "tonne", 8, len(text))
    assert found == unit
    assert end == (8 + len(tail) if "_per_" in unit else 8)


def test_every_form_of_the_vocabulary_is_found_where_it_stands() -> None:
    forms = default_vocabulary().units
    lost = [
        form.form
        for form in forms
        if form.prefix and not unit_before(TABLE, f"at {form.form} 500", len(form.form) + 4, 0)
    ]
    lost += [
        form.form
        for form in forms
        if not form.prefix and not unit_after(TABLE, f"5 {form.form} in", 1, len(form.form) + 5)
    ]
    assert lost == []


@pytest.mark.parametrize("gap", ["", " ", "\u00a0"])
def test_a_look_at_the_last_characters_rules_out_no_currency(gap: str) -> None:
    for form in (form for form in default_vocabulary().units if form.prefix):
        for printed in (form.form, form.form.lower(), form.form.upper()):
            text = f"x {printed}{gap}"
            found = unit_before(TABLE, f"{text}500", len(text), 0)
            assert (found is not None) == (not form.exact or printed == form.form), text
            end = fold_case(printed[-2:])
            assert end in TABLE.prefix_ends or end[-1:] in TABLE.prefix_ends
