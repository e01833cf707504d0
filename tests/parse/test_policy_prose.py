"""Moulds of policy prose: money that is given, parts of a count, more that is to come, what is planned and agreed."""

from datetime import date

import pytest

from flows.parse import parse_text


def _read(text: str) -> list[tuple[str, str | None]]:
    return [(it.value_text, it.indicator) for it in parse_text(text).metrics]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("An additional $250 million has been earmarked for workforce training.", "workforce training"),
        ("From the central budget, 13.7 billion yuan was earmarked for new plants.", "new plants"),
        ("R3.4 billion has been set aside over the medium term to refurbish clinics.", "clinics"),
        ("The ministry was allocated Rs 900 crore in the Union Budget, of which Rs 62 crore is for silk.", "silk"),
        ("The two sides concluded the forum by signing deals worth 2.3 billion dollars.", "deals"),
        ("The scheme was a success, leading to production worth Rs 8.61 lakh crore.", "production"),
        (
            "The Cabinet approved a scheme for white goods (coolers and LED lights) with an outlay of Rs 6,238 crore.",
            "outlay of scheme for white goods (coolers and LED lights)",
        ),
    ],
)
def test_what_money_is_named_after(text: str, indicator: str) -> None:
    assert _read(text)[-1][1] == indicator


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "A total of 14,600 firms were named, of which 312 are little giants.",
            [("14,600", "firms"), ("312", "little giants")],
        ),
        ("There are 3,000 plants, of which 210 are idle.", [("3,000", "plants"), ("210", "plants")]),
        ("Of the 766 applications approved under the scheme, 176 are from small firms.", [("176", "applications")]),
        (
            "It will create 5,600 direct jobs and 12,000 indirect ones.",
            [("5,600", "direct jobs"), ("12,000", "indirect jobs")],
        ),
        ("Eight zones were built and 3 more are under way.", [("Eight", "zones"), ("3", "zones")]),
        ("It covered 16 cities in its first phase and 26 in its second.", [("16", "cities"), ("26", "cities")]),
        (
            "We have trained 2,000 inspectors and plan to train 500 more.",
            [("2,000", "inspectors"), ("500", "inspectors")],
        ),
        (
            "Each cluster has 20 enterprises with annual revenue of no less than 10 billion yuan.",
            [("20", "enterprises"), ("10 billion yuan", "annual revenue")],
        ),
        ("The plan sets 12 targets and assigns them to 17 ministries.", [("12", "targets"), ("17", "ministries")]),
    ],
)
def test_what_counts_count(text: str, rows: list[tuple[str, str]]) -> None:
    assert _read(text) == rows


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The average time for approvals has been cut from 45 days to 12.", [(45, "day"), (12, "day")]),
        ("The number of procedures was cut from 18 to 4.", [(18, "count"), (4, "count")]),
        ("The scheme, with an outlay of 5 million yuan, runs over a period of six years.", [(5e6, "CNY")]),
        ("The two sides will meet twice a year.", []),
    ],
)
def test_units_and_what_is_no_metric(text: str, values: list[tuple[float, str]]) -> None:
    assert [(it.value, it.unit) for it in parse_text(text).metrics] == values


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("The plan calls for the share of clean energy to reach 90 percent by 2027.", ["target"]),
        ("The plan sees clean capacity reaching 180 GW by 2027.", ["target"]),
        ("Some 12 parks, 40 laboratories and 300 halls will be built by 2026.", ["target", "target", "target"]),
        ("We built 12 parks and 20 halls will follow.", ["actual", "target"]),
        ("Spending on roads is Rs 12 crore in the budget for 2025-26.", ["actual"]),
    ],
)
def test_what_is_planned(text: str, statuses: list[str]) -> None:
    found = parse_text(f"NEW DELHI, March 5, 2024 -- {text}").metrics
    assert [it.status for it in found] == statuses


def test_what_is_done_is_not_of_a_year_to_come() -> None:
    text = "ADEN, March 5, 2024 -- The city has built 12 halls, with 5 more planned for 2025."
    done, planned = parse_text(text).metrics
    assert (done.period_start, planned.period_text) == (None, "2025")


