"""Moulds of news of banks, markets, energy, harvests, ports and sport: what is measured, how, and when."""

from datetime import date

import pytest

from flows.parse import parse_text

DATED = "GENEVA, March 5, 2024 -- "


def _read(text: str) -> list[tuple[str, str | None, str]]:
    return [(it.value_text, it.indicator, it.status) for it in parse_text(text).metrics]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Inflation climbed to 6.7 percent in May 2023, above market expectations of 6.5 percent.",
            [("6.7 percent", "Inflation", "actual"), ("6.5 percent", "Inflation", "expected")],
        ),
        (
            "Net profit was 1.3 billion yen in May 2023, beating analysts' estimates of 1.1 billion yen.",
            [("1.3 billion yen", "Net profit", "actual"), ("1.1 billion yen", "Net profit", "expected")],
        ),
        (
            "Inflation was 4.9 percent in May 2023, a touch below the 5.1 percent projected by the bank.",
            [("4.9 percent", "Inflation", "actual"), ("5.1 percent", "Inflation", "expected")],
        ),
        (
            "Retail sales slid 1.2 percent. Economists polled by Orbex had forecast a 0.5 percent decline.",
            [("1.2 percent", "Retail sales", "actual"), ("0.5 percent", "Retail sales", "expected")],
        ),
        (
            "Earnings of 1.93 dollars topped the 1.88 dollars analysts were looking for.",
            [("1.93 dollars", "Earnings", "actual"), ("1.88 dollars", "Earnings", "expected")],
        ),
        (
            f"{DATED}It puts inflation at 2.6 percent now and 3.3 percent in 2035, having been 1.2 percent in 2023.",
            [
                ("2.6 percent", "inflation", "actual"),
                ("3.3 percent", "inflation", "expected"),
                ("1.2 percent", "inflation", "actual"),
            ],
        ),
        (
            "The fund projects global growth at 3.1 percent in 2024.",
            [("3.1 percent", "global growth", "expected")],
        ),
        (
            "Trade is projected to grow 2.6 percent in 2024 after falling 1.2 percent in 2023.",
            [("2.6 percent", "Trade", "expected"), ("1.2 percent", "Trade", "actual")],
        ),
        (
            "The bank cut its inflation forecast for 2024 to 2.3 percent from 2.7 percent.",
            [("2.3 percent", "inflation forecast", "expected"), ("2.7 percent", "inflation forecast", "expected")],
        ),
    ],
)
def test_what_was_expected_is_set_beside_what_is(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _read(text) == rows


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("China sold 3 million cars, Japan 700,000 and the United States 1.2 million.", ["cars"] * 3),
        ("China made 3 million tonnes of steel, India 2 million tonnes and Japan 1 million tonnes.", ["steel"] * 3),
        ("It led with 6,494 filings, followed by Orbex Electronics with 3,924.", ["filings"] * 2),
        (
            "New orders for tools fell 8 percent, domestic orders down 12 percent and those from abroad 6 percent up.",
            ["New orders for tools", "domestic orders", "orders from abroad"],
        ),
        (
            "Prices rose for most foods, such as beer (34.7 percent); fish (19.1 percent); and rice (8.6 percent).",
            ["Prices for beer", "Prices for fish", "Prices for rice"],
        ),
        (
            "Imports of chips grew fastest, at 17 percent, followed by machinery (12 percent) and yarn (2 percent).",
            ["Imports of chips", "Imports of machinery", "Imports of yarn"],
        ),
        (
            "Investment fell 10.6 percent in property but rose 9.2 percent in manufacturing.",
            ["Investment in property", "Investment in manufacturing"],
        ),
        (
            "The quake left 126 people dead, 540 injured and more than 30,000 homeless.",
            ["people dead", "injured", "homeless"],
        ),
        ("Sales reached 7.2 million, of whom 2.9 million were abroad.", ["Sales", "Sales"]),
        ("They tested 16 models that have read 250,000 books.", ["models", "books"]),
        ("Sales fell 2 percent; excluding currency effects the rise was 6.9 percent.", ["Sales", "Sales"]),
        (
            "Orbex gave 34 percent of the papers, ahead of the United States with 29 percent.",
            ["Orbex of papers", "United States of papers"],
        ),
        ("Three climbers died and a fourth was rescued.", ["climbers"]),
        ("Admissions for flu reached 15.3 per 100,000 people, up from 12.7 in May.", ["Admissions for flu"] * 2),
        (
            "Growth was strongest in India, at 1.6 percent, and weakest in Saudi Arabia, at 0.2 percent.",
            ["Growth in India", "Growth in Saudi Arabia"],
        ),
        ("Trade has doubled in ten years to 900 billion euros.", ["Trade", "Trade"]),
        ("It raised capacity from 60 million to 75 million passengers a year.", ["capacity", "capacity"]),
        ("GDP will grow 2.1 percent, slow to 1.9 percent and pick up to 2.0 percent.", ["GDP"] * 3),
        ("Firms lifted monthly capacity by 6.4 percent to 29.6 million wafers.", ["monthly capacity"] * 2),
        (
            "Sales of cars reached 122,311 units, making up 40 percent of trade.",
            ["Sales of cars", "Sales of cars of trade"],
        ),
        ("The bank raised its forecast for 2024 GDP growth to 2.4 percent.", ["GDP growth"]),
        ("Exports to Asia rose 5 percent, those to Europe 3 percent.", ["Exports to Asia", "Exports to Europe"]),
    ],
)
def test_who_comes_next_leaves_out_what_is_counted(text: str, indicators: list[str]) -> None:
    assert [indicator for _, indicator, _ in _read(text)] == indicators


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Operating profit stood at 6.6 trillion won.", "Operating profit"),
        ("Lending to manufacturing stood at 5 trillion yen.", "Lending to manufacturing"),
        ("Board members voted 8-1 to maintain Bank Rate at 5.25 percent.", "Bank Rate"),
        ("Robot density reached 151 robots per 10,000 employees.", "Robot density"),
        (
            "The number of people out of work for more than six months stood at 490,000.",
            "number of people out of work for more than six months",
        ),
        ("Tesla delivered 60,365 China-made vehicles.", "China-made vehicles"),
        ("The striker scored 19 goals.", "goals"),
        ("The regulator left its key rate unchanged at 16 percent.", "key rate"),
        ("Fifty-six percent of manufacturers surveyed reported higher orders.", "manufacturers surveyed"),
        ("Trade suffered a setback, falling by 10 percent.", "Trade"),
        ("Up 5.3 percent from a year earlier, steel output was strong.", "steel output"),
        ("At 102.7, the consumer confidence index was little changed.", "consumer confidence index"),
        ("It would be a group with annual revenue of more than 50 billion dollars.", "annual revenue of group"),
        ("The council, which meets again soon, has held its main rate at 4.5 percent.", "main rate"),
        ("Palm oil stocks slid to a seven-month low of 1.92 million tons.", "Palm oil stocks"),
        ("The trains can seat 1,193 passengers.", "passengers"),
        ("Bookings are running 12 percent ahead of last year.", "Bookings"),
        ("The canal saw transits fall by 36 percent.", "transits"),
        ("The retailer posted revenue of 648 billion dollars.", "revenue of retailer"),
        ("China alone installed 217 GW, more than the rest did.", "China"),
        ("The subway network will be extended by 68 km.", "subway network"),
        ("The market for chips is expected to be worth 588 billion dollars.", "market for chips"),
        ("The heat pushed temperatures to 48.9 degrees Celsius.", "temperatures"),
        ("The dam, 305 meters high, is the tallest.", "dam"),
        ("Drinkers had a 20 percent higher risk of heart disease.", "risk of heart disease"),
        ("The Composite Index closed up 0.28 percent.", "Composite Index"),
        ("The fund lifted its outlook for U.S. growth to 2 percent.", "U.S. growth"),
    ],
)
def test_what_is_measured(text: str, indicator: str) -> None:
    assert [found for _, found, _ in _read(text)] == [indicator]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("At least 39 people died over the past three days.", date(2024, 3, 2), date(2024, 3, 5)),
        ("Prices rose 2.6 percent in February, beating forecasts.", date(2024, 2, 1), date(2024, 2, 29)),
        ("Doctors saw 31 cases in the past week.", date(2024, 2, 27), date(2024, 3, 5)),
        ("Net profit rose 6 percent in the quarter ended December.", date(2023, 10, 1), date(2023, 12, 31)),
        (
            "The port served 9 million guests last year, exceeding its 2019 traffic.",
            date(2023, 1, 1),
            date(2023, 12, 31),
        ),
    ],
)
def test_when_it_was(text: str, start: date, end: date) -> None:
    [found] = parse_text(DATED + text).metrics
    assert (found.period_start, found.period_end) == (start, end)


