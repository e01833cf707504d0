"""Labels, names, offices, roles and reported speech."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.parse import parse_text
from flows.parse.documents import describe
from flows.parse.segment import segment
from flows.parse.speakers import find_speakers
from flows.parse.speakers_fields import keep_commas, printed
from flows.parse.speakers_names import bare_name, speaker_id_of
from flows.parse.speakers_offices import Context, abbreviations, ministries, read_office
from flows.records import Layout, RawText, Voices

_WORDS = st.sampled_from(
    """Li Ming , said minister of trade Mr. Chair POWELL. : ? | By According to he added “ ” Q: A: (MIIT) MIIT presided
    over the meeting attended by Present: The author is 金壮龙 spokesperson Bureau 's 5% .""".replace(
        "|", "\n\n"
    ).split(" ")
)


def voices_of(text: str) -> Voices:
    return voices_in(text, segment(text, "d"))


def voices_in(text: str, layout: Layout) -> Voices:
    raw = RawText("d", "raw/d.txt", text, "0" * 64, len(text.encode("utf-8", "replace")))
    return find_speakers(text, layout, describe(raw, layout))


def describe_kind(text: str) -> str:
    return describe(RawText("d", "raw/d.txt", text, "0" * 64, len(text)), segment(text, "d")).kind


def cast_of(text: str) -> dict[str, str]:
    voices = voices_of(text)
    names = {speaker.speaker_id: speaker.name for speaker in voices.speakers}
    roles: dict[str, str] = {}
    for appearance in voices.appearances:
        roles.setdefault(names[appearance.speaker_id], appearance.role)
    return roles


def said_by(text: str) -> dict[str, str | None]:
    layout = segment(text, "d")
    voices = voices_in(text, layout)
    return {text[s.char_start : s.char_end]: key for s, key in zip(layout.sentences, voices.by_sentence, strict=True)}


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map(" ".join)))
@example("MINISTER A(AA): 0")
def test_any_text_has_voices(text: str) -> None:
    layout = segment(text, "d")
    voices = voices_in(text, layout)
    assert [p._replace(speaker_id=None) for p in voices.passages] == list(layout.passages)
    assert len(voices.by_sentence) == len(layout.sentences)
    ids = {speaker.speaker_id for speaker in voices.speakers}
    assert len(ids) == len(voices.speakers) == len(voices.appearances)
    assert {key for key in (*voices.by_sentence, *(p.speaker_id for p in voices.passages)) if key} <= ids
    assert all(0 <= a.char_start <= a.char_end <= len(text) for a in voices.appearances)


@pytest.mark.parametrize(
    ("phrase", "position", "organisation"),
    [
        ("vice minister of commerce", "vice minister of commerce", "Ministry of Commerce"),
        ("spokesperson of the GAC and director general of its Department of Trade",
         "spokesperson and director general of the Department of Trade", "General Administration of Customs"),
        ("director general of the GAC's Department of Port Control",
         "director general of the Department of Port Control", "General Administration of Customs"),
        ("chairman of the GAC Standing Committee", "chairman", "General Administration of Customs Standing Committee"),
        ("Head of the Press Division", "Head of the Press Division", "Host Body"),
        ("chair of the Office for Budget Responsibility", "chair", "Office for Budget Responsibility"),
        ("President of the ECB", "President", "ECB"),
        ("Chancellor of the Exchequer", "Chancellor of the Exchequer", None),
        ("chief economist at Nordbridge Securities", "chief economist", "Nordbridge Securities"),
        ("President of France", "President of France", None),
    ],
)  # fmt: skip
def test_offices_part_into_post_and_body(phrase: str, position: str, organisation: str | None) -> None:
    text = "The General Administration of Customs (GAC) and the Ministry of Commerce agree."
    context = Context(text, abbreviations(text), ministries(text), "Host Body")
    assert read_office(phrase, context) == (position, organisation)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "the Ministry of Industry and Information Technology (MIIT)",
            {"MIIT": "Ministry of Industry and Information Technology"},
        ),
        ("MofCOM (Ministry of Commerce)", {"MofCOM": "Ministry of Commerce"}),
        ("small enterprises (SMEs)", {}),
    ],
)
def test_abbreviations_are_those_that_the_text_explains(text: str, known: dict[str, str]) -> None:
    assert abbreviations(text) == known


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Mr. Xin Guobin", "Xin Guobin"), ("CHAIR HARTLEY", "Chair Hartley"), ("Shri Arvind Mehta", "Arvind Mehta"),
        ("The Rt Hon Jeremy Hunt MP", "Jeremy Hunt"), ("Jin Zhuanglong 金壮龙", "Jin Zhuanglong"),
    ],
)  # fmt: skip
def test_names_lose_their_honorifics(printed: str, name: str) -> None:
    assert bare_name(printed) == name