def test_what_is_left_of_a_whole_is_a_share() -> None:
    left = parse_text(
        "Some 74 percent of the funds are committed, with the remaining 26 percent to be awarded."
    ).metrics[1]
    assert (left.measure, left.indicator) == ("share", "funds")


def test_what_two_sides_agree_is_said_by_neither() -> None:
    tasks = parse_text(
        "Minister Zulkifli Hasan met Vice President Solomon Quaynor on Monday. Quaynor noted that trade grew. "
        "The two sides agreed to establish a working group."
    ).tasks
    assert [task.speaker_id for task in tasks] == [None]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("The government allocated £40 million to 26 councils.", "councils"),
        ("The fund invested 3 billion yuan in 12 projects.", "investment in projects"),
        ("R3.4 billion has been set aside to refurbish 18 industrial parks.", "industrial parks"),
        ("Poultry producers have invested R1.7 billion and hired 3,000 people.", "investment of Poultry producers"),
        ("The government has spent £3.2 billion since 2019.", "spending of government"),
        ("The bank will provide cheap loans totalling $2 billion to farms.", "cheap loans"),
        ("The two funds together manage assets of 340 billion yuan.", "assets"),
        (
            "The state started a scheme for a period of five years with a total outlay of Rs 60 crore.",
            "total outlay of scheme",
        ),
        ("India ranks third in the world in terms of the number of startups.", "number of startups"),
    ],
)
def test_who_gives_is_not_what_is_given(text: str, indicator: str) -> None:
    assert _read(text)[0][1] == indicator


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "They signed 212 deals with a combined value of $7 billion.",
            [("212", "deals"), ("$7 billion", "combined value of deals")],
        ),
        (
            "It approved four projects with a total cost of Rs 32 crore.",
            [("four", "projects"), ("Rs 32 crore", "total cost of projects")],
        ),
        (
            "Fiji has 9 ports. Some 13 parks employ around 90,000 workers.",
            [("9", "ports"), ("13", "parks"), ("90,000", "workers")],
        ),
        (
            "Its staff was cut by a quarter, from 400 to 300.",
            [("a quarter", "staff"), ("400", "staff"), ("300", "staff")],
        ),
        ("Nearly 6 in 10 firms said that it helped.", [("6 in 10", "firms")]),
        ("She said that of the 1,000 planned centres, 620 had opened.", [("620", "planned centres")]),
    ],
)
def test_counts_and_what_stands_beside_them(text: str, rows: list[tuple[str, str]]) -> None:
    assert _read(text) == rows


def test_parts_of_a_plan_are_no_tasks_and_items_order_on() -> None:
    items = "(1) Promote clean power. Retrofit 400 GW of coal units.\n\n(2) Guiding principles\n"
    read = parse_text(f"Work plan for 2024\n\nII. Key tasks\n\n{items}")
    assert [task.action for task in read.tasks] == ["promote"]
    assert [it.status for it in read.metrics] == ["target"]


def test_what_will_be_by_a_year_is_aimed_at_unless_it_is_expected() -> None:
    read = parse_text(
        "By 2027, energy use will fall by 8 percent.\n\nBy 2027, energy use will fall by 8 percent, analysts expect.\n"
    )
    assert [it.status for it in read.metrics] == ["target", "expected"]


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("We will finish the first phase by December.", (date(2024, 12, 1), date(2024, 12, 31))),
        (
            "By the end of the 14th Five-Year Plan period, we will build parks.",
            (date(2025, 12, 31), date(2025, 12, 31)),
        ),
        ("Over the next decade, we will build dams.", (date(2024, 3, 5), date(2034, 3, 5))),
        ("On a tour in January, the premier called for efforts to plant trees.", (None, None)),
    ],
)
def test_when_a_task_is_due(text: str, horizon: tuple[date | None, date | None]) -> None:
    [task] = parse_text(f"ADEN, March 5, 2024 -- It met.\n\n{text}\n").tasks
    assert (task.horizon_start, task.horizon_end) == horizon


