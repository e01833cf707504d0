"""Values that no verb rules: they count their own noun, stand behind a label or beside a noun, or lean on a subject."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.parse.antecedents import HEAD, OF_WHICH, label_noun, resolve_subject, swap_tail
from flows.parse.counted_nouns import counted_noun
from flows.parse.elided_verbs import NOUN_AFTER
from flows.parse.given import TIMES, put_to, time_taken, without_deed
from flows.parse.marks import OPEN
from flows.parse.measures import FLOWS, GENERIC_NOUNS, RATIOS, Framed, by_unit, sign_of
from flows.parse.nouns import ADVERBS, AUXILIARIES, PREPOSITIONS, is_pronoun, is_verb, phrase_after, trim
from flows.parse.parallels import with_lost_head
from flows.parse.subject_openings import behind_opening, leading_subject
from flows.parse.subject_phrases import subject_before
from flows.parse.superlatives import listed
from flows.parse.surveys import part_of_asked
from flows.parse.tasks_lemmas import is_participle, is_verb_form

_LABELLED = re.compile(r"\A[ ]?(?P<label>[^:.;!?]{3,90}):[ ](?:about[ ]|over[ ]|some[ ]|nearly[ ]|around[ ])?\Z")
_OBJECT_AFTER = re.compile(rf"\A[ ](?:the|our|its|their)[ ](?P<np>(?!size|number|figure|amount)[^,.;:(){OPEN}]+)")
_YARDSTICK_AFTER = re.compile(
    r"\A[ ](?:the|our|its|their)[ ](?:[\w-]+[ ]){0,3}?(?:figure|average|level|levels|rate|norm|mean|median"
    r"|number|total|amount|volume|size)\b"
)
_VALUE_IN = re.compile(
    r"\A[ ](?:(?:going|allocated|earmarked|set[ ]aside|reserved|directed)[ ](?:to|for)|worth[ ]of|in|of"
    r"|more[ ](?:into|for|in)|into|for|on|to)[ ](?!(?:the|its|this)[ ](?:[\w-]+[ ]){0,3}[Bb]udget\b"
    rf"|(?:total|all|cash|part|phases|tranches|instalments)\b)(?P<np>[^,.;:(){OPEN}]+)"
)
_ADDED = re.compile(r"\badd(?:s|ed|ing)?[ ](?:(?:about|some|nearly|over|around|almost|another|roughly)[ ])*\Z")
_INCOMPLETE = frozenset(
    ("surplus", "investment", "deficit", "cap", "limit", "ceiling", "stake", "levy", "tax", "duty", "tariff", "gap")
)
_POSTED = re.compile(r"(?P<who>.+?)[ ](?:posted|recorded|saw|registered|reported|showed|suffered)[ ](?:the|an?)[ ].*")
_GAVE = re.compile(
    r"(?P<np>.+?)[ ](?P<deed>earned|earns|cost|saved|brought|netted)[ ]"
    r"(?P<whom>(?:the|its|their|our|each)[ ][\w -]+|[a-z]+s\b)[ ]?.*"
)
_MOST_IN = re.compile(r"(?P<how>(?:high|low|strong|weak|larg|great|steep|fast)est)[ ]in[ ](?P<np>.+)")
_LISTED = re.compile(r"[;,][ ](?:and[ ])?\w")  # "; automobiles ⟨1.8 million⟩ units"
_MAY = re.compile(
    r"\b(?:can|may|could|will|would|to|must|shall)[ ][a-z]+[ ](?:up[ ]?to|as[ ]much[ ]as)[ ]\Z"
)  # "can borrow up to"
_UP_TO = re.compile(r"(?P<last>[a-z]\w+)[ ](?:of[ ])?(?:up[ ]?to|as[ ]much[ ]as)[ ]\Z")
# Names that brackets give values to, one after the other: rates for men, women and teenagers.
NEXT_NAME = re.compile(r"\)?(?:,[ ](?:and[ ])?|[ ]and[ ])(?P<np>[^,;()]{2,60}?)[ ]\(")
_BEHIND = re.compile(r",[ ](?:(?:about|nearly|almost|over|roughly)[ ])?\Z")
_ROUGHLY = re.compile(r"(?:more[ ]than|less[ ]than|nearly|almost|about|roughly|over|some|around)[ ]\Z")
_NEAR = 40  # code points before the value in which "of which" must show


def unframed(left: str, right: str, unit: str, own: str, prior: Framed | None, last: str) -> Framed:
    """Read the frame of a value without a verb; the arguments are those of ``frame_value``."""
    known = prior.indicator if prior else last
    if unit == "count" and own:
        if prior and own in GENERIC_NOUNS and OF_WHICH.search(left[-_NEAR:]):
            return Framed("level", 1, prior.indicator, "count-noun", own)  # "exports of 5 million units, of which"
        counted = subject_before(left, "") if own in GENERIC_NOUNS and _LISTED.match(left) else _those_out_of(left, own)
        return Framed("level", 1, counted or own, "count-noun", own)
    if unit == "times" and (multiple := _multiple(left, right, own, known, prior)):
        return multiple
    if left.endswith("(") and (led := listed(left, unit, prior, known)):
        return led
    labelled = _LABELLED.match(left)
    if labelled:
        subject = label_noun(labelled["label"])
        measure, whole = by_unit(unit, subject, right)
        return Framed(measure, 1, f"{subject} of {whole}" if whole else subject, "label-value", own or subject, whole)
    bounded = _UP_TO.search(left) if left.endswith(("to ", "as ")) else None
    noun = bounded and not (is_verb(bounded["last"]) or is_verb_form(bounded["last"]) or _MAY.search(left))
    if bounded and noun and (thing := subject_before(left[: bounded.end("last")], " of")):
        return Framed(
            by_unit(unit, thing, "")[0], 1, thing, "value-up-to", own
        )  # "relief up to ⟨2,000 rupees⟩ to every taxpayer"
    inside = _VALUE_IN.match(right)
    if inside and unit != "percent" and not (unit == "times" and right.startswith(" to ")):
        taken = time_taken(right) if unit in TIMES else ""
        return _of_thing(left, right, taken or phrase_after(without_deed(right, inside["np"])) or known, own)
    if given := put_to(left, right, unit, own, prior, known):
        return given
    if known and OF_WHICH.search(left[-_NEAR:]):
        share = Framed("share", 1, known, "share-of-these", known, known)
        return share if unit == "percent" else Framed("level", 1, known, "value-of-these", own)
    told = part_of_asked(left, right, unit, prior, last) or _beside_noun(left, right, unit, own)
    return told or _alone(left, right, unit, own, prior, known)


# "Of the 500 products, ⟨220⟩ rank first", "Among the 41 sectors, over ⟨30⟩ posted growth"
_OUT_OF = re.compile(
    r"\A[ ]?(?:Of|Among|Out[ ]of)[ ](?:(?:the|all|its|our|these)[ ]){0,2}(?:[\d.,]+[ ])?(?P<np>[a-z][^,;]{2,60}),[ ]"
    r"(?:(?:about|over|nearly|almost|around|some|only|just|more[ ]than)[ ])?\Z"
)

_DID = re.compile(
    r"(?:ranks?|ranked|posted|witnessed|experienced|topped|exceeded|achieved|reported|registered|completed|attained"
    r"|joined|adopted|introduced|applied|launched|opened|fell|grew|rose)\b(?![ ]\w+s\Z)"  # "39 reported cases"
)


def _those_out_of(left: str, own: str) -> str:
    """Return what a number counts that stands before its verb; "" where its own noun follows."""
    out_of = _OUT_OF.match(left) if _DID.match(own) else None
    return phrase_after(out_of["np"]) if out_of else ""


def _of_thing(left: str, right: str, thing: str, own: str) -> Framed:
    """Read what a value is in or of; what is added to a flow is a change: "adding ⟨2 billion⟩ to its market value"."""
    if _ADDED.search(left) and right.startswith(" to ") and thing.rpartition(" ")[2] in FLOWS:
        return Framed("change", 1, thing, "value-added", own)
    return Framed("level", 1, thing, "value-in-noun", own)


_ACTS = re.compile(
    r"\b(?:will|would|to|shall|should|must|can|could|we|they|has|have|had)[ ](?:also[ ]|more[ ]than[ ]|nearly[ ])?\Z"
)
_NUMBER_OF = re.compile(
    rf"\A[ ](?:the|our|its|their)[ ](?P<np>(?:number|total|amount|volume|size)[ ]of[ ][^,.;:(){OPEN}]+)"
)


def _multiple(left: str, right: str, own: str, known: str, prior: Framed | None) -> Framed | None:
    """Three times an average is a level of what is spoken of; "doubled our sales" is a change of the sales."""
    multiplied = _NUMBER_OF.match(right) if _ACTS.search(left) or _ends_in_noun(left) else None
    if multiplied:
        return Framed("change", 1, phrase_after(multiplied["np"]), "multiple-of-object", own)
    if _YARDSTICK_AFTER.match(right):
        beside = prior and _BEHIND.search(left)  # "138 million people visited museums, ⟨2.2 times⟩ the number"
        subject = resolve_subject(subject_before(left, ""), left, known, prior)
        return Framed("level", 1, known if beside else subject, "multiple-of-other", own)
    doubled = _OBJECT_AFTER.match(right)
    return Framed("change", 1, phrase_after(doubled["np"]), "multiple-of-object", own) if doubled else None


def _ends_in_noun(left: str) -> bool:
    """Does who doubles something stand before it: "The scheme ⟨doubled⟩ the number of", not "employs ⟨double⟩ the"?"""
    last = left.rpartition(" ")[0].rpartition(" ")[2] if left.endswith(" ") else ""
    return last.isalpha() and not (is_verb(last) or is_verb_form(last) or is_participle(last) or last in PREPOSITIONS)


# A percentage right before such a noun is how high it is, and no part of a whole: "a 20 per cent tax slab".
_RATED = re.compile(
    r"\b(?:tax|dut|tariff|lev|rate|interest|slab|fee|discount|subsid|margin|stake|return|yield|cut|premium|surcharge|goal"
    r"|target|rebate|cap|limit|threshold|chance|probabilit|bond|loan|deposit|mortgage|penalt|fine|share|coverage)",
    re.IGNORECASE,
)
_ITEM_OPENS = re.compile(
    r"\A\s*(?:[;,:]?[ ]*(?:and[ ])?[(]?[a-z0-9][)][ ])?\Z|[;:][ ](?:and[ ])?(?:[(]?[a-z0-9][)][ ])?\Z"
)


def _beside_noun(left: str, right: str, unit: str, own: str) -> Framed | None:
    beside = NOUN_AFTER.match(right)
    if not beside or is_verb(beside["np"]) or _SPEAKS.match(right) or _GOING_UP.match(right) or _LONG.match(right):
        return None
    noun = counted_noun(beside["np"], 0, len(beside["np"])) or phrase_after(beside["np"])
    noun = _with_complement(noun, beside["np"])
    measure = by_unit(unit, noun, "")[0]
    if noun and unit == "percent" and measure == "level" and _ITEM_OPENS.search(left) and not _RATED.search(noun):
        measure = "share"  # an item of a list: "b) ⟨hundred per cent⟩ skilled labour"
    sign = sign_of(noun.split()[-1]) if measure == "change" and noun else 1
    stated = " " not in noun and (
        is_participle(noun) or noun in ADVERBS
    )  # "Of the ⟨€20 billion⟩ pledged, ⟨12 billion⟩ was paid"
    return Framed(measure, sign, noun, "value-beside-noun", own) if noun and not stated else None


_GOING_UP = re.compile(r"[ ](?:going|coming|being|standing|waiting)[ ]")  # "another ⟨1.4 GW⟩ going up in fields"
_SPEAKS = re.compile(r"[ ](?:it|they|we|he|she)[ ]")  # "the ⟨1.7 percent⟩ it had predicted"
_LONG = re.compile(r"[ ](?:high|long|wide|deep|tall|thick|away|across|apart)\b(?![ ][a-z]+s\b)")
_COMPLEMENT = re.compile(r"[ ](?P<rest>(?:in|on)[ ].+)")


def _with_complement(noun: str, phrase: str) -> str:
    """Keep what a noun is of that means little alone: "(a ⟨€9.9 bn⟩) surplus in trade", "cap on agency securities"."""
    if noun.rpartition(" ")[2].casefold() not in _INCOMPLETE or not phrase.startswith(noun):
        return noun
    said = _COMPLEMENT.match(phrase, len(noun))
    if not said:
        return noun
    complement = phrase_after(said["rest"].partition(" ")[2])
    return f"{noun} {said['rest'].partition(' ')[0]} {complement}" if complement else noun


_ALSO = re.compile(
    r"[,;]?[ ](?:and|while|but)[ ](?:(?:another|a[ ]further|about|some|only|just|nearly|over)[ ])*\Z|,[ ]\Z"
)


def _more_of(left: str, right: str, prior: Framed | None) -> bool:
    """Say whether more is said of the whole of a share before: "8 in 10 firms will grow, and ⟨15 percent⟩ expect"."""
    first = right.split(maxsplit=1)[0] if right[1:2].isalpha() else ""
    acts = first in AUXILIARIES or is_verb(first) or is_verb_form(first)
    return prior is not None and prior.measure == "share" and bool(first) and acts and _ALSO.search(left) is not None


def _given(subject: str) -> str:
    """Name what "Tolls earned the city ⟨3 billion⟩", "The bridge cost the city", "Exports earned the country" tell."""
    given = _GAVE.fullmatch(subject)
    if not given:
        return subject
    if given["deed"] == "cost":
        return f"cost of {given['np']}"
    flows = given["np"].rpartition(" ")[2].casefold() in FLOWS or not given["deed"].startswith("earn")
    return given["np"] if flows else f"{given['np']} earnings of {trim(given['whom'])}"


_SET_APART = re.compile(r"(?<=[ ]set[ ])(?:aside|apart)[ ]")
# "producers have invested ⟨2 billion⟩ and": it is theirs
_INVESTED = re.compile(
    r"\binvest(?:ed|s|ing)?[ ](?:(?:about|around|over|nearly|some|almost|more[ ]than|at[ ]least|up[ ]to|an?|additional"
    r"|extra|another|further|total[ ]of|combined|cumulative)[ ])*\Z"
)


_AT_FIRST = re.compile(r"\W*At[ ](?:(?:about|around|nearly|just|over|under|almost)[ ])*")


def _alone(left: str, right: str, unit: str, own: str, prior: Framed | None, known: str) -> Framed:
    if prior and unit == "percent" and _more_of(left, right, prior):
        return Framed("share", 1, prior.whole or prior.indicator, "share-elided", own, prior.whole)
    left = _SET_APART.sub("", left)
    if not prior and _AT_FIRST.fullmatch(left) and (told := behind_opening(right)):
        return Framed(by_unit(unit, told, "")[0], 1, told, "value-ahead", own)
    ahead = _ROUGHLY.sub("", left)  # "(Net income) more than ⟨doubled⟩"
    subject = resolve_subject(subject_before(ahead, " of" if left.endswith("(") else ""), ahead, known, prior)
    named = NEXT_NAME.fullmatch(left) if prior and prior.rule == "value-alone" and prior.unit == unit else None
    if prior and named and HEAD.match(prior.indicator):
        return replace(prior, indicator=swap_tail(prior.indicator, named["np"]))
    subject = with_lost_head(subject, left, prior) if unit not in RATIOS else subject
    subject = subject or leading_subject(left)  # "The cuts saved firms ⟨2 billion⟩"
    most = _MOST_IN.fullmatch(subject) if left.endswith("(") else None
    if most and (rate := subject_before(ahead.rpartition(f" {most['how']} ")[0], "")):
        subject = f"{rate} in {most['np']}"  # "unemployment is highest in Fiji (⟨48%⟩)"
    subject = _given(subject) if unit not in RATIOS else subject
    if unit.isupper() and _INVESTED.search(left):
        unnamed = not subject or (prior is None and is_pronoun(subject_before(ahead, "")))
        subject = "investment" if unnamed else f"investment of {subject}"
    if prior and subject and is_participle(subject.split()[0]) and subject.endswith(prior.indicator):
        subject = prior.indicator  # "Of 10 billion earmarked for research, ⟨2 billion⟩ was paid"
    posted = _POSTED.fullmatch(subject) if left.endswith("(") else None
    subject = posted["who"] if posted else subject  # "Gasoline stations posted the largest decrease (⟨-6.5%⟩)"
    if unit == "percent" and prior and prior.measure == "share" and prior.whole and subject and left.strip(" ,("):
        part = prior.noun if is_participle(subject.split()[0]) else subject  # "(71% arrived) by air and 18% by sea"
        return Framed("share", 1, f"{part} of {prior.whole}", "share-elided", part, prior.whole)
    measure, whole = by_unit(unit, subject, right)
    return Framed(measure, 1, f"{subject} of {whole}" if whole and subject else subject, "value-alone", own, whole)