def test_ids_are_kebab() -> None:
    assert speaker_id_of("Tomás Villar") == "tomas-villar"
    assert speaker_id_of("金壮龙") == "金壮龙"


def test_press_conference_with_head_chair_media_and_silent_guests() -> None:
    text = (
        "SCIO press conference on trade\n\nSpeakers:\nMr. Wang Wentao, minister of "
        "commerce\nMs. Tao Qing, director general\n\n"
        "Chairperson:\nMs. Shou Xiaoli, director general of the Press Bureau of the "
        "State Council Information Office (SCIO)\n\n"
        "Date:\nMay 2, 2024\n\nShou Xiaoli:\n\nGood morning. Mr. Wang, please.\n\nWang Wentao:\n\n"
        "Thank you. We will cut tariffs, as General Secretary Xi Jinping said.\n\nA "
        "reporter from Bloomberg:\n\nAnd trade?\n\n"
        "Wang Wentao:\n\nIt will grow.\n"
    )
    assert cast_of(text) == {
        "Wang Wentao": "speaker",
        "Tao Qing": "attendee",
        "Shou Xiaoli": "chair",
        "Xi Jinping": "mentioned",
        "Bloomberg": "questioner",
    }


def test_upper_case_labels_questioners_and_the_fullest_name() -> None:
    text = (
        "Transcript of Chair Powell's Press Conference\n\nCHAIR POWELL. Good afternoon. "
        "We will hold rates, and that is a long "
        "sentence with many words in it.\n\nMICHELLE SMITH. Rachel.\n\nRACHEL SIEGEL. "
        "Rachel Siegel with the Washington Post. Why?\n\n"
        "CHAIR POWELL. So, I, Jerome H. Powell, said that we will see what the data tell us in the months ahead.\n"
    )
    assert cast_of(text) == {"Jerome H. Powell": "speaker", "Michelle Smith": "chair", "Rachel Siegel": "questioner"}


def test_question_before_the_first_label_is_nobodys() -> None:
    said = said_by(
        "Briefing on trade | May 3, 2024\n\nWhat will you do? Thank you.\n\nJin Zhuanglong:\n\nWe will act.\n"
    )
    assert said["What will you do?"] is None
    assert said["We will act."] == "jin-zhuanglong"


def test_reported_speech_goes_sentence_by_sentence() -> None:
    text = (
        "Markets fell\n\nBy Dana Whitlock\n\nShares fell by 5% on Tuesday in New York. Everybody sold.\n\n"
        "Deng Kai, vice minister at the Ministry of Finance, said spending would grow. It will reach 5 trillion. "
        '"We must act," he '
        "added.\n\nFactory output rose in May.\n\nAccording to Peter Holm, chief economist at Nordbank, "
        "it will fall.\n"
    )
    said = said_by(text)
    assert said["Everybody sold."] is None
    assert said["It will reach 5 trillion."] == "deng-kai"
    assert said['"We must act," he added.'] == "deng-kai"
    assert said["Factory output rose in May."] is None
    assert said["According to Peter Holm, chief economist at Nordbank, it will fall."] == "peter-holm"
    assert cast_of(text) == {"Dana Whitlock": "author", "Deng Kai": "speaker", "Peter Holm": "speaker"}


def test_speech_belongs_to_its_giver() -> None:
    text = (
        "Speech\n\nBudget 2025\n\nSpeech by Eleanor Whitcombe, Chancellor of the "
        "Exchequer\n\nMr Speaker,\n\nWe will cut taxes.\n"
    )
    assert cast_of(text) == {"Eleanor Whitcombe": "speaker"}
    assert said_by(text)["We will cut taxes."] == "eleanor-whitcombe"


def test_heading_gives_the_statement_and_an_office_alone_its_holders_label() -> None:
    text = (
        "Reserve Bank of Arcadia\nPress conference on monetary policy\n19 June 2025\n\n"
        "Opening remarks by Governor Ida Håland\n\nGood morning. Ole Ruud, Director of Research, is here too.\n\n"
        "Nové noviny: Governor, will you cut again?\n\nGovernor: We will see what the data say in autumn.\n\n"
        "Aftenbladet: When will the next forecast be out, please?\n\n"
        "Ole Ruud: I cannot say yet, but it is due in the autumn of this year.\n"
    )
    assert cast_of(text) == {
        "Ida Håland": "speaker",
        "Ole Ruud": "speaker",
        "Nové noviny": "questioner",
        "Aftenbladet": "questioner",
    }
    governor = next(person for person in voices_of(text).speakers if person.position == "Governor")
    assert governor.organisation == "Reserve Bank of Arcadia"


