"""What pronouns, elided words and labels stand for: the noun phrase put in their place."""

from __future__ import annotations

import re

from flows.parse.literals import holds
from flows.parse.measures import FLOWS, Framed
from flows.parse.nouns import is_pronoun, is_verb, trim
from flows.parse.rules import load_words
from flows.parse.subject_openings import leading_subject
from flows.parse.subject_phrases import subject_before

HEAD = re.compile(r"(?P<head>.+?)[ ](?P<link>of|for|in|on)[ ](?P<tail>.+)\Z")
OF_WHICH = re.compile(
    r"\b(?:of|including|among)[ ](?:which|whom|them|these|that|the[ ]total)\b|\bof[ ]this\b|\bof[ ]the[ ]total\b",
    re.IGNORECASE,
)
_OF_THE_TOTAL = re.compile(r"\A[ ]of[ ]the[ ]total\b")
_AS_FOR = re.compile(r"\A[ ]?(?:As for|Regarding|With regard to|As regards)[ ](?P<np>[^,]{3,60}),[ ]")
_ANYWHERE = FLOWS | {"volumes"} | load_words("nouns")["aggregate"] - load_words("nouns")["pronoun"]
# Where it grew, told before it: "In the public sector, pay".
_IN_PLACE = re.compile(
    r"\A\W*In[ ](?P<np>the[ ](?!\w+[ ]half\b)[\w-]+(?:[ ][\w-]+){0,3}"
    r"|(?!addition|total|particular|fact|general|contrast|turn|line|order|part|short|response|terms|all|its|this|that"
    r"|comparison|real|each|some)(?:[a-z]{5,}|[a-z]{4}(?=[ ]))(?:[ ][a-z]{4,})?)"
    r",[ ](?:the[ ])?(?:\w+[ ])?\w+[ ]*(?:has|have|had|was|were|is|are|also)?[ ]*\Z"
)
_IS = re.compile(r"(?:[ ](?:is|are|was|were|has|have|had))*[ ]*\Z")
_IN_OR_IS = re.compile(r"[ ](?:in|is|are|was|were)[ ]")
_WHERE = re.compile(r",?[ ]where[ ](?:the[ ])?(?=[^,;:]*\Z)")
_GROWING = _ANYWHERE | {"growth"}
_SAYS_LITTLE = frozenset(("rate", "ratio", "share", "proportion", "growth", "growth rate"))
_SHORT = 2  # words
MADE = frozenset(("production", "trade", "generation", "consumption"))  # of these value is added, too
_UNMADE = _ANYWHERE - MADE
_POSSESSED = re.compile(r"(?:the[ ])?[^,;]*?(?:['’]s|s['’])[ ](?P<thing>\S.*)")
_LABEL = re.compile(r"\A[ ]?(?P<label>[^:.;!?]{3,70}):[ ]")
_WHOLE_WORDS = frozenset(("inflation", "unemployment", "employment", "growth", "exports", "imports"))
_OF_THESE = re.compile(r"\A[ ]?(?:of[ ](?:this|these|which|them)),?[ ]+", re.IGNORECASE)
_RELATIVE = re.compile(
    r",?[ ](?:which|who|that)(?:[ ](?:is|are|was|were|has|have|had|also|now|together|alone|jointly|\w+ly))*[ ]*\Z"
)
_SECOND_VERB = re.compile(r"[\w)][ ](?:and|but)\s*\Z")
_EXCLUDING = re.compile(r"(?:\A|[.;:][ ])[ ]?Excluding[ ](?P<np>[^,;]{3,40}),[ ][^,;]*\Z")
_POINTS_TO = re.compile(
    r"(?<= (?:of|in|on|to))[ ](?:it|them)\Z|(?<= (?:for))[ ](?:it|them)\Z|(?<= from)[ ](?:it|them)\Z"
)
_IN_THIS = re.compile(r"(?P<np>[\w ]+)[ ]in[ ]this[ ](?:segment|sector|industry|field|area|category|market|region)")
_WITH_SHARE = re.compile(
    r"(?P<np>.*\w),[ ](?:with|having)[ ](?:an?|the)[ ](?:\w+[ ])?(?:share|proportion|weight)\Z", re.DOTALL
)
_THE_GROWTH = re.compile(r"\b(?:the|this|that|its|their|such)[ ](?:\w+[ ])?growth\b", re.IGNORECASE)
THAT_OF = re.compile(
    r"(?:that|those)[ ](?P<link>of|for|in|from|to|with|on|by|at|among|under)[ ](?P<tail>.+)", re.IGNORECASE
)
FORECAST = re.compile(r"(?:(?:growth|median|central|baseline|new|latest)[ ])*(?:projection|forecast|outlook)s?")
_HALF_NAMED = frozenset(("decline", "deficit", "decrease", "drop", "gap"))