def test_what_officials_are_told_to_do_lies_ahead() -> None:
    told = "The minister directed officials to complete 14 projects by December."
    [metric] = parse_text(f"ADEN, March 5, 2024 -- It met.\n\n{told}\n").metrics
    assert (metric.status, metric.period_end) == ("target", date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Of that amount, 60 per cent went to mills and 25 per cent to farms.",
            [("60 per cent", "mills"), ("25 per cent", "farms")],
        ),
        (
            "We will triple the number of experts to 15,000.",
            [("triple", "number of experts"), ("15,000", "number of experts")],
        ),
        ("The plan is to double exports to $40 billion.", [("double", "exports"), ("$40 billion", "exports")]),
        ("Some 138 million people came, double the number of 2019.", [("138 million", "people"), ("double", "people")]),
    ],
)
def test_parts_that_go_somewhere_and_what_is_multiplied(text: str, rows: list[tuple[str, str]]) -> None:
    assert _read(text) == rows


def test_bare_numbers_of_paragraphs_count_nothing() -> None:
    read = parse_text(
        "Remarks on Trade\n\n1 Friends, good day.\n\n2 We built 12 parks.\n\n3 First, we will build a port.\n"
    )
    assert [it.value_text for it in read.metrics] == ["12"]
    assert [(task.statement, task.ordinal) for task in read.tasks] == [("First, we will build a port.", 1)]


def _cast(text: str) -> dict[str, tuple[str, str | None]]:
    return {it.speaker_id: (it.role, it.position) for it in parse_text(text).appearances}


def test_short_offices_in_labels_are_those_who_were_introduced() -> None:
    text = """Transcript of the Press Conference on Mills

Moderator: With us today is Cabinet Secretary Ada Roe. Madam, you have the floor.

CS Roe: Thank you. We supported 1,300 mills last year, and we plan to build ten more of them in the next years.
"""
    assert _cast(text)["ada-roe"] == ("speaker", "Cabinet Secretary")


def test_right_honourable_members_are_people() -> None:
    text = "The Secretary of State for Trade, the Rt Hon Ada Roe MP, met Wim Bo. Secretary Roe noted that trade grew."
    assert _cast(text)["ada-roe"] == ("speaker", "Secretary of State for Trade")


def test_written_answers_are_the_ministers() -> None:
    text = """Lok Sabha Question No. 14, to be answered on 6 August 2024

SHRI WIM BO:
Will the Minister of Mines be pleased to state the steps that were taken?

ANSWER
MINISTER OF STATE FOR MINES AND PORTS
(SUSHRI ADA ROE)

The Government has opened 14 mines, and another 3 are being surveyed by the department at the moment.
"""
    read = parse_text(text)
    assert _cast(text) == {
        "wim-bo": ("questioner", None),
        "ada-roe": ("speaker", "Minister of State for Mines and Ports"),
    }
    assert {it.speaker_id for it in read.metrics} == {"ada-roe"}
    assert str(read.document.event_on) == "2024-08-06"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A total of Rs 1,345 crore has been released to states.", [("Rs 1,345 crore", "states")]),
        (
            "It hired 900 people, 40 per cent of whom should be women.",
            [("900", "people"), ("40 per cent", "women of people")],
        ),
        ("Of the €20 billion pledged, about €12 billion was paid.", [("€20 billion", None), ("€12 billion", None)]),
        ("It has 14 national and 62 regional centres.", [("14", "national centres"), ("62", "regional centres")]),
        ("Up to 80 percent of the cost will be covered.", [("80 percent", "cost")]),
        ("Cocoa plants operate at only 60 percent of capacity.", [("60 percent", "Cocoa plants of capacity")]),
        ("Talks were held in Bonn, and a fourth is scheduled for May.", []),
        (
            "A bonus of 5 per cent is paid first and 3 per cent thereafter.",
            [("5 per cent", "bonus"), ("3 per cent", "bonus")],
        ),
    ],
)
def test_more_moulds_of_programmes(text: str, rows: list[tuple[str, str | None]]) -> None:
    assert _read(text) == rows