def test_first_label_may_give_the_office_and_a_medium_may_be_an_abbreviation() -> None:
    text = """Press conference on water

Date: May 5, 2025

Ana Ruiz, spokesperson of the Ministry of Water:

Good morning. I will brief you on our reservoirs.

WRN:

Could you tell us about the canals?

Ana Ruiz:

Thank you. We will repair them."""
    voices = voices_of(text)
    assert cast_of(text) == {"Ana Ruiz": "speaker", "WRN": "questioner"}
    assert [(s.position, s.organisation, s.kind) for s in voices.speakers] == [
        ("spokesperson", "Ministry of Water", "person"),
        (None, None, "organisation"),
    ]
    assert said_by(text)["Good morning."] == "ana-ruiz"


def test_speech_may_name_its_giver_under_its_title_after_by() -> None:
    text = """Budget vote speech 2025: Department of Water

By Dr Ana Ruiz, Minister of Water

National Assembly, 9 July 2025

Honourable members, our budget grows. We will repair the canals."""
    assert said_by(text)["We will repair the canals."] == "ana-ruiz"


def test_who_gives_a_speech_is_its_author_and_its_speaker() -> None:
    text = (
        "Department: National Treasury\nREPUBLIC OF ARCADIA\n\n2026 Budget Speech\n\n"
        "Thandi Mokoena\nMinister of Finance\n\n"
        "25 February 2026\n\nMadam Speaker,\n\nWe thank the Director-General of the Treasury, Piet van Wyk.\n"
    )
    rows = {(row.speaker_id, row.role): (row.position, row.organisation) for row in voices_of(text).appearances}
    assert rows == {
        ("thandi-mokoena", "author"): ("Minister of Finance", None),
        ("thandi-mokoena", "speaker"): ("Minister of Finance", None),
        ("piet-van-wyk", "mentioned"): ("Director-General", "National Treasury"),
    }


def test_chair_of_a_meeting_who_also_speaks_has_both_roles() -> None:
    text = (
        "Work conference sets out tasks\n\nThe National Energy Administration held its work conference. "
        "National Energy Administration administrator Luo Jian delivered the work report, with deputy administrator "
        "Ren Yumei in the chair.\n\nAsked by Nové noviny newspaper about coal, Ren Yumei said that it would peak.\n"
    )
    rows = {(row.speaker_id, row.role): row.organisation for row in voices_of(text).appearances}
    assert rows == {
        ("luo-jian", "speaker"): "National Energy Administration",
        ("ren-yumei", "chair"): "National Energy Administration",
        ("ren-yumei", "speaker"): "National Energy Administration",
        ("nove-noviny", "questioner"): None,
    }


def test_meeting_has_a_chair_a_speaker_and_guests() -> None:
    text = (
        "Work conference on trade held\n\nThe annual work conference took place on 11 "
        "January 2026. Wang Wenqing 王文庆, minister of "
        "commerce, delivered the work report; Li Chenggang, vice minister, chaired the "
        "session. Vice Premier He Lifeng attended.\n"
    )
    assert cast_of(text) == {"Wang Wenqing": "speaker", "Li Chenggang": "chair", "He Lifeng": "attendee"}
    assert voices_of(text).speakers[0].name_native == "王文庆"


@pytest.mark.parametrize(
    "text",
    [
        "Abc Def, " * 50_000,
        "Li Ming, minister of commerce, said it. " * 12_000,
        "he said " * 50_000,
        "".join(
            f"Name Sur{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}: I ask?\n\n" for n in range(5_000)
        ),
        '"We go." ' * 50_000 + "he said",
        "director of the Abc of the " * 20_000,
        "(ABC) " * 50_000,
    ],
    ids=["names", "offices", "pronouns", "labels", "quotes", "bodies", "brackets"],
)
def test_hostile_texts_are_read_quickly(text: str) -> None:
    started = time.process_time()
    voices_of(text)
    assert time.process_time() - started < 10


def test_attendees_of_a_list_attend_with_and_without_an_office() -> None:
    cast = cast_of(
        "Meeting held\n\nLin Hao, Minister of the Ministry of Ports and Railways, delivered a speech. Wu Gang, Xu Lan, "
        "Vice Minister, Zhou Min, Chief Engineer of the Ministry, and Gao Shan, Chief Economist of the Ministry "
        "attended the meeting."
    )
    assert cast == {"Lin Hao": "speaker", **dict.fromkeys(("Wu Gang", "Xu Lan", "Zhou Min", "Gao Shan"), "attendee")}


