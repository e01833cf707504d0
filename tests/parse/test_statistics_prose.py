"""Moulds of statistical prose: who saw growth, which of so many, flows that reach a count, words inside compounds."""

import pytest

from flows.parse import parse_text


def _read(text: str) -> list[tuple[str, str | None, str]]:
    return [(it.value_text, it.indicator, it.measure) for it in parse_text(text).metrics]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "In 2022, robotics and software registered growth of 33% and 31.8% respectively.",
            [("33%", "robotics", "change"), ("31.8%", "software", "change")],
        ),
        ("Exports witnessed a decline of 5 percent in May 2023.", [("5 percent", "Exports", "change")]),
        ("Official data showed growth of 5 percent in May 2023.", [("5 percent", "growth", "change")]),
        ("In May 2023 the region saw export growth of 5 percent.", [("5 percent", "export", "change")]),
    ],
)
def test_who_saw_growth(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _read(text) == rows


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Among the 41 industrial sectors, 39 posted year-on-year growth in May 2024.", "industrial sectors"),
        ("Of the 500 products, 220 rank first in output.", "products"),
        ("Of the 1,200 projects, 300 large projects were finished in 2024.", "large projects"),
    ],
)
def test_so_many_of_what_was_named_before(text: str, counted: str) -> None:
    assert _read(text)[0][1] == counted


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Sales of the top 10 carmakers reached 20 million vehicles in 2023.", "Sales of the top 10 carmakers"),
        ("Auto output reached 30 million vehicles in 2023.", "Auto output"),
        ("The scheme drove sales and reached 360 million buyers.", "buyers"),
        ("The unemployment rate in 31 major cities was 4.9 percent.", "unemployment rate in 31 major cities"),
        ("The share of home-grown machine tools rose to 48 percent.", "share of home-grown machine tools"),
        ("China aims to boost its R&D spending to 2.5 percent of GDP.", "R&D spending of GDP"),
    ],
)
def test_what_a_level_is_of(text: str, indicator: str) -> None:
    assert _read(text)[-1][1] == indicator


def test_what_goes_on_behind_the_first_time() -> None:
    assert _read("Exports exceeded 1 trillion yuan for the first time in 2023, growing 29.9 percent.") == [
        ("1 trillion yuan", "Exports", "level"),
        ("29.9 percent", "Exports", "change"),
    ]


def test_ranks_and_streaks_are_not_of_a_share() -> None:
    found = _read("Steel made up 30 percent of the global total in 2023, ranking first for 14 consecutive years.")
    assert [indicator for _, indicator, _ in found] == ["Steel of global total", "Steel", "Steel"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Throughput came to 150 million twenty-foot equivalent units in 2023.", 150e6),
        ("The country sold 3 million two-wheelers in 2023.", 3e6),
        ("The city ran one hundred twenty-five buses in 2023.", 125),
    ],
)
def test_numbers_in_compounds_stand_apart(text: str, value: float) -> None:
    assert parse_text(text).metrics[0].value == value


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("In 2023, roads carried about 19 billion tonnes of cargo.", "cargo carried by roads"),
        ("In 2023, ports handled 260 million TEUs of containers.", "containers handled by ports"),
        ("The bureau handled 4,812 complaints in 2023.", "complaints"),
    ],
)
def test_loads_are_named_with_who_moves_them(text: str, indicator: str) -> None:
    assert _read(text)[0][1] == indicator


def test_what_notes_say_is_no_subject() -> None:
    found = _read("Investment reached 7.9 billion yuan, up 17.3% (same below), and exports rose by 5%.")
    assert [indicator for _, indicator, _ in found] == ["Investment", "Investment", "exports"]


def test_a_part_is_told_by_what_was_done_to_it() -> None:
    found = _read("The city has 1,200 laboratories, including 31 funded by the state.")
    assert found[1] == ("31", "laboratories funded by the state", "level")