def resolve_subject(found: str, before: str, known: str, prior: Framed | None) -> str:
    """Put in what a pronoun or an elided subject stands for.

    Args:
        found: the subject as printed, "" where there is none.
        before: the words of the clause before its verb.
        known: what was measured last.
        prior: the frame of the value before it in the sentence.
    """
    found = _led_by(before) or found
    near = _from_the_clause(found, before, known)
    if near is not None:
        return near
    apart = _EXCLUDING.search(before) if found and "Excluding" in before and not is_pronoun(found) else None
    if apart:
        return f"{found} excluding {apart['np']}"
    if before.rstrip().endswith(("and", "but")) and _SECOND_VERB.search(before):
        found = known if prior else leading_subject(before) or found  # "rose in May and reached"
    relative = None if found else _RELATIVE.search(before)
    if relative:
        found = subject_before(before[: relative.start()])
    pointing = prior and OF_WHICH.search(_OF_THE_TOTAL.sub("", before))
    if prior and prior.whole and pointing:
        known = prior.indicator
    known = _in_the_sentence(found, before, prior) or known
    part = _SHARE_IN.fullmatch(found)
    if part and known and re.search(rf"\b(?:its|their)[ ]{re.escape(found)}\b", before):
        who = known.partition(" of ")[0] if prior and prior.whole else known
        return f"{who} of {trim(part['whole'])}"  # "and its share in exports"
    resolved = _pronoun(found, before, known)
    if resolved is None and (owner := _owner(found, before, known, prior)):
        return f"{found} of {owner}"
    if resolved is None:
        if not prior or not pointing or (" in " in prior.indicator and " of " not in prior.indicator):
            return found  # "patents in computing, of which Chinese inventors held"
        return found if _is_headed(found, prior) else swap_tail(prior.indicator, found)
    return resolved


def _is_headed(found: str, prior: Framed) -> bool:
    """Does it say what is measured: "sales of tools, of which (online sales) were", unlike "of which (saws) were"?"""
    head = HEAD.match(prior.indicator)
    own = _UNMADE if head and "added" in head["head"].split() else _ANYWHERE
    return any(word.casefold() in own for word in found.split())


_CLAUSE_AHEAD = re.compile(
    r"\A[\W]*(?P<first>.*\w),?[ ](?:as|because|since|although|while|when|after|but|and|so)[ ](?:it|they)"
    r"(?:[ ](?:has|have|had|is|are|was|were|also|now|expected|projected|forecast|estimated|likely|set|to|will|would))*"
    r"[ ]*\Z"
)


def _in_the_sentence(found: str, before: str, prior: Framed | None) -> str:
    """Return whom "it" stands for in a sentence that names it first: "Our ordinary trade is strong, as it (rose)"."""
    ahead = _CLAUSE_AHEAD.match(before) if prior is None and found.casefold() in {"it", "they"} else None
    subject = leading_subject(ahead["first"]) if ahead else ""
    return "" if is_pronoun(subject) or SAYS.search(ahead["first"] if ahead else "") else subject


SAYS = re.compile(r"\b(?:said|says|noted|added|stressed|announced|told)\b")
_SHARE_IN = re.compile(r"(?:share|proportion|weight)[ ](?:in|of)[ ](?P<whole>.+)")
_LED_BY = re.compile(
    r"\b(?:(?:(?:larg|bigg|strong|weak|steep|sharp|great|fast|slow|high|low)est|main|major|chief|only|first|second|next"
    r"|most)\b[^,;:]*[ ](?:is|are|was|were|being|came[ ]from|has[ ]been)|(?:(?<=,[ ])\w+|contribut|support)ed[ ]by"
    r"|(?:apart|aside)[ ]from|except)[ ](?:in[ ]|for[ ])?(?P<np>(?!that\b|when\b|due\b)[^,;:]+?)"
    r",?[ ](?:which|who)(?:[ ](?:has|have|had|is|are|was|were|also|alone))*[ ]*\Z"
)

_NEXT_IS = re.compile(
    r"\b(?:is|was|were|are)[ ](?:closely[ ])?followed[ ](?:closely[ ])?by[ ](?P<np>[^,;:]+?)(?:,[ ]which[ ]*)?\Z"
)