@pytest.mark.parametrize(
    "line",
    [
        "[Gao Feng]: We will act.",
        "THE PRESIDENT: We will act.\n\nQ Why now, sir?\n\nQ And where?",
        "Q:Why?\n\nA:We will act.",
    ],
)
def test_labels_of_ministries_and_presidents(line: str) -> None:
    layout = segment(f"Regular briefing of May 3, 2024\n\n{line}", "d")
    assert "label" in [passage.kind for passage in layout.passages]
    assert "We will act." in [passage.text for passage in layout.passages]


def test_a_day_before_the_verb_of_saying_hides_nobody() -> None:
    said = said_by("Trade minister Lin Hao on Wednesday, 29 September, said that ports will grow.")
    assert list(said.values()) == ["lin-hao"]


def test_list_of_names_without_a_key_over_it_is_of_those_present() -> None:
    text = (
        "Briefing on harbours\n\nTan Wei, vice minister of ports\n\nQi Lan, director of the Harbour Bureau\n\n"
        "Luo Min, director general of the Press Office\n\nLuo Min:\n\nGood morning. Welcome to this press conference. "
        "We have invited Mr. Tan Wei to brief you.\n\nTan Wei:\n\nThank you. We built two ports.\n"
    )
    assert cast_of(text) == {"Tan Wei": "speaker", "Qi Lan": "attendee", "Luo Min": "chair"}
    assert describe_kind(text) == "press_conference"


def test_transcript_mentions_whom_nobody_answers_for() -> None:
    text = (
        "CHAIR MOORE. Good afternoon. We held rates.\n\nDANA REED. Hi, Dana Reed with Reuters. President Alder has "
        "said that rates are high. Do you agree?\n\nCHAIR MOORE. Thank you. We do our work.\n"
    )
    assert cast_of(text)["Alder"] == "mentioned"


def test_flattened_transcript_has_its_labels_back() -> None:
    turns = (
        "CHAIR MOORE. We held rates. " + "Growth is firm. " * 60 + "DANA REED. Thank you. Dana Reed, Reuters. Why now? "
    )
    text = (
        f"May 6, 2020 Chair Moore’s Press Conference FINAL Page 1 of 3 Transcript of the Press Conference {turns * 2}"
    )
    assert cast_of(text) == {"Moore": "speaker", "Dana Reed": "questioner"}


def test_office_of_several_words_leaves_the_name_alone() -> None:
    text = "Ports grow\n\nPorts will grow, said Minister of Trade and Coastal Development Miao Lan on Monday.\n"
    assert cast_of(text) == {"Miao Lan": "speaker"}


def test_short_question_is_a_mediums_and_no_chairs() -> None:
    text = (
        "Press conference\n\nTan Wei: Good morning. We built ports.\n\nThe Paper: How about rails?\n\n"
        "Tan Wei: We will build.\n"
    )
    assert cast_of(text)["The Paper"] == "questioner"


def test_chair_with_initials_who_is_also_reported() -> None:
    text = (
        "Ministry reviews mission\n\nThe Minister of Steel, Shri H. D. Kumar, chaired a meeting today.\n\n"
        "Shri Kumar said that capacity will be raised.\n"
    )
    assert {row.role for row in voices_of(text).appearances} == {"chair", "speaker"}


def test_office_and_name_under_a_title_give_the_statement() -> None:
    text = (
        "Introductory statement at the press conference\nGovernor Ida Blomqvist\n18 June 2025\n\nGood morning,\n\n"
        "The Board has lowered the rate.\n"
    )
    assert cast_of(text) == {"Ida Blomqvist": "speaker"}


