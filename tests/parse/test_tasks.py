"""Tasks: what is one, what is none, and how they nest."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.parse import parse_text
from flows.parse.periods import time_signs
from flows.parse.rules import load_words
from flows.parse.segment import segment
from flows.parse.tasks import find_tasks, read_ordinal
from flows.parse.tasks_claims import Setting
from flows.parse.tasks_cues import judge_sentence, sign_positions
from flows.parse.tasks_lemmas import lemma
from flows.parse.tasks_themes import find_theme, theme_index
from flows.records import Appearance, Document, Task, Voices
from flows.vocabulary import default_vocabulary


def tasks_of(text: str, kind: str = "other", *, questioner: bool = False) -> tuple[Task, ...]:
    layout = segment(text, "d")
    document = Document(
        "d", None, kind, None, date(2025, 3, 3), None, None, "en", None, None, None, "raw/d.txt", "", 0, len(text), 0
    )
    asks = (Appearance("d", "x", "questioner", None, None, 0, 0, 0, 0),) if questioner else ()
    voices = Voices((), asks, layout.passages, tuple("x" if asks else None for _ in layout.sentences))
    return find_tasks(text, document, layout, voices, default_vocabulary(), time_signs(text))


def test_lexicons_have_no_form_twice() -> None:
    assert load_words("tasks")["stative"]
    assert load_words("verbs")["base"] > load_words("verbs")["unchanged"] - {
        "bid",
        "broadcast",
        "cast",
        "hit",
        "cost",
        "split",
        "upset",
        "beset",
    }


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("developing", "develop"),
        ("carried", "carry"),
        ("upgrading", "upgrade"),
        ("tapping", "tap"),
        ("built", "build"),
        ("intensifying", "intensify"),
        ("set", "set"),
        ("enhanced", "enhance"),
        ("reaches", "reach"),
        ("rebuilt", "rebuild"),
        ("Fast-tracking", "fast-track"),
        ("unveiled", "unveil"),
        ("securitised", "securitise"),
        ("held", "hold"),
    ],
)
def test_lemma(form: str, base: str) -> None:
    assert lemma(form) == base


@pytest.mark.parametrize(
    ("sentence", "action", "modality", "actor"),
    [
        ("We will continue to work to enhance supply chains.", "enhance", "commitment", "We"),
        ("Looking ahead, the MIIT will carry out inspections.", "carry out", "commitment", "the MIIT"),
        ("The council told the agency to publish its plans.", "publish", "obligation", "the council"),
        ("The ministry wants all regions to inspect dams.", "inspect", "obligation", "the ministry"),
        ("The ministry demanded that all regions carry out checks.", "carry out", "obligation", "the ministry"),
        ("The meeting decided to set up a new fund.", "set up", "commitment", "the meeting"),
        ("We will take the lead in developing standards.", "take", "commitment", "We"),
        ("The economic planner will improve its services.", "improve", "commitment", "the economic planner"),
        ("Efforts will be made to foster brands.", "foster", "commitment", None),
        ("Consumption of green appliances will be expanded.", "expand", "commitment", None),
        ("It is essential to adhere to the principle.", "adhere", "obligation", None),
        ("We must proactively adapt to change.", "adapt", "obligation", "We"),
        ("Departments are therefore required to find savings.", "find", "obligation", "departments"),
        ("The readout calls for thoroughly implementing the plan.", "implement", "obligation", "the readout"),
        ("It is further proposed that 17 drugs be fully exempted.", "exempt", "commitment", None),
        ("Zhao emphasized that the MIIT will promote upgrades.", "promote", "commitment", "the MIIT"),
        ("He added that the ministry would allocate 735 billion yuan.", "allocate", "commitment", "the ministry"),
        (
            "Strengthening guidance and curbing waste are among the key actions planned.",
            "strengthen",
            "commitment",
            None,
        ),
        ("There will be ongoing improvements in communication.", None, "commitment", None),
        ("The Committee is strongly committed to supporting employment.", "support", "commitment", "the Committee"),
        ("What we need to do is keep policy restrictive.", "keep", "obligation", None),
        ("Medium- and long-term contracts are to be honoured in full.", "honour", "commitment", None),
        ("Once the law is adopted, a pilot will be carried out.", "carry out", "commitment", None),
        ("We will focus on the development of key industries.", "focus", "commitment", "We"),
        ("We will focus on cultivating frontrunners.", "cultivate", "commitment", "We"),
        ("The plan will tighten the limit for dust.", "tighten", "commitment", "the plan"),
        (
            "Hospitals at the county level will upgrade their wards.",
            "upgrade",
            "commitment",
            "hospitals at the county level",
        ),
        ("Contracts for 8 ropeway projects will be awarded.", "award", "commitment", None),
        ("75 e-labs for a simulated environment will be set-up.", "set up", "commitment", None),
        ("The Board also confirmed that it will reduce its holdings.", "reduce", "commitment", "it"),
        ("We at the Bank will do everything we can to achieve our goals.", "achieve", "commitment", "We"),
        ("We reaffirm our commitment to support fair trade.", "support", "commitment", "We"),
        ("The sides agreed to launch a study.", "launch", "commitment", "the sides"),
        ("Completing the union is vital to fund innovation.", "complete", "obligation", None),
        ("Efforts should be intensified to stabilise employment.", "stabilise", "obligation", None),
        ("It is essential that the group undertakes swift action.", "undertake", "obligation", None),
        ("We will be vigilant against side effects.", "be", "commitment", "We"),
        ("We expect to raise the rate further.", "raise", "commitment", "We"),
        ("Parents should notify the school.", "notify", "obligation", "parents"),
        ("It will be submitted to parliament.", "submit", "commitment", None),
        ("Efforts need be made to promote trade.", "promote", "obligation", None),
        (
            "While noting the need to save, the meeting called for efforts to cut waste.",
            "cut",
            "obligation",
            "the meeting",
        ),
        ("It aims to (1) raise yields and (2) cut costs.", "raise", "commitment", "It"),
        ("One of the goals is to train 500 nurses.", "train", "commitment", None),
        ("The guidelines suggest creating a fund.", "create", "commitment", "the guidelines"),
        ("More than 200 markets will be opened.", "open", "commitment", None),
        ("Li urged greater progress in developing new materials.", "develop", "obligation", "li"),
        ("China firmly opposes this and will take countermeasures.", "take", "commitment", "China"),
        ("Premier Mora has urged efforts to cut waste.", "cut", "obligation", "Premier Mora"),
        ("He has urged support of small farms.", "support", "obligation", "He"),
        ("On heating, the bureau said it will expand storage.", "expand", "commitment", "it"),
        ("The plan lists tasks for 2026, including deepening reform.", "deepen", "commitment", "the plan"),
        ("Capacity is to reach 30 GW by 2030.", "reach", "commitment", "capacity"),
        ("The third is to support research.", "support", "commitment", "the third"),
        ("Firms should accelerate to achieve breakthroughs.", "achieve", "obligation", "firms"),
        ("The ministry will move on to encourage new uses.", "encourage", "commitment", "the ministry"),
        ("I propose to set up a fund.", "set up", "commitment", "I"),
        ("Provinces were asked to inspect dams.", "inspect", "obligation", "provinces"),
        ("The agency has set a target of planting trees.", "plant", "commitment", "the agency"),
        ("Policy must remain restrictive.", "remain", "obligation", "policy"),
        ("Harbour masters are to display the notice.", "display", "commitment", "harbour masters"),
        ("It is time to act.", "act", "obligation", None),
        ("The office will cooperate with the navy to guard the coast.", "guard", "commitment", "the office"),
        ("We will work with Kenya to firmly widen the road to Mombasa.", "widen", "commitment", "We"),
        ("We will work with ports that want to grow.", "work", "commitment", "We"),
        ("We will work with colleagues from north to south.", "work", "commitment", "We"),
        ("Fees will fall, while lenders will be encouraged to fund nets.", "encourage", "commitment", None),
        ("We will speed up building a new quay.", "build", "commitment", "We"),
        ("We will speed up manufacturing reform.", "speed up", "commitment", "We"),
        ("We will refrain from making loans.", "refrain", "commitment", "We"),
        ("The aim of the plan is to keep nurses.", "keep", "commitment", None),
        ("Members are bound to report each catch.", "report", "obligation", "members"),
    ],
)
def test_a_task(sentence: str, action: str | None, modality: str, actor: str | None) -> None:
    verdict = judge_sentence(sentence, Setting("other"))
    assert sign_positions(sentence)
    assert verdict is not None
    assert (verdict.action, verdict.modality, verdict.actor) == (action, modality, actor)


@pytest.mark.parametrize(
    "sentence",
    [
        "We have built 27 innovation centers.",
        "The policy does not need to be changed.",
        "Firms don't have to submit paper forms.",
        "He told reporters to expect more visits.",
        "The time required for plants to adapt is long.",
        "The firm decided to leave the market in 2019.",
        "The long-term trend will not change.",
        "Inflation will average 2.1 percent in 2025.",
        "Growth will be supported by strong demand.",
        "This will help firms grow.",
        "These moves will greatly ease shortages.",
        "I will now brief you on the figures.",
        "We will start with the figures and then move to questions.",
        "We will take your questions.",
        "We are now ready to take your questions.",
        "As I will explain, demand is weak.",
        "We must recognize that risks remain.",
        "We hope the media will continue to follow our work.",
        "The report, which will appear in May, is long.",
        "It is a path all countries must travel.",
        "Last year, we formulated work plans to stabilize growth.",
        "That is why borrowing will come down.",
        "Their effect should fade next year.",
        "What will the ministry do about prices?",
        "The foundation of recovery needs to be consolidated.",
        "The next conference will be announced on our website.",
        "The political will to reform is strong.",
        "I will look forward to your questions.",
        "The Clerk will now proceed to read the notice.",
        "This action should not affect the size of our holdings.",
        "Monetary policy should exert less of a drag on demand.",
        "We emphasize the importance of achieving these objectives.",
        "The measures should bring down energy bills.",
        "A strong currency will hold back exports.",
        "Automation will replace many routine jobs.",
        "Members will recall that the levy was introduced in 2019.",
        "We expect to see a gradual recovery.",
        "We must be honest about the challenges.",
        "The two leaders will exchange views on regional issues.",
        "Our plan will lift growth.",
        "Without stable prices, we will not achieve lasting growth.",
        "The bureau released a work plan to spur trade.",
        "Analysts forecast that output is to grow by 5 percent.",
        "The agency will publish estimates for April on June 20.",
        "The island is set to expand by 4.2% this year.",
        "We will be taking questions from the room.",
        "He was asked to comment on the plan.",
        "Port managers are to meet in May.",
        "The next summit will be held in Lima.",
        "I have also asked the committee to open a lane.",
        "I am going to make a briefing on fish prices.",
        "I will refrain from making any comments on single cases.",
        "The aim of raising wages is to keep nurses.",
        "This year's catch is bound to have a good price.",
        "Exports grew, while imports will decline.",
    ],
)
def test_no_task(sentence: str) -> None:
    assert judge_sentence(sentence, Setting("other")) is None


def test_an_item_of_a_list_of_tasks_is_one_row() -> None:
    rows = tasks_of("We will:\n\n- Stay agile in our policies. We will invest in ports.\n- Protect stability.\n")
    assert [row.action for row in rows] == ["stay", "protect"]


def test_headings_hold_what_stands_under_them() -> None:
    text = (
        "Plan\n\nFirst, we will promote trade\n\nTrade matters. We will open ports by 2027.\n\n"
        "Second, we will cut red tape\n\nFees will be cut."
    )
    rows = tasks_of(text, "article")
    assert [row.ordinal for row in rows] == [1, None, 2, None]
    assert [row.parent_task_id for row in rows] == [None, rows[0].task_id, None, rows[2].task_id]
    assert [row.depth for row in rows] == [0, 1, 0, 1]
    assert (rows[1].horizon_start, rows[1].horizon_end) == (date(2027, 1, 1), date(2027, 12, 31))


def test_task_lists_nest_and_progress_lists_do_not_count() -> None:
    text = (
        "Work conference\n\nThe conference took place in Beijing.\n\n"
        "The readout names three tasks for 2026, including\n\n• steady growth through\n  • boosting consumption\n"
        "  • service guarantees\n• future industries\n\nThe readout highlights progress in 2025, including\n\n"
        "• growth of industry\n• launch of a ship\n"
    )
    rows = tasks_of(text)
    assert [(row.action, row.depth) for row in rows] == [(None, 0), ("boost", 1), (None, 1), (None, 0)]
    assert rows[1].parent_task_id == rows[2].parent_task_id == rows[0].task_id


def test_questions_are_no_tasks() -> None:
    assert tasks_of("The ministry will publish the rules. It must act.")
    assert not tasks_of("The ministry will publish the rules. It must act.", questioner=True)


def test_orders_in_a_row_make_a_notice() -> None:
    orders = (
        "Notice on valves\n\n"
        "Report to the office at once. Keep records of each visit. Submit results by 5 May. Close the valve."
    )
    assert [row.action for row in tasks_of(orders)] == ["keep", "submit", "close"]
    assert not tasks_of("Prices rose last year. Keep that in mind.")


@pytest.mark.parametrize(
    ("statement", "ordinal"),
    [("First, we act", 1), ("Secondly, act", 2), ("First quarter sales rose", None), ("Third, act", 3), ("Act", None)],
)
def test_ordinals(statement: str, ordinal: int | None) -> None:
    assert read_ordinal(statement) == ordinal


def test_theme_is_the_longest_evidence() -> None:
    index = theme_index(default_vocabulary())
    assert find_theme("We will promote green and low-carbon development.", index) == "green-development"
    assert find_theme("We will do it.", index) is None


PIECES = st.sampled_from(
    [
        "We will ",
        "must ",
        "First, ",
        "\n",
        "\n\n",
        "• ",
        "1. ",
        "(a) ",
        ", which ",
        "that ",
        "to be ",
        "efforts ",
        ":",
        ". ",
        "ministry ",
        "will be made to ",
        "expanded",
        "boosting ",
        "\t",
        "\u202e",
        "\U0001d7d9",
        "\x00",
        ",,,,",
        "is ",
        "there will be ",
        "calls for ",
        "'ll ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_gives_valid_rows(text: str) -> None:
    rows = tasks_of(text)
    ids = [row.task_id for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(row.parent_task_id is None or row.parent_task_id in ids[:at] for at, row in enumerate(rows))
    assert all(a.char_start < b.char_start for a, b in pairwise(rows))
    for row in rows:
        assert row.statement == " ".join(text[row.char_start : row.char_end].split()) != ""


@pytest.mark.parametrize(
    "piece", ["we will , ", "(", "will ", "that will ", "of the ", "• a\n", "a,", "make efforts to ", "need to "]
)
def test_long_runs_end(piece: str) -> None:
    tasks_of("We will " + piece * 20_000 + "end.")


def test_what_is_done_by_growing_and_increasing() -> None:
    items = "- Growing exports\n- Increasing yields, and\n- Training"
    assert [row.action for row in tasks_of(f"We will do this by:\n\n{items}")] == ["grow", "increase", None]
    assert [row.action for row in tasks_of("The plan covers these tasks:\n\n- Growing fears\n")] == [None]


def test_two_hyphens_open_an_item() -> None:
    items = "-- Keep the quays open.\n\n-- Further widen two canals.\n\n-- Vigorously initiate regattas."
    assert [task.action for task in tasks_of(f"The goals of the harbour plan:\n\n{items}")] == [
        "keep",
        "widen",
        "initiate",
    ]
    assert not tasks_of("The council\n-- which met in May -- was told of the yield\n-- and of the harvest.")


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("I will today ask the operator to pay at once.", ["ask"]),
        ("I will ask Mr. Roe to answer that.", []),
        ("Our aim must be to raise exports to 5 billion dollars.", ["raise"]),
        ("It is imperative that we stay committed to steady progress.", ["stay"]),
        ("Promoting it is crucial for building a new pattern, they say.", ["promote"]),
        ("He stressed implementing and refining the rules.", ["implement"]),
        ("He stressed growing risks.", []),
        ("The action plan is aimed at bringing goods into villages.", ["bring"]),
        ("Fiscal reserves will also go down to 3 billion dollars.", []),
        ("Keeping to its pledge to cut taxes, the cabinet presented a budget.", []),
        ("I will now turn the floor over to Ms. Roe.", []),
        ("The works will be sped up.", ["speed up"]),
        ("We will build two ports here by 2027.\n\nIt will also go on working on the rail link.", ["build", "work"]),
        ("We will sell old ports. At the same time, guide firms there.", ["sell", "guide"]),
        ("Develop and expand storage. We will build two plants.", ["develop", "build"]),
        ("Tap water now reaches all. We will build two plants.", ["build"]),
        ("Finance Minister Ada Roe said so. We will build two plants.", ["build"]),
        ("Help desks were opened in ten towns. We will build two plants.", ["build"]),
    ],
)  # fmt: skip
def test_more_of_what_is_to_be_done(text: str, actions: list[str]) -> None:
    assert [task.action for task in tasks_of(text)] == actions


def test_would_is_will_where_a_report_goes_on_telling() -> None:
    news = (
        "May 3, 2024 -- The state would build two ports, Minister Ada Roe said on Friday.\n\n"
        "A fund would be set up for them.\n\nFirms would gain, Roe said.\n"
    )
    assert [task.action for task in parse_text(news).tasks] == ["build", "set up"]
    assert tasks_of("A fund would be set up for them.", "news") == ()