def _led_by(before: str) -> str:
    """Return what is led up to: "The biggest drag was roads, which (fell)", "This was followed by steel (with)"."""
    led = _LED_BY.search(before) if " whi" in before or " who" in before else None
    led = _NEXT_IS.search(before) if " followed " in before else led
    return trim(led["np"]) if led else ""


def _set_apart(found: str, before: str) -> str:
    """Read what a short subject is of: "As for tin, exports", "the tin sector, where the surplus"; "" for none."""
    if len(found.split()) > _SHORT:
        return ""
    where = _WHERE.search(before)
    if where and _IS.sub("", before).endswith(found):
        place = subject_before(_IN_OR_IS.split(before[: where.start()])[-1], " of")
        return f"{found} in {place}" if place else ""
    inside = _IN_PLACE.match(before) if found.rpartition(" ")[2].casefold() in _ANYWHERE else None
    if inside and (place := trim(inside["np"])):
        return f"{found} in {place}"
    apart = _AS_FOR.match(before)
    return f"{found} of {trim(apart['np'])}" if apart and found.casefold() in FLOWS else ""


_BOTH = re.compile(
    r"(?:\w+[ ])?(?:[Ii]mports and exports|[Ee]xports and imports|[Pp]roduction and sales|[Oo]utput and sales)"
)
_SEEN = re.compile(
    r"(?P<who>.*?\w)[ ](?:saw|(?:ha[sd]|have)[ ]seen|sees|see)[ ](?:its|their)[ ](?P<thing>[^,;]*?)"
    r"(?:[ ](?:climb|rise|grow|fall|drop|jump|surge|soar|decline|increase"
    r"|shrink|expand|contract|slip|dip|slide|edge))?[ ]*\Z"
)


def _owner(found: str, before: str, known: str, prior: Framed | None) -> str:
    """Return what "its" and "their" stand for: of "operating revenue of state firms" the firms."""
    if (both := HEAD.match(prior.indicator) if prior else None) and _BOTH.fullmatch(both["head"]):
        halves = both["head"].casefold().split()
        if found.casefold() in halves:  # "imports and exports of tea rose, with (exports) down"
            return both["tail"]
    if both and {both["head"], found} == {"exports", "imports"} and before.strip() == f"and {found}":
        return both["tail"]  # "exports of tea down ⟨2%⟩ and (imports) up"
    if " of " not in found and (seen := _SEEN.match(before)) and trim(seen["thing"]).endswith(found):
        who = seen["who"].rpartition(" that ")[2]  # "Robot makers saw their output (climb by)"
        return leading_subject(seen[0].rpartition(" that ")[2]) or subject_before(who, " of")
    head = HEAD.match(known)
    if not head or head["link"] != "of" or (prior and prior.whole) or " of " in found:
        return ""
    if not holds(before, f"its {found}") and not holds(before, f"their {found}"):
        return ""
    owned = re.search(rf"\b(?P<whose>its|their)[ ]{re.escape(found)}\W*\w*\s*\Z", before, re.IGNORECASE)
    return head["tail"] if owned and (owned["whose"].casefold() == "their" or not is_plural(head["tail"])) else ""


def is_plural(phrase: str) -> bool:
    """Is its head a plural: "officials of the north", unlike "the United States"?"""
    head = HEAD.match(phrase)
    last = (head["head"] if head else phrase).rpartition(" ")[2]
    common = last.islower() or phrase.startswith(last)  # "Exports", unlike "the United States"
    return common and last.endswith("s") and not last.endswith(("ss", "us", "is", "ics"))


def _from_the_clause(found: str, before: str, known: str) -> str | None:
    """Read labels, "whose", "imports from it" and "with a share of" by the words of the clause itself."""
    label = _LABEL.match(before)
    if label and (not found or (" " not in found and found.islower() and found not in _WHOLE_WORDS)):
        labelled = label_noun(label["label"])
        return f"{found} of {labelled}" if found else labelled
    if found and (named := _set_apart(found, before)):
        return named
    if found.casefold().startswith("whose "):
        ahead = before.rpartition(found[: len("whose")])[0]
        return f"{found[len('whose ') :]} of {subject_before(ahead.rstrip(' ,'), ' of') or known}".removesuffix(" of ")
    pointed, head = _IN_THIS.fullmatch(found), HEAD.match(known)
    if pointed and head:
        return f"{pointed['np']} in {head['tail']}"
    if known and (pointing := _POINTS_TO.search(found)):
        return f"{found[: pointing.start()]} {known}"
    share = _WITH_SHARE.match(before) if is_pronoun(found) else None
    return subject_before(share["np"]) if share else None