def test_sides_of_a_score_are_no_quantities() -> None:
    assert _read("Alcaraz won 6-3, 6-1 in 75 minutes.") == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Crude settled at 82 dollars a barrel, down 76 cents.",
            [("Crude", "level", "USD"), ("Crude", "change", "USD")],
        ),
        (
            "Revenue tripled to a record 22 billion dollars.",
            [("Revenue", "change", "times"), ("Revenue", "level", "USD")],
        ),
        (
            "Prices averaged 62 euros per megawatt-hour, 27 percent cheaper than in January.",
            [("Prices per megawatt-hour", "level", "EUR"), ("Prices per megawatt-hour", "change", "percent")],
        ),
        (
            "Steel made up 6 percent of total exports, which rose 8 percent.",
            [("Steel of total exports", "share", "percent"), ("total exports", "change", "percent")],
        ),
        ("Output was 15 percent short of the average.", [("Output", "change", "percent")]),
        (
            "The farm has 165 turbines of 8 MW each.",
            [("turbines", "level", "count"), ("turbines", "level", "watt")],
        ),
        ("The index had its fifth weekly fall in a row.", [("index", "streak", "week")]),
        (
            "The load factor was 81.6 percent, 1.9 points higher.",
            [("load factor", "level", "percent"), ("load factor", "change", "percentage_point")],
        ),
        ("Shares fell 1.2 percent, or 14 points.", [("Shares", "change", "percent"), ("Shares", "change", "index")]),
        ("The bank made a quarter-point cut in its rate.", [("rate", "change", "percentage_point")]),
        (
            "Orders were 4.6 billion dollars in 2023, and the backlog shrank to 38 billion.",
            [("Orders", "level", "USD"), ("backlog", "level", "USD")],
        ),
        (
            "A survey of 1,200 firms showed that 38 percent planned to hire.",
            [("firms", "level", "count"), ("firms", "share", "percent")],
        ),
        (
            "Stocks stood at 179 million tons, the equivalent of 125 days of use.",
            [("Stocks", "level", "tonne"), ("Stocks", "level", "day")],
        ),
        (
            "Some 1,847 trains ran, carrying 18 tonnes of goods, up 12 and 15 percent respectively.",
            [
                ("trains", "level", "count"),
                ("goods", "level", "tonne"),
                ("trains", "change", "percent"),
                ("goods", "change", "percent"),
            ],
        ),
        ("Output fell 2 percent and recovered by 5 percent.", [("Output", "change", "percent")] * 2),
        ("Sales were 12 billion francs.", [("Sales", "level", "franc")]),
        (
            "The firm made 6 billion dollars in 2023, up from 5 billion in 2022.",
            [("firm", "level", "USD"), ("firm", "level", "USD")],
        ),
        (
            "Orbex rose 16 percent, adding 2 billion dollars to its market value.",
            [("Orbex", "change", "percent"), ("market value", "change", "USD")],
        ),
    ],
)
def test_units_and_kinds_of_what_follows(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert [(it.indicator, it.measure, it.unit) for it in parse_text(text).metrics] == rows


def test_what_is_expected_lies_ahead() -> None:
    now, then = parse_text(
        f"{DATED}The bank left its rate at 16 percent and said it would be 9 percent by year-end."
    ).metrics
    assert (now.period_end, then.period_end) == (None, date(2024, 12, 31))
    [peak] = parse_text(f"{DATED}Inflation is expected to peak at 9 percent in June.").metrics
    assert peak.period_start == date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The bank kept its rate at minus 0.1 percent.", -0.1),
        ("Growth was negative 0.3 percent.", -0.3),
        ("The margin of error is plus or minus 3 percent.", 3),
    ],
)
def test_minus_is_a_sign(text: str, value: float) -> None:
    assert [it.value for it in parse_text(text).metrics] == [value]