@given(
    st.lists(st.sampled_from(["Minister", "of", "for", "Trade", ",", "Industry", "and", "Energy", "Wei"]), max_size=20)
)
def test_lists_in_ministries_names_keep_their_place_and_come_back(words: list[str]) -> None:
    text = " ".join(words).replace(" ,", ",")
    kept = keep_commas(text)
    assert len(kept) == len(text)
    assert printed(kept or None) == (text or None)


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        (
            "Saitō Ken, Minister of Economy, Trade and Industry, said exports rose.",
            "Saitō Ken",
            "Minister of Economy, Trade and Industry",
        ),
        ("Exports rose, said Chen Lan, vice-minister of fisheries.", "Chen Lan", "vice-minister of fisheries"),
        ("Minister of Finance Nguyễn Hồng Sơn said exports rose.", "Nguyễn Hồng Sơn", "Minister of Finance"),
        ("Minister Mariam bint Hamad Al Noor said exports rose.", "Mariam bint Hamad Al Noor", "Minister"),
        ("Output rose, said Dr. Kofi A. Mensah, director of Northbank.", "Kofi A. Mensah", "director"),
        ("Minister Tengku Datuk Seri Hakim Aziz said exports rose.", "Tengku Hakim Aziz", "Minister"),
    ],
)
def test_names_and_offices_of_the_world(text: str, name: str, position: str) -> None:
    speaker = next(speaker for speaker in voices_of(text).speakers if speaker.name == name)
    assert speaker.position == position
    assert cast_of(text)[name] == "speaker"


def test_what_a_body_or_a_report_says_is_not_the_only_speakers() -> None:
    said = said_by(
        "Minister Ada Roe said exports rose. They will rise again, she added.\n\n"
        "A report by the Coast Institute predicted a fall. Yields may drop.\n\nRoe said yields were fine."
    )
    assert said["A report by the Coast Institute predicted a fall."] is None
    assert said["Yields may drop."] is None
    assert said["Roe said yields were fine."] == "ada-roe"


def test_the_minister_is_who_has_that_office_not_who_was_named_last() -> None:
    said = said_by(
        "Minister for Ports Jan Kees said traffic grew. He thanked Prime Minister Ida Bo.\n\n"
        "The Minister also said that Governor Li Wei had announced a new quay."
    )
    assert said["The Minister also said that Governor Li Wei had announced a new quay."] == "jan-kees"


def test_quotation_of_several_sentences_is_whose_its_end_names() -> None:
    said = said_by('"First, trade grew. Second, ports are busy," said Wim de Boer, spokesperson of Northbank.')
    assert set(said.values()) == {"wim-de-boer"}


def test_who_presides_while_doing_so_and_in_whose_presence() -> None:
    assert cast_of("While chairing a cabinet meeting, Mora said no. Prime Minister Elena Mora left.") == {
        "Elena Mora": "chair"
    }
    cast = cast_of("Minister Jan Kees said it opened, in the presence of Governor Ida Bo and Mayor Li Wei.")
    assert (cast["Ida Bo"], cast["Li Wei"]) == ("attendee", "attendee")


def test_moderator_who_says_who_he_is_and_whom_he_introduces() -> None:
    cast = cast_of(
        "Transcript of a Press Briefing\n\nModerator: Good day. I am Dana Roe, Chief of Media Relations at Northbank. "
        "Let me introduce the participants. We have Wim de Boer, Director of Research, and Ada Bo, Head of Trade.\n\n"
        "Mr. de Boer: Thank you. We will publish the review in May. Growth was 3 percent.\n\nModerator: Thank you."
    )
    assert cast == {"Dana Roe": "chair", "Wim de Boer": "speaker", "Ada Bo": "attendee"}


@pytest.mark.parametrize(
    ("label", "name", "position"),
    [
        ("Chief Cabinet Secretary MORI Kenji:", "MORI Kenji", "Chief Cabinet Secretary"),
        ("Minister for Roads (Mr Kofi Asante-Boa) (MP):", "Kofi Asante-Boa", "Minister for Roads"),
        ("Hon. Ada Ichung'wa (Kikuyu, UDA):", "Ada Ichung'wa", None),
        ("MR MWANGI", "Mwangi", None),
    ],
)
def test_labels_of_parliaments(label: str, name: str, position: str | None) -> None:
    voices = voices_of(f"{label} Mr Speaker, we built it.\n\nHon. Li Wei: I thank you.\n\n{label} I beg to move.")
    assert {speaker.name: speaker.position for speaker in voices.speakers}[name] == position