# "(rose by 9%, ⟨5 points⟩) higher than that in all assets, and (contributed)": what goes on is the sentence
_GONE_ON = re.compile(r"\bthan[ ](?:that|those)[ ](?:of|in|for)[ ][^,;]+,?[ ](?:and|but)[ ](?:\w+ly[ ]|also[ ])?\Z")


def _pronoun(found: str, before: str, known: str) -> str | None:
    """Return what a pronoun stands for, None for what is none."""
    stands = THAT_OF.fullmatch(found)
    if stands and known:
        return known if _GONE_ON.search(before) else those_of(found, known) or swap_tail(known, stands["tail"])
    if known and (FORECAST.fullmatch(found) or _is_head_of(found, known, before)):
        return known
    if found.casefold() in _HALF_NAMED and known:
        return found if found.casefold() in known.casefold() else f"{found} in {known}"
    if found.casefold() == "growth" and not _THE_GROWTH.search(before):
        return found
    if known and found.casefold() == "value" and (holds(before, "its value") or holds(before, "their value")):
        return f"{found} of {known}"
    if found.split(maxsplit=1)[0].casefold() in {"it", "they"} if found else True:
        return known
    return (known or (found if found.casefold() in _SAYS_LITTLE else "")) if is_pronoun(found) else None


def those_of(phrase: str, known: str) -> str:
    """Read "those to Ardal" behind "Exports to Borva": "Exports to Ardal"; "" where they are not so linked.

    Behind "domestic orders" "those from abroad" are orders, behind "U.S. growth" "that for Asia" is growth.
    """
    stands = THAT_OF.fullmatch(phrase)
    if not stands:
        return ""
    if owned := _of_another(stands, known):
        return owned
    head, linked, _ = known.partition(f" {stands['link']} ")
    last = known.rpartition(" ")[2]
    many = phrase[:5].casefold() == "those" and last.endswith("s")
    if not linked and (many or last in _GROWING) and not HEAD.match(known):
        head, linked = last, stands["link"]
    return f"{head} {stands['link']} {trim(stands['tail'])}" if linked else ""


def _of_another(stands: re.Match[str], known: str) -> str:
    """Read "that of large ones" behind "Small firms' index": "index of large ones"; "" where nobody owned it."""
    owned = _POSSESSED.fullmatch(known) if stands["link"] == "of" else None
    last = known.rpartition(" ")[2]
    compound = stands["link"] in {"of", "in"} and " " in known and last.casefold() in FLOWS and not HEAD.match(known)
    thing = owned["thing"] if owned else last if compound else ""  # "steel output rose, that of tin"
    return f"{thing} {stands['link']} {trim(stands['tail'])}" if thing else ""


def names_again(found: str, known: str) -> bool:
    """Is it the head of a phrase that says more: "funds" of "yuan funds outstanding for foreign exchange"?"""
    head = HEAD.match(known)
    said, named = found.casefold(), (head["head"] if head else known).casefold()
    return (
        said != known.casefold()
        and said in named
        and re.search(rf"(?:\A|[ ]){re.escape(said)}(?:[ ]\w+(?:ed|ing))?\Z", named) is not None
    )


def _is_head_of(found: str, known: str, before: str) -> bool:
    """Is it the bare head of what was measured last: "the change (for December)" after "change in employment"?"""
    opens = len(found.split()) <= _SHORT and names_again(found, known)
    return (
        opens
        and holds(before, found)
        and re.search(rf"\b(?:the|this|that|these|such)[ ]{re.escape(found)}\b", before, re.IGNORECASE) is not None
    )


def label_noun(label: str) -> str:
    """Return what a label names; of one that is a clause its subject: "That is why borrowing will come down:"."""
    label = _OF_THESE.sub("", label)
    verbs = any(is_verb(word) for word in label.split())
    return ((leading_subject(label) or subject_before(label, "")) if verbs else "") or trim(label)


def swap_tail(known: str, tail: str, link: str = "") -> str:
    """Put a new tail to a phrase: "total value added of industry", "mining" → "total value added of mining".

    With a `link` of its own the tail is put to a phrase that has none: "pay", "women", "for" → "pay for women".
    """
    match = HEAD.match(known)
    if link and not (match and match["link"] == link):
        return f"{known} {link} {trim(tail)}"
    return f"{match['head']} {match['link']} {trim(tail)}" if match else trim(tail)