def test_an_undated_text_speaks_in_the_year_that_it_tells_of_not_the_one_it_plans_for() -> None:
    text = (
        "The ministry has set out plans to raise revenue in 2023. Growth was slow in the second quarter of 2022, it "
        "said, and output made up 16.1 percent of GDP in the third quarter. Growth should reach 5 percent in 2023."
    )
    found = {it.value_text: it.period_end for it in parse_text(text).metrics}
    assert str(found["16.1 percent"]) == "2022-09-30"


def test_this_period_is_the_one_just_told() -> None:
    text = "In the first half of 2023, exports rose by 3 percent. In this period, imports fell by 5 percent."
    assert [str(it.period_end) for it in parse_text(text).metrics] == ["2023-06-30", "2023-06-30"]


def test_what_outpaces_another_is_the_subject_before() -> None:
    text = "Investment in ports grew 10.8 percent in 2024, outpacing all investment by 7.6 percentage points."
    found = _read(text)
    assert [indicator for _, indicator, _ in found] == ["Investment in ports", "Investment in ports"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Growth was 5.7 percent for mining, 6.3 percent for glass and 2 percent for utilities.",
            [
                ("5.7 percent", "Growth for mining", "change"),
                ("6.3 percent", "Growth for glass", "change"),
                ("2 percent", "Growth for utilities", "change"),
            ],
        ),
        (
            "Unemployment was 5.7 percent for men; and 6.3 percent for women.",
            [
                ("5.7 percent", "Unemployment for men", "level"),
                ("6.3 percent", "Unemployment for women", "level"),
            ],
        ),
        (
            "Growth was 5 percent in mining, 12 percent of sales in May 2023.",
            [("5 percent", "Growth", "change"), ("12 percent", "sales", "share")],
        ),
    ],
)
def test_each_of_a_list_is_of_what_stands_behind_it(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _read(text) == rows


def test_each_change_is_compared_with_what_stands_behind_it() -> None:
    text = "In May 2023, the index of mining rose by 3 per cent on month and 6.3 per cent on year."
    found = [(it.indicator, it.measure, it.comparison) for it in parse_text(text).metrics]
    assert found == [
        ("index of mining", "change", "month_on_month"),
        ("index of mining", "change", "year_on_year"),
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "Retail sales totaled 35 trillion yuan in 2023, of which online sales of goods were 13 trillion yuan.",
            ["Retail sales", "online sales of goods"],
        ),
        (
            "Large firms' PMI was 50.7 in May 2023, while that of small firms fell to 46.7.",
            ["Large firms' PMI", "PMI of small firms"],
        ),
        (
            "Exports soared 24.9 percent to 300 billion yuan in 2023 and imports by 19.3 percent to 417 billion yuan.",
            ["Exports", "Exports", "imports", "imports"],
        ),
        (
            "Trams made up half of all sales in 2023, with the penetration rate hitting 47 percent.",
            ["Trams of sales", "penetration rate"],
        ),
        ("Robot makers saw their output climb 11.5 percent in 2023.", ["output of Robot makers"]),
        ("Firms saw their profits edge down 3.5 percent in 2023.", ["profits of Firms"]),
        ("Mills generated 39 trillion yuan in value added in 2023.", ["value added of Mills"]),
        ("A total of 430 firms took part in 2023, 12 percent more than in 2022.", ["firms", "firms"]),
        ("Newly installed capacity grew 5 percent in 2023.", ["Newly installed capacity"]),
    ],
)
def test_whose_value_stands_beside_another(text: str, indicators: list[str]) -> None:
    assert [row[1] for row in _read(text)] == indicators


def test_what_is_elided_grew_as_the_value_before() -> None:
    assert [
        row[2] for row in _read("Steel fell 2 percent to 300 tonnes in 2023 and coal 3 percent to 417 tonnes.")
    ] == [
        "change",
        "level",
        "change",
        "level",
    ]


def test_a_line_that_is_crossed_opens_no_range() -> None:
    assert [row[0] for row in _read("The PMI climbed back above 50 to 51.2 in May 2023.")] == ["50", "51.2"]


def test_a_contribution_to_growth_is_a_share() -> None:
    text = "The contribution of exports to economic growth stood at 39.9 percent in 2023."
    assert _read(text) == [("39.9 percent", "contribution of exports to economic growth", "share")]


