"""Words that steer attachment (``phrase_words.csv``): verbs before a value, cues of growth, where a noun phrase ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from kg.tables import read_table

ROLES = {
    "tail": "stands between an indicator and its value, and is taken off the indicator's end",
    "lead": "may stand before an indicator, and is taken off its start",
    "object_verb": "a verb whose object is what is counted",
    "growth_prefix": "says to what a change compares",
    "growth_verb": "says that the value is a change",
    "growth_noun": "a noun that says that the value is a change",
    "share_cue": "says that the value is a part of a whole",
    "np_break": "ends the noun phrase on the right of a count",
    "np_stop": "ends a noun phrase",
    "np_link": "links the parts of one noun phrase",
    "bare_noun": "an indicator too general to stand alone: its subject is added",
    "list_link": "joins the items of a list",
    "compound": "a noun whose beginning only looks like a word of another role",
    "noun_suffix": "makes a noun of the verb before it",
    "collective_unit": "after a small number names several places together (三州, 两地)",
    "agent_end": "ends the name of somebody who acts, which is not what is measured",
    "generic_noun": "a counted noun too general to stand alone: what is said of it is added",
    "measure_noun": "a counted noun that only says in what is counted: the subject says what",
    "named_as": "introduces what something was named (classés comme …)",
    "ratio_word": "stands between a part and its whole (19 sur 45)",
    "lasting": "before a duration says that it runs without a break (连续 5 年)",
    "reached": "alone before a value says what the subject of the change before came to (增长 8%，达到 30 亿元)",
    "recount": "stands between two counts of the same things (12批共386名)",
    "sum_noun": "after a small number takes up the values just named (三项指标)",
    "respective": "aligns a list of values with a list of names",
    "of": "marks the complement of a noun",
    "anaphor": "points back to an indicator named before",
    "determiner": "opens a noun phrase and is no part of its name",
    "value_verb": "a verb between a subject and its value",
    "acting_verb": "a verb whose subject acts: the act is what is measured",
    "noun": "a noun or adjective that its lemma would make a verb form",
    "sequel": "says the previous indicator once more in other terms",
    "rank_scope": "opens what a rank is a rank in",
    "purpose": "says what an amount is for, or opens an infinitive whose subject is that of the clause",
    "auxiliary": "may stand between subject and verb",
    "linker": "may stand between verb and value",
    "relative": "a relative pronoun: the subject is what stands before it",
    "pronoun": "a pronoun subject: the indicator was named before",
    "adverbial": "opens an adverbial, which is no subject",
    "conjunction": "joins two nouns of one phrase",
    "locative": "may stand between a counted noun and a place",
    "indefinite": "an indefinite article: the phrase begins here",
    "complementizer": "opens the clause that is reported",
    "subject_relative": "a relative pronoun that is the subject of its clause",
    "clause_opener": "may open a clause before its subject",
    "recipient": "links an act with the people it is for",
    "scope": "says of what part the value is",
    "destination": "opens the complement of an act",
    "ellipsis_scope": "opens what tells apart the items of an elliptic list",
    "directional": "leads from a noun to its value",
    "amount_adverb": "qualifies an amount",
    "partitive_pronoun": 'stands for "of what was named before"',
    "reflexive": "a reflexive pronoun",
    "own_determiner": "says that the change belongs to what was named before",
    "adjective_ending": "ends an adjective or adverb between a word of change and its value",
    "adverb_ending": "ends an adverb",
    "participle_ending": "ends a participle",
    "noun_ending": "ends a noun that its lemma would make a verb form",
    "infinitive_ending": "ends an infinitive",
    "aim_verb": "a verb without tense that may go on with the aims of the sentence before",
    "light_verb": "a verb after which the value opens a new phrase",
    "interpolation": "is thrown into a clause (de son côté) and passed over",
    "perfect_auxiliary": "a form of avoir or être: the participle after it is a verb",
    "clause_adverb": "may open a clause before its subject without a comma",
    "demonstrative": "a pronoun that heads a noun phrase (celles de …): the indicator was named before",
    "object_determiner": "opens the object that follows its value",
    "numbered": "says that what follows is the number of the noun before (au nombre de)",
    "among": "stands before a pronoun for what was named before (d'entre elles)",
    "total_word": "names a whole without saying of what",
}


class PhraseWords:
    """Forms by language and role, longest first."""

    def __init__(self, forms: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        self._forms = dict(forms)

    def forms(self, language: str, role: str) -> tuple[str, ...]:
        """Forms of one role, longest first; empty where the language has none."""
        return self._forms.get((language, role), ())

    def languages(self) -> tuple[str, ...]:
        """Languages that have words."""
        return tuple(sorted({language for language, _ in self._forms}))


def load_phrase_words(directory: Path) -> PhraseWords:
    """Read ``phrase_words.csv``. Raises LexiconError naming file and row for an unknown role, an empty form or a repeated row."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in read_table(directory / "phrase_words.csv", ("language", "role", "form")):
        language, role, form = row.required("language"), row.one_of("role", ROLES), row.required("form")
        if form in found[language, role]:
            raise row.error(f"the form {form!r} is there twice as {role}")
        found[language, role].add(form)
    return PhraseWords({key: tuple(sorted(forms, key=lambda form: (-len(form), form))) for key, forms in found.items()})