def test_what_went_before_has_its_own_time() -> None:
    now, before = parse_text(f"{DATED}Orders slipped 0.1 percent after rising 1.2 percent in December.").metrics
    assert (now.period_end, before.period_end) == (None, date(2023, 12, 31))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "The economy grew by 5 percent in 2024, less than the government's target of 6 percent to 7 percent.",
            [("5 percent", "economy", "change", "actual"), ("6 percent to 7 percent", "economy", "change", "target")],
        ),
        (
            "Prices rose by 1.8 percent in May 2024, below the bank's 2 percent target.",
            [("1.8 percent", "Prices", "change", "actual"), ("2 percent", "Prices", "change", "target")],
        ),
        (
            "The bank lowered its growth forecast for 2025 from 3.6% to 2.8%.",
            [("3.6%", "growth forecast", "change", "expected"), ("2.8%", "growth forecast", "change", "expected")],
        ),
        (
            "The board decided to cut its target rate by 25 basis points to 5 percent.",
            [("25 basis points", "target rate", "change", "actual"), ("5 percent", "target rate", "level", "actual")],
        ),
        (
            "It decided to raise the bond limit by an additional 2 trillion yen to 15 trillion yen.",
            [
                ("2 trillion yen", "bond limit", "change", "actual"),
                ("15 trillion yen", "bond limit", "level", "actual"),
            ],
        ),
        ("The Bank Rate stands at 3/4 per cent.", [("3/4 per cent", "Bank Rate", "level", "actual")]),
    ],
)
def test_what_was_aimed_at_foreseen_and_decided(text: str, rows: list[tuple[str, str, str, str]]) -> None:
    assert [(it.value_text, it.indicator, it.measure, it.status) for it in parse_text(text).metrics] == rows