def test_value_added_is_dated_by_the_year_behind_it() -> None:
    metric = parse_text("BEIJING, May 2, 2024 -- Mills generated 3 billion yuan in value added last year.").metrics[0]
    assert str(metric.period_start) == "2023-01-01"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Robots led with output up 38.7 percent in 2023, followed by integrated circuits at 22.2 percent.",
            ("22.2 percent", "integrated circuits", "change"),
        ),
        (
            "Coal rose 3 percent in 2023, integrated circuits 22.2 percent and state-owned mills by 14.2 percent.",
            ("14.2 percent", "state-owned mills", "change"),
        ),
        (
            "Investment in industry jumped 8 percent in 2023, including 7 percent in mining.",
            ("7 percent", "Investment in mining", "change"),
        ),
        (
            "Industrial output rose 5.8 percent in 2023, accelerating from 4.6 percent in 2022.",
            ("4.6 percent", "Industrial output", "change"),
        ),
        (
            "Steel investment grew by 4.4 percent in 2023, that in mining by 9.2 percent.",
            ("9.2 percent", "investment in mining", "change"),
        ),
        (
            "Prices fell 2.2 percent for the full year, 2.3 percent in December 2023 alone.",
            ("2.3 percent", "Prices", "change"),
        ),
        (
            "Income was 300 yuan in 2023, a nominal growth of 5.3 percent and, after deducting prices, a rise of 5.1%.",
            ("5.1%", "Income", "change"),
        ),
        (
            "Output of robots exceeded 556,400 sets in 2023, as against 429,500 sets in 2022.",
            ("429,500", "Output of robots", "level"),
        ),
        ("The dip was due to falls of 1.0% in mining and 2.1% in farming.", ("2.1%", "farming", "change")),
        ("Output fell 1% in 2023, partly offset by a rise of 1.5% in tea.", ("1.5%", "tea", "change")),
        ("Tin exports earned the country $33.9 billion in 2023.", ("$33.9 billion", "Tin exports", "level")),
        ("Chip exports set a new monthly record at $14 billion.", ("$14 billion", "Chip exports", "level")),
        ("In 2023, steel made 3 billion yuan, or 45.9 percent.", ("45.9 percent", "steel", "share")),
        (
            "In 2023, value added of mining rose by 9.8%, and transport, storage and post 6.9%.",
            ("6.9%", "value added of transport, storage and post", "change"),
        ),
        (
            "Value added of mining rose by 9.8% in 2023, and supply of gas and water up by 6.0%.",
            ("6.0%", "Value added of supply of gas and water", "change"),
        ),
        (
            "Investment in steel, tin and zinc and that in silk and wool rose by 38% and 12% respectively in 2023.",
            ("12%", "Investment in silk and wool", "change"),
        ),
        (
            "Six grew, with the railway, ship and air industry posting a 36% jump and the food industry a rise of 22%.",
            ("22%", "food industry", "change"),
        ),
        (
            "In 2023, profits at private firms grew 2%, while those at foreign ones, even some of Fiji, gained 6%.",
            ("6%", "profits at foreign ones", "change"),
        ),
        (
            "In 2023, profits climbed 9%, 4 percentage points above average and contributing 1.8 percentage points.",
            ("1.8 percentage points", "profits", "change"),
        ),
        (
            "The growth rates of the two sectors, Mining and Power for the month of May 2023 are (-) 0.1% and 2.6%.",
            ("2.6%", "Power", "change"),
        ),
        ("In 2023 the indices stood at 158.2 for tea, 119.7 for tin.", ("119.7", "indices for tin", "level")),
        ("Coal output crossed the 1 billion tonne mark in 2023, up 4.99%.", ("4.99%", "Coal output", "change")),
        ("In 2023 GDP growth was 1.2% which was 2.6% in 2022.", ("2.6%", "GDP growth", "change")),
        (
            "In 2023 the growth rates of output as per the first estimate were -1.9% in tea and 14.1% in tin.",
            ("14.1%", "output in tin", "change"),
        ),
        ("Two in every three electric cars were sold in 2023.", ("Two in every three", "electric cars", "share")),
        ("In the second quarter of 2023 alone, the economy grew 5.4 percent.", ("5.4 percent", "economy", "change")),
    ],
)
def test_what_goes_on_with_the_value_before(text: str, rows: tuple[str, str, str]) -> None:
    assert _read(text)[-1] == rows


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Exports in April-June 2025-26 stood at 2 billion dollars.", "2025-04-01", "2025-06-30"),
        ("Exports in April-January 2024-25 stood at 2 billion dollars.", "2024-04-01", "2025-01-31"),
        ("2025-04-18. Exports rose to 300 million yuan from 200 million yuan in 2012.", "None", "None"),
        ("BEIJING, April 18, 2025 -- Ten years ago, exports were 300 million yuan.", "2015-01-01", "2015-12-31"),
        ("Measured in prices of last year, volume grew by 7 percent in May 2024.", "2024-05-01", "2024-05-31"),
        ("Output in June 2024 was 15.0% below the record high reached in May 2011.", "2024-06-01", "2024-06-30"),
    ],
)
def test_which_time_a_value_is_of(text: str, start: str, end: str) -> None:
    metric = parse_text(text).metrics[0]
    assert (str(metric.period_start), str(metric.period_end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Firms grew in number from fewer than 10,000 in 2012 to over 140,000.", [("10,000", 2012), ("140,000", None)]),
        ("Prices fell from nearly 600 yuan per tonne in 2022 to 75 yuan.", [("600 yuan", 2022), ("75 yuan", None)]),
        ("Output grew by 2.4% in 2024, following 1.9% the year before.", [("2.4%", 2024), ("1.9%", 2023)]),
        ("GDP rose by 5.3% in the first half of 2023 and in 2024 by 4.7%.", [("5.3%", 2023), ("4.7%", 2024)]),
        ("The price rose to 300 yuan from 200 yuan in 2012.", [("300 yuan", None), ("200 yuan", 2012)]),
    ],
)
def test_what_something_was_before_dates_itself_alone(text: str, dated: list[tuple[str, int | None]]) -> None:
    metrics = parse_text(text).metrics
    assert [(it.value_text, it.period_start and it.period_start.year) for it in metrics] == dated