def test_who_answers_is_who_took_questions_or_holds_the_conference() -> None:
    asked = "\n\nQ: How are the ports doing?\n\nA: Trade was up 3 percent.\n\nQ: And the fleet?\n\nA: It will grow."
    assert said_by(f"On Friday, Harbour Office spokesman Li Wei took questions from the media.{asked}")[
        "It will grow."
    ] == ("li-wei")
    assert cast_of(f"Press Conference by Minister Nomura (Excerpt)\n\nOpening Remarks{asked}") == {"Nomura": "speaker"}
    assert cast_of(f"Reporters had questions for the spokesman Li Wei.{asked}") == {"Li Wei": "mentioned"}


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The office met, where Minister Ada Roe and spokesman Li Wei answered questions.", {"Ada Roe", "Li Wei"}),
        ("After meeting President Ada Roe, Minister Jan Kees took questions at home.", {"Jan Kees"}),
        ("Li Wei, a harbour statistician, attributed the rise to rain.", {"Li Wei"}),
        ("The rise was attributed to rain. Minister Jan Kees left.", set()),
        (
            "Sales rose.\n\nIt was given by the Minister of State for Ports, Shri Anil Rao in a reply today.",
            {"Anil Rao"},
        ),
        ("Sales rose.\n\n“It grew,” said KRA Executive Director Ada Roe. “It will last.”", {"Ada Roe"}),
        ("Sales rose, according to the annual Northern Harbour Outlook. They fell in May.", set()),
    ],
)
def test_who_speaks_by_what_is_told_of_it(text: str, speakers: set[str]) -> None:
    assert {name for name, role in cast_of(text).items() if role == "speaker"} == speakers


def test_article_before_a_body_is_no_part_of_the_office() -> None:
    text = "The National Harbour Office (NHO) met."
    context = Context(text, abbreviations(text), ministries(text), None)
    assert read_office("an NHO statistician", context) == ("statistician", "National Harbour Office")
    assert read_office("a senior adviser", context) == ("senior adviser", None)


@pytest.mark.parametrize(
    ("text", "name", "position", "organisation"),
    [
        ("Bank of Arcadia Governor Ada Roe said so.", "Ada Roe", "Governor", "Bank of Arcadia"),
        ("The Ministry of Trade spokesperson Li Wei said so.", "Li Wei", "spokesperson", "Ministry of Trade"),
        ("Port and Quay Board Vice Chairman Li Wei said so.", "Li Wei", "Vice Chairman", "Port and Quay Board"),
        ("Asian Savings Fund Managing Director Ada Roe said so.", "Ada Roe", "Managing Director", "Asian Savings Fund"),
        ("Ada Roe, head of Kestrel Bank, a unit of Kestrel Ratings, said.", "Ada Roe", "head", "Kestrel Bank"),
        ("Minister of Ports (Minport) Ada Roe said so.", "Ada Roe", "Minister of Ports", None),
    ],
)  # fmt: skip
def test_the_body_before_an_office_is_no_part_of_it(
    text: str, name: str, position: str, organisation: str | None
) -> None:
    voices = voices_of(text)
    assert [(one.name, one.position, one.organisation) for one in voices.speakers] == [(name, position, organisation)]
    assert [appearance.role for appearance in voices.appearances] == ["speaker"]


def test_what_a_body_known_by_its_letters_said_is_nobodys() -> None:
    said = said_by("Li Ming, head of research at Kestrel, said supply is tight.\n\nThe NQA said output rose.")
    assert said["The NQA said output rose."] is None


def test_whose_quotations_follow_is_said_once() -> None:
    text = (
        "Roe on prices\n\nHere are excerpts from Bank of Arcadia Governor Ada Roe's remarks:\n\nPRICES\n\n"
        '"Prices will stay near 2 percent."\n\nIts rate is 3 percent.\n\n(Reporting by Li Wei; Editing by Bo)'
    )
    assert cast_of(text) == {"Ada Roe": "speaker", "Li Wei": "author"}
    said = said_by(text)
    assert said['"Prices will stay near 2 percent."'] == "ada-roe"
    assert said["Its rate is 3 percent."] is None


def test_all_that_follows_is_the_interpreters() -> None:
    text = "Ada Roe, senior statistician of the Bureau of Counting, gave an interpretation.\n\nOrders rose to 52.8%.\n"
    assert said_by(text)["Orders rose to 52.8%."] == "ada-roe"


def test_who_posts_a_page_writes_it_and_gives_no_speech() -> None:
    text = (
        "Harbour traffic rose in May\n\nPosted on 18 March 2015 by Ada Roe\n\nTraffic rose last month, the port said.\n"
    )
    assert cast_of(text) == {"Ada Roe": "author"}


def test_who_greets_the_press_opens_a_turn() -> None:
    text = "Press Conference (September 1, 2022)\n\nZhang Wei: Good afternoon, dear friends.\n\nTrade rose."
    assert [it.name for it in parse_text(text).speakers] == ["Zhang Wei"]


def test_an_address_is_no_author() -> None:
    text = "The bank kept its rate in 2023.\n\nContact:\n\nEmail: press@bank.example\n\nPublished 23 March 2023"
    assert parse_text(text).speakers == ()