def test_what_was_aimed_at_takes_no_bound_from_how_it_was_missed() -> None:
    missed = parse_text("Exports rose 5 percent in May 2024, less than the 6 percent forecast by analysts.").metrics[1]
    assert (missed.status, missed.bound) == ("expected", "exact")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Exports fell 7 percent in May 2024, the agency said on Friday, after a decrease of 6 percent in April.",
            [("7 percent", "Exports", -7), ("6 percent", "Exports", -6)],
        ),
        (
            "The economy shrank 0.3 percent in May 2024, official data showed, after growing 0.5 percent in April.",
            [("0.3 percent", "economy", -0.3), ("0.5 percent", "economy", 0.5)],
        ),
        (
            "Demand by the old and new sectors was up 4 percent and 9 percent, respectively.",
            [("4 percent", "Demand by the old sectors", 4), ("9 percent", "Demand by the new sectors", 9)],
        ),
        (
            "The Union and Altania were on top, with increases of 9 percent and 5 percent year on year, respectively.",
            [("9 percent", "Union", 9), ("5 percent", "Altania", 5)],
        ),
    ],
)
def test_who_told_it_stands_aside_and_lists_pair(text: str, rows: list[tuple[str, str, float]]) -> None:
    assert [(it.value_text, it.indicator, it.value) for it in parse_text(text).metrics] == rows