def test_what_is_up_on_the_year_has_grown() -> None:
    assert _read("Gas output rose to 66 tonnes in 2023, 4.3 percent up on the year.")[1][2] == "change"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("In 2023, 800 old boilers were replaced.", "old boilers"),
        ("Over 3 million used phones were traded in during 2023.", "used phones"),
        ("Some 5 million registered users joined in 2023.", "registered users"),
        ("In 2023, 120 reported cases were closed.", "reported cases"),
    ],
)
def test_what_is_counted_may_be_old_or_used(text: str, counted: str) -> None:
    assert _read(text)[0][1] == counted


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Output fell by 3% in 2023, dragged down by mining (3.4%) and food (2.8%).",
            [("3%", -3), ("3.4%", -3.4), ("2.8%", -2.8)],
        ),
        ("Exports were lower in 2023, namely in Borva (-RM775 million) and Cand (-RM7 million).", None),
        ("The rate fell in 2023 in regions such as Ardal (30%) and Borva (20%).", [("30%", 30), ("20%", 20)]),
    ],
)
def test_how_each_of_a_list_went(text: str, rows: list[tuple[str, float]] | None) -> None:
    metrics = parse_text(text).metrics
    if rows is None:
        assert {(it.measure, it.value < 0) for it in metrics} == {("change", True)}
    else:
        assert [(it.value_text, it.value) for it in metrics] == rows