@pytest.mark.parametrize(
    "text",
    [
        "MS. ROE:  Good morning. Trade rose.\n\nQ    Will it last?\n\nMS. ROE:  It will. Jobs grew by 3,000.",
        "Chair Roe: (\n00:21) Good morning. Trade rose.\nSpeaker 2: (\n01:02) Will it last?\nChair Roe: (\n01:05) Yes.",
        "Chair Roe (00:00:21):\nHi. Trade rose.\nSpeaker 2 (00:01:02):\nWill it last?\nChair Roe (00:01:05):\nYes.",
        "1. Mr. Bo\n\nasked about ports.\n\nMr. Roe\n\nTrade rose.\n\nMr. Bo\n\nWill it last?\n\nMr. Roe\n\nIt shall.",
    ],
)  # fmt: skip
def test_a_transcript_may_begin_with_a_turn_and_give_its_times_or_lines(text: str) -> None:
    said = {words: key for words, key in said_by(text).items() if "Trade rose" in words or "last?" in words}
    assert said.pop("Trade rose.") == "roe"
    assert said.popitem()[1] in {None, "bo"}


def test_an_answer_without_a_label_is_not_the_questioners() -> None:
    text = (
        "Press Conference (December 31, 2020)\n\nGao Lin: Friends from the press, good afternoon.\n\n"
        "Coast News Agency: What will be done for supply?\n\nStocks rose by 3 percent. We will sell grain.\n\n"
        "Harbour Times: Thank you. Have tariffs gone up?\n\nThey have not.\n"
    )
    said = said_by(text)
    assert said["What will be done for supply?"] == "coast-news-agency"
    assert said["We will sell grain."] == said["They have not."] == "gao-lin"
    assert [task.action for task in parse_text(text).tasks] == ["sell"]


def test_lists_of_places_are_no_turns() -> None:
    text = "South Arcadia sold most.\n\nThe AIS sold less. Regions covered:\n\nArcadia: Bo, Li\n\nAIS: Roe, Kees\n"
    assert cast_of(text) == {}


def test_a_report_that_quotes_once_is_not_its_sources() -> None:
    news = (
        "The yard gave its figures. “They fit our plan,” said Ada Roe, head of Yards. “Prices fell,” she added.\n\n"
        "Output rose by 4%.\n\nOrders fell by 3%.\n\nStocks rose by 2%.\n\nSales rose by 1%."
    )
    assert said_by(news)["Sales rose by 1%."] is None
    told = news.replace("Output", "Roe said output").replace("Orders", "Roe added that orders")
    assert said_by(told)["Sales rose by 1%."] == "ada-roe"


def test_a_quotation_goes_on_through_passages() -> None:
    said = said_by(
        "Senator Ada Roe, chair of the committee, spoke on Monday.\n\n“Votes fell to 8 percent.\n\n“We want more,” "
        "said Roe.\n\nBo Kees, head of the union, said it was late.\n\n“We have 300 members.”\n\nIt has two ports."
    )
    assert said["“Votes fell to 8 percent."] == "ada-roe"
    assert said["“We have 300 members.”"] == "bo-kees"
    assert said["It has two ports."] is None


def test_a_written_reply_is_whose_its_end_says() -> None:
    text = (
        "Ministry of Ports\n\nTRAFFIC\n\nTraffic rose by 3 percent.\n\nThis information was given by the Minister of "
        "State for Ports, Shri Anil Rao in a written reply in the House today."
    )
    assert said_by(text)["Traffic rose by 3 percent."] == "anil-rao"


def test_who_is_named_over_a_speech_gives_it() -> None:
    text = (
        "Speech at the Press Conference\n\nSpeech at the Press Conference\n\nJanuary 13, 2025\n\nMr. Gao Lin, Vice "
        f"Minister of the Bureau of Ports\n\nFriends from the media,\n\nGood morning!\n\n{'Trade rose. ' * 30}"
    )
    assert cast_of(text) == {"Gao Lin": "speaker"}


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        ("Finance Minister Sri Mulyani said so.", "Sri Mulyani", "Finance Minister"),
        ("Its governor, Ada Roe, said so.", "Ada Roe", "governor"),
        ("Prime Minister Datuk Seri Anwar Bakar said so.", "Anwar Bakar", "Prime Minister"),
        ("On Friday, Chen Min, vice-minister of water, emphasized the need.", "Chen Min", "vice-minister of water"),
        ("Ada Roe, deputy head of Kestrel – also a director – said so.", "Ada Roe", "deputy head"),
        ("Transcript of a Mission Statement, By First Director Ada Roe, who said so.", "Ada Roe", "First Director"),
    ],
)  # fmt: skip
def test_names_stand_between_titles_and_asides(text: str, name: str, position: str) -> None:
    assert [(one.name, one.position) for one in voices_of(text).speakers] == [(name, position)]