@pytest.mark.parametrize(
    ("title", "speaker", "position"),
    [
        ("Keynote speech by Executive Vice-President Séjourné at the Summit", "sejourne", "Executive Vice-President"),
        ("Speech by Commissioner Breton: chips for all", "breton", "Commissioner"),
        ("Speech by Minister Tan See Leng at the Industry Forum", "tan-see-leng", "Minister"),
        ("Finance Minister Ada Roe: 2024 Budget Speech", "ada-roe", "Finance Minister"),
    ],
)
def test_titles_name_who_speaks_by_the_surname_too(title: str, speaker: str, position: str) -> None:
    found = _cast(f"{title}\n\nKuala Lumpur, 16 September 2021\n\nGood day. We will present a bill on chips.\n")
    assert {key: post for key, (_, post) in found.items()} == {speaker: position}


def test_so_long_taken_is_the_time_to_do_so() -> None:
    assert _read("It takes 12 days to register a firm.") == [("12 days", "time to register a firm")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("It is to spend 2.4 percent of GDP on research.", [("2.4 percent", "spending on research of GDP")]),
        ("It announced that 60 billion dollars would be provided to Fiji.", [("60 billion dollars", "Fiji")]),
        ("Farmers can borrow up to Rs 3 lakh.", [("Rs 3 lakh", "Farmers")]),
        ("The Bank disbursed loans totalling 2.3 trillion won.", [("2.3 trillion won", "loans")]),
        (
            "The upgrade will raise annual capacity from 2.1 million to 3 million.",
            [("2.1 million", "annual capacity"), ("3 million", "annual capacity")],
        ),
        ("Fiji held 12 fairs and six roadshows.", [("12", "fairs"), ("six", "roadshows")]),
        ("Some 18 mills account for half of output.", [("18", "mills"), ("half", "mills of output")]),
        (
            "Steel ranked first in the world in scale for 14 straight years.",
            [("first", "Steel"), ("14 straight years", "Steel")],
        ),
        ("Under phase two, 15 districts joined.", [("15", "districts")]),
    ],
)
def test_verbs_are_no_part_of_what_they_measure(text: str, rows: list[tuple[str, str]]) -> None:
    assert _read(text) == rows


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Government has put Rs 9,000 crore into the fund. It will also set up new branches.", "the Government"),
        ("The scheme covers 14 sectors. It will run until 2027.", None),
    ],
)
def test_it_is_the_authority_of_the_sentence_before(text: str, actor: str | None) -> None:
    assert [task.actor for task in parse_text(text).tasks] == ([actor] if actor else [])


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("China will build 12 ports.", "China"),
        ("Member States should issue permits.", "Member States"),
        ("Every Collector must send a report.", "every Collector"),
        ("Government will table the Bill.", "government"),
    ],
)
def test_actors_keep_the_capitals_of_names(text: str, actor: str) -> None:
    assert [task.actor for task in parse_text(text).tasks] == [actor]


@pytest.mark.parametrize(
    "text",
    ["The Chinese version shall prevail.", "It should be kept in mind that these figures are preliminary."],
)
def test_how_a_text_is_to_be_read_is_no_task(text: str) -> None:
    assert parse_text(f"Notice of 2 May 2024\n\n{text}").tasks == ()


@pytest.mark.parametrize(
    ("text", "start", "status"),
    [
        ("We project growth of 2.1 percent this year.", date(2024, 1, 1), "expected"),
        ("The Committee sees inflation averaging 3.5 percent in the second half.", date(2024, 7, 1), "expected"),
        ("Rates would fall by 25 basis points in August, Ada Roe said.", date(2024, 8, 1), "expected"),
        ("A total of 3 billion yuan of bonds will be issued this year.", date(2024, 1, 1), "target"),
    ],
)  # fmt: skip
def test_what_is_to_come_is_of_the_time_to_come(text: str, start: date, status: str) -> None:
    row = parse_text(f"BEIJING, March 5, 2024 -- {text}").metrics[-1]
    assert (row.period_start, row.status) == (start, status)