def test_quarters_behind_a_fiscal_year_are_its_own() -> None:
    text = "India projects growth of 5.4% for 2023-24, with Q2 at 6.4% and Q4 at 5.2%."
    starts = [str(it.period_start) for it in parse_text(text).metrics]
    assert starts == ["2023-04-01", "2023-07-01", "2024-01-01"]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        (
            "Imports and exports of tea were 4 billion yuan in 2023, with exports down 21% and imports up 10%.",
            ["Imports and exports of tea", "exports of tea", "imports of tea"],
        ),
        ("The newly signed contracts were worth $30 billion in 2023.", ["newly signed contracts"]),
        ("In 2023 GDP grew by a phenomenal 20.1 percent.", ["GDP"]),
        ("In 2023, imports and exports reached a total value of $43 billion.", ["total value of imports and exports"]),
        (
            "The state cleared four plants in Ardal, Borva and Cand with a total investment of $4 billion in 2023.",
            ["plants", "total investment of plants"],
        ),
        ("The claimant count rose on the month and on the year, to 1.8 million in May 2023.", ["claimant count"]),
        (
            "Youth unemployment is highest in Ardal (48.0%) and Borva (40.5%).",
            ["Youth unemployment in Ardal", "Youth unemployment in Borva"],
        ),
        ("Exports of chips, the largest item, came to an all-time high of $12 billion in 2023.", ["Exports of chips"]),
        ("The ministry said on the 1st in its export trends that exports were worth $56 billion.", ["exports"]),
    ],
)
def test_what_stands_aside_is_not_measured(text: str, indicators: list[str]) -> None:
    assert [row[1] for row in _read(text)] == indicators


def test_a_change_in_brackets_is_compared_as_its_amount() -> None:
    text = "Staff fell by 9,000 (0.0%) over the quarter to May 2023 but rose by 182,000 (0.6%) over the year."
    assert [it.comparison for it in parse_text(text).metrics[2:]] == ["year_on_year"] * 2


def test_what_a_clause_of_its_own_counts_has_no_unit_of_the_clause_before() -> None:
    text = "Staff fell by 2% in May 2023 compared with April, but was 136,000 (0.4%) higher than in May 2022."
    assert [it.unit for it in parse_text(text).metrics] == ["percent", "count", "percent"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Last year 12 billion yuan went into water works, which was 3 billion yuan, or 42%, more year on year.",
            [
                ("12 billion yuan", "water works", "level", 12e9, None),
                ("3 billion yuan", "water works", "change", 3e9, "year_on_year"),
                ("42%", "water works", "change", 42, "year_on_year"),
            ],
        ),
        (
            "The plant made 15 percent fewer cars in July 2024 than a year earlier.",
            [("15 percent", "cars", "change", -15, "year_on_year")],
        ),
        (
            "Exports fell by a revised 9.9 percent in May 2024, a steeper decline than the 6.7 percent in April.",
            [("9.9 percent", "Exports", "change", -9.9, None), ("6.7 percent", "Exports", "change", -6.7, None)],
        ),
        (
            "Sales rose by 3% compared with the previous year and by 0.8% compared with the plan.",
            [("3%", "Sales", "change", 3, "year_on_year"), ("0.8%", "Sales", "change", 0.8, "versus_reference")],
        ),
        ("Power use up 5% in the first seven months of 2024", [("5%", "Power use", "change", 5, None)]),
        ("Imports grew as well, by 8%, in May 2024.", [("8%", "Imports", "change", 8, None)]),
    ],
)
def test_how_growth_is_told_beside_its_verb(
    text: str, rows: list[tuple[str, str | None, str, float, str | None]]
) -> None:
    found = parse_text(text).metrics
    assert [(it.value_text, it.indicator, it.measure, it.value, it.comparison) for it in found] == rows


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Sales of shops that sell food fell by 3 percent in May 2024.", "Sales of shops"),
        ("Output of firms that are located in the north rose by 5 percent in May 2024.", "Output of firms"),
        (
            "The number of people who work in mining reached 4 million in May 2024.",
            "number of people who work in mining",
        ),
        ("It said in its reports that trade in goods rose by 4 percent in May 2024.", "trade in goods"),
    ],
)
def test_a_relative_clause_before_the_verb_is_no_subject(text: str, indicator: str) -> None:
    assert _read(text)[-1][1] == indicator