def test_a_reply_in_a_council_is_whose_the_first_lines_say() -> None:
    head = (
        "LCQ1: Ports\n\nFollowing is a question by the Hon Bo Ng and a written reply by the Secretary for Ports, "
        "Mr Li Wei, in the Council today:\n\n"
    )
    text = head + "Question:\n\nWill the Government say why?\n\nReply:\n\nPresident,\n\nTraffic rose by 3 per cent."
    assert cast_of(text) == {"Bo Ng": "questioner", "Li Wei": "speaker"}
    bare = said_by(head + "Will the Government say why?\n\nPresident,\n\nTraffic rose by 3 per cent.")
    assert bare["Will the Government say why?"] is None
    assert bare["Traffic rose by 3 per cent."] == said_by(text)["Traffic rose by 3 per cent."] == "li-wei"


def test_a_house_prints_who_answers_in_capitals() -> None:
    text = (
        "LOK SABHA\nQUESTION NO.5514 TO BE ANSWERED ON 05.04.2022\nANIL RAO:\n\nWill the Minister of PORTS be pleased "
        "to state:\n\n(a) the traffic?\n\nANSWER\nMINISTER OF STATE FOR PORTS (SUSHRI ADA ROE)\n\n(a): It rose by 8.4%."
    )
    voices = parse_text(text)
    assert cast_of(text) == {"Anil Rao": "questioner", "Ada Roe": "speaker"}
    assert [one.position for one in voices.speakers] == [None, "Minister of State for Ports"]
    assert [metric.speaker_id for metric in voices.metrics] == ["ada-roe"]


def test_labels_may_be_short_offices_with_a_name_or_a_medium() -> None:
    text = (
        "Briefing by Spokesperson Ada Roe\n\nUSEC. LIM:  Good day. Here is Spokesperson Ada Roe.\n\n"
        "SEC. ROE:  Good day to you all. Trade rose.\n\nBO KEES/GMA7:  Sir, why?\n\nSEC. ROE:  I cannot say that now."
    )
    assert cast_of(text) == {"Ada Roe": "speaker", "Lim": "speaker", "Bo Kees": "questioner"}


def test_an_office_alone_is_whose_the_first_words_name() -> None:
    text = (
        "Noon Briefing\n\nThis is a transcript of the briefing by Ada Roe, Spokesperson for the Board.\n\n"
        "Good day. Trade rose.\n\nSpokeswoman: Edie?\n\nQuestion: Why?\n\nSpokeswoman: We cannot say."
    )
    assert cast_of(text) == {"Ada Roe": "speaker"}
    assert said_by(text)["Trade rose."] == said_by(text)["We cannot say."] == "ada-roe"


def test_who_opens_a_hearing_and_recognizes_others_is_its_chair() -> None:
    text = (
        "    Ms. Roe. The Committee will come to order. Mr. Kees, you are recognized.\n"
        "    Mr. Kees. Thank you. We lost 3,000 jobs in ten years, and firms left the coast for want of a port.\n"
        "    Ms. Roe. The gentleman yields back. Mr. Li is recognized.\n    Mr. Li. Thank you. Our jobs grew by ten."
    )
    assert cast_of(text) == {"Roe": "chair", "Kees": "speaker", "Li": "speaker"}


def test_an_interview_may_have_no_labels() -> None:
    text = (
        "Q&A on ports\n\nMinister of Ports Lea Sato speaks to Coast Daily about 2025.\n\nWhat is the plan?\n\n"
        "We will build two quays.\n\nAnd what of jobs?\n\nThey grew by 3 percent."
    )
    said = said_by(text)
    assert said["We will build two quays."] == said["They grew by 3 percent."] == "lea-sato"
    assert said["What is the plan?"] is None


def test_whom_a_notice_goes_to_speaks_no_turn() -> None:
    text = (
        "Notice on Green Ports\n\nAll provinces, autonomous regions and municipalities:\n\nThe plan is hereby issued."
    )
    assert cast_of(text) == {}


def test_two_named_in_a_head_make_a_dialogue() -> None:
    text = (
        "Press conference\n\nAda Roe, President of the Bank, Wim Kees, Vice-President of the Bank\n\n6 June 2024\n\n"
        "Roe: I will not commit to a path.\n\nKees: The economy grew by 0.3% in the first quarter."
    )
    assert cast_of(text) == {"Ada Roe": "speaker", "Wim Kees": "speaker"}
