"""Who stands in which role to a word: syntax made uniform.

Voice, control, relative clauses, participles and coordination are undone here, so that the lexicon can speak of
``subj``, ``obj`` and prepositions alone. Everything works on one spaCy parse of one sentence; nothing here
knows about events or actors.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipelines.extract.wordlists import words

_SUBJECTS = {"nsubj", "csubj"}
_PASSIVE_SUBJECTS = {"nsubjpass", "csubjpass"}
_RELATIVE = {"who", "which", "that", "whom"}
_COMPLEMENTS = {"xcomp", "ccomp"}
_NOUN_MODIFIERS = {"amod", "compound", "nmod", "npadvmod", "advmod", "nummod"}
_LOOSE = {
    "dep",
    "advmod",
    "npadvmod",
    "nmod",
    "nsubj",
    "intj",
    "meta",
}  # how names without a role are attached
_SIDE_PREPOSITIONS = {"between", "with", "from", "to"}
_CAUSATIVES = {"have", "get"}
_MAX_CLIMB = 8


def expand(token: Token) -> list[Token]:
    """The token and everything coordinated with it, in text order."""
    found, queue = [token], [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ == "conj":
                found.append(child)
                queue.append(child)
            elif child.dep_ == "appos":  # "the envoy, Ann Lee, and her Thai host": hung on the apposition
                later = [one for one in child.children if one.dep_ == "conj" and _behind_comma(one, child)]
                found += later
                queue += later
    return sorted(found, key=lambda one: one.i)


def _behind_comma(later: Token, first: Token) -> bool:
    """Whether a comma and "and" stand between two coordinated words: the second is somebody else."""
    joints = [child for child in first.children if child.dep_ == "cc" and first.i < child.i < later.i]
    return any(joint.i > 0 and joint.nbor(-1).text == "," for joint in joints)


def is_passive(verb: Token) -> bool:
    """Whether the verb is in the passive voice, reduced relatives ("the protocol signed by both") included."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "csubjpass") for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in ("ccomp", "oprd") and verb.head.lemma_ in _CAUSATIVES:
        return not any(child.dep_ == "aux" for child in verb.children)
    if verb.dep_ in ("acl", "advcl", "amod"):
        return not any(child.dep_ in ("aux", "dobj") for child in verb.children)
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _no_subject(verb) and is_passive(verb.head)


def _no_subject(verb: Token) -> bool:
    return not any(child.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS for child in verb.children)


def surface_subjects(verb: Token) -> list[Token]:
    """What stands as the verb's subject, borrowed through coordination, control and participles."""
    seen = 0
    node = verb
    while seen < _MAX_CLIMB:
        seen += 1
        own = [child for child in node.children if child.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
        if own:
            listed = _listed_before(own[0], node)
            if len(own) > 1:
                listed += [child for child in own[0].children if _is_listed(child)]
            return listed + [one for subject in own for one in _antecedents(subject, node)]
        head = node.head
        if head == node:
            return []
        if node.dep_ == "prep" and node.lower_ == "as" and head.lemma_ in words("quoting_verbs"):
            return objects(head)
        if node.dep_ in ("conj", "advcl", "prep", "pcomp") or (node.dep_ == "advmod" and node.pos_ == "ADV"):
            node = head
        elif node.dep_ in _COMPLEMENTS:
            controllers = _object_controllers(head)
            if controllers:
                return controllers
            node = head
        elif node.dep_ in ("acl", "relcl"):
            if node.tag_ in ("VBG", "VBN") and node.dep_ == "acl":
                return expand(head)
            return _owner_of_noun(head)
        else:
            return []
    return []


def _listed_before(subject: Token, verb: Token) -> list[Token]:
    """Names that the parser left outside the subject they belong to: "Chad, Niger sign", "Chad and Niger agreed"."""
    if subject.pos_ != "PROPN":
        return []
    found: list[Token] = []
    for child in reversed([one for one in verb.lefts if one.i < subject.left_edge.i]):
        between = subject.doc[child.i + 1 : (found[0] if found else subject).left_edge.i]
        joined = [one for one in between if one.text == "," or one.dep_ == "cc"]
        if child.text == "," or child.dep_ == "cc":
            continue
        if child.pos_ != "PROPN" or child.dep_ not in _LOOSE or not joined or len(between) > 2:
            break
        found = [*expand(child), *found]
    return found


def _antecedents(subject: Token, verb: Token) -> list[Token]:
    """The subject, or what a relative pronoun stands for."""
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl" and subject.dep_ != "csubj":
        return [verb.head]
    return expand(subject)


def _object_controllers(matrix: Token) -> list[Token]:
    """Whom the matrix verb makes do what its complement says."""
    if matrix.lemma_ not in words("object_control"):
        return []
    objects = [one for child in matrix.children if child.dep_ in ("dobj", "dative") for one in expand(child)]
    if objects or is_passive(matrix):
        return objects
    return [
        one
        for child in matrix.children
        if child.dep_ == "prep"
        for one in _prep_objects(child)
        if one.pos_ != "VERB"
    ]


def _owner_of_noun(noun: Token) -> list[Token]:
    """Who stands behind a noun that governs an infinitive: "Iran's decision to sign"."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners:
        return owners
    if noun.dep_ == "ROOT":  # a headline: "Ghana to host summit"
        return [*expand(noun), *(child for child in noun.children if _is_listed(child))]
    verb = noun.head
    if noun.dep_ in ("dobj", "attr", "pobj"):
        while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
            verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            return logical_subjects(verb)
    return []


def _is_listed(child: Token) -> bool:
    """A name behind another name and a comma, which headlines use for "and": "Chad, Niger to sign"."""
    return (
        child.dep_ == "appos"
        and child.pos_ == child.head.pos_ == "PROPN"
        and child.left_edge.i > 0
        and child.left_edge.nbor(-1).text == ","
    )


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it: the subject of an active, the by-phrase of a passive verb."""
    if is_passive(verb):
        agents = [one for child in verb.children if child.dep_ == "agent" for one in _prep_objects(child)]
        return agents or prepositional(verb, "by") or _causers(verb)
    return surface_subjects(verb)


def _causers(participle: Token) -> list[Token]:
    """Who has something done: "prosecutors had two editors arrested"."""
    if participle.dep_ not in ("acl", "ccomp", "oprd") or participle.tag_ != "VBN":
        return []
    verb = participle.head if participle.dep_ != "acl" else participle.head.head
    if verb.pos_ != "VERB" or verb.lemma_ not in _CAUSATIVES:
        return []
    return surface_subjects(verb)


def objects(verb: Token) -> list[Token]:
    """To what it is done: the object of an active, the subject of a passive verb."""
    if is_passive(verb):
        if verb.dep_ in ("acl", "amod") and _no_subject(verb):
            return [verb.head]
        return surface_subjects(verb)
    own = [child for child in verb.children if child.dep_ in ("dobj", "obj", "oprd")]
    if own:
        return [one for child in own for one in _object_antecedent(child, verb)]
    small = [child for child in verb.children if _is_small_clause(child)]
    if small:
        return [
            one
            for clause in small
            for child in clause.children
            if child.dep_ == "nsubj"
            for one in expand(child)
        ]
    clause = verb.head if verb.dep_ == "conj" and not _no_subject(verb) else verb
    if clause.dep_ == "relcl" and not _no_subject(clause) and not _subject_is_relative(clause):
        return [clause.head]
    shared = [
        child for child in verb.conjuncts if child.i > verb.i and child.dep_ == "conj" and child.head == verb
    ]
    for later in shared[:1]:  # "signed and ratified the treaty": the object hangs on the last verb
        if later.pos_ == "VERB" and _no_subject(later) and not _between_comma(verb, later):
            return [one for child in later.children if child.dep_ == "dobj" for one in expand(child)]
    return []


def _is_small_clause(child: Token) -> bool:
    """ "Found Smith guilty", "held Rome responsible": what follows is said of the verb's object."""
    return (
        child.dep_ in ("ccomp", "oprd", "xcomp")
        and child.pos_ == "ADJ"
        and any(one.dep_ == "nsubj" for one in child.children)
        and not any(one.dep_ in ("aux", "mark") for one in child.children)
    )


def _between_comma(first: Token, last: Token) -> bool:
    return any(token.text == "," for token in first.doc[first.i + 1 : last.i])


def _object_antecedent(child: Token, verb: Token) -> list[Token]:
    if child.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return [verb.head]
    return expand(child)


def _subject_is_relative(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS and child.lower_ in _RELATIVE for child in verb.children)


def _prep_objects(prep: Token) -> list[Token]:
    """What a preposition governs; chained prepositions ("out of Syria") are looked through."""
    found: list[Token] = []
    for child in prep.children:
        if child.dep_ in ("pobj", "pcomp"):
            found += expand(child)
        elif child.dep_ == "prep":
            found += _prep_objects(child)
    return found


def _prepositions(token: Token) -> Iterator[Token]:
    """Prepositions attached to a word, to its object, to its predicate, or shared by a coordination it closes."""
    hosts = [token]
    if token.pos_ in ("VERB", "AUX"):
        hosts += [child for child in token.children if child.dep_ in ("dobj", "attr", "acomp", "oprd")]
        hosts += [child for child in token.children if child.dep_ == "nsubjpass"]
        hosts += [particle for particle in token.children if particle.dep_ == "prt"]
        if token.dep_ in ("acl", "amod") and is_passive(token):
            hosts.append(token.head)
        hosts += [
            later
            for later in token.conjuncts
            if later.head == token and later.i > token.i and later.pos_ == "VERB"
        ][:1]
    elif token.pos_ == "ADJ" and token.dep_ in ("acomp", "attr", "oprd"):
        hosts.append(token.head)
    elif token.dep_ == "conj":
        hosts += [later for later in token.conjuncts if later.i > token.i][-1:]
    else:
        hosts += [
            later for later in token.conjuncts if later.i > token.i and later.pos_ in ("NOUN", "PROPN")
        ][-1:]
    for host in hosts:
        for child in host.children:
            if child.dep_ in ("prep", "dative", "agent") and child.pos_ in (
                "ADP",
                "SCONJ",
                "VERB",
                "PART",
                "ADV",
            ):
                yield child
                yield from (inner for inner in child.children if inner.dep_ == "prep")


def prepositional(token: Token, preposition: str) -> list[Token]:
    """What stands under the named preposition."""
    found: list[Token] = []
    for prep in _prepositions(token):
        if prep.lower_ == preposition:
            found += [one for one in _prep_objects(prep) if one not in found]
    if not found and token.pos_ == "VERB" and is_passive(token):
        found = _stranded(token, preposition)
    if not found and token.pos_ in ("NOUN", "PROPN"):
        found = _elsewhere(token, preposition)
    return found


def _elsewhere(noun: Token, preposition: str) -> list[Token]:
    """What the preposition governs where the parser hung it on another word than the noun that it belongs to."""
    if preposition == "by":
        return _by_after_of(noun) or _by_of_participle(noun)
    if preposition in _SIDE_PREPOSITIONS and noun.dep_ in ("nsubj", "nsubjpass"):
        verb = noun.head  # "talks were held between A and B", "pleas came from A"
        hung = [child for child in verb.children if child.lower_ == preposition]
        if found := [
            one for prep in hung for one in _prep_objects(prep) if verb.lemma_ in words("empty_verbs")
        ]:
            return found
    return _pair(noun) if preposition == "between" else []


def _by_of_participle(noun: Token) -> list[Token]:
    """The doer in "a strike called by the miners"."""
    return [
        one
        for child in noun.children
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in words("light_verbs")
        for agent in child.children
        if agent.dep_ == "agent"
        for one in _prep_objects(agent)
    ]


def _pair(noun: Token) -> list[Token]:
    """The sides in "the Peru-Chile talks": the last name of the pair, which the reader of names takes apart."""
    return [
        child
        for child in noun.children
        if child.dep_ in _NOUN_MODIFIERS
        and child.pos_ in ("PROPN", "ADJ")
        and child.i > 1
        and child.nbor(-1).text in ("-", "–")
        and child.nbor(-2).pos_ in ("PROPN", "ADJ")
    ]


def _stranded(verb: Token, preposition: str) -> list[Token]:
    """The subject that a passive verb's last preposition belongs to: "the ships were fired on"."""
    bare = [
        child
        for child in verb.children
        if child.dep_ in ("prep", "prt") and child.lower_ == preposition and not any(child.children)
    ]
    return surface_subjects(verb) if bare else []


def _by_after_of(noun: Token) -> list[Token]:
    """The doer in "the detention of a singer by the police", which the parser hangs on the singer."""
    return [
        one
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ in ("of", "against", "on")
        for patient in _prep_objects(prep)
        for child in patient.children
        if child.lower_ == "by" and child.dep_ in ("prep", "agent")
        for one in _prep_objects(child)
    ]


def complements(token: Token) -> list[Token]:
    """Heads of the infinitives, -ing forms and that-clauses that complete the word's meaning."""
    found = [
        child
        for child in token.children
        if child.dep_ in ("xcomp", "ccomp", "pcomp") and child.pos_ in ("VERB", "AUX")
    ]
    if token.pos_ in ("NOUN", "PROPN", "ADJ"):
        found += [
            child
            for child in token.children
            if child.dep_ in ("acl", "xcomp", "ccomp") and child.tag_ == "VB"
        ]
    elif not found:  # the parser often hangs "agreed to send" as an adverbial infinitive
        found = [
            child
            for child in token.children
            if child.dep_ == "advcl" and child.tag_ == "VB" and _has_to(child)
        ]
    return [verb for one in found for verb in expand(one)]


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def light_verb_subjects(noun: Token) -> list[Token]:
    """Whose event it is when a verb only carries the noun: "X launched an attack", "X said at a meeting with Y"."""
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in ("VERB", "AUX"):
        return logical_subjects(head) if head.lemma_ in words("light_verbs") or noun.dep_ == "attr" else []
    if noun.dep_ == "pobj" and head.dep_ == "prep" and head.lower_ in words("circumstance_prepositions"):
        verb = head.head
        for _ in range(_MAX_CLIMB):
            if verb.pos_ in ("VERB", "AUX") or verb.head == verb:
                break
            verb = verb.head
        if (
            verb.pos_ in ("NOUN", "PROPN") and verb != noun
        ):  # a headline without a verb: "Premier in Cairo for talks"
            return expand(verb)
        if verb.pos_ in ("VERB", "AUX"):
            return logical_subjects(verb) or (surface_subjects(verb) if not is_passive(verb) else [])
    return []


def fill(token: Token, path: tuple[str, ...]) -> list[Token]:
    """The heads that fill a role of the word; a path goes on from each of them."""
    heads = _fill_one(token, path[0])
    for role in path[1:]:
        heads = [deeper for head in heads for deeper in _fill_one(head, role)]
    return heads


def _fill_one(token: Token, role: str) -> list[Token]:
    verbal = token.pos_ in ("VERB", "AUX")
    match role:
        case "subj":
            return logical_subjects(token) if verbal else _predicate_subjects(token)
        case "obj":
            return objects(token)
        case "iobj":
            return [one for child in token.children if child.dep_ == "dative" for one in _dative(child)]
        case "prt":
            return [
                child for child in token.children if child.dep_ in ("prt", "advmod") or _is_particle(child)
            ]
        case "comp":
            return complements(token)
        case "attr":
            return [
                one
                for child in token.children
                if child.dep_ in ("attr", "acomp", "oprd")
                for one in expand(child)
            ]
        case "mod":
            return [one for child in token.children if child.dep_ in _NOUN_MODIFIERS for one in expand(child)]
        case "poss":
            return [one for child in token.children if child.dep_ == "poss" for one in expand(child)]
        case "by" if verbal:
            return [
                one for child in token.children if child.dep_ == "agent" for one in _prep_objects(child)
            ] or prepositional(token, "by")
        case _:
            return prepositional(token, role)


def _is_particle(child: Token) -> bool:
    """ "Handed him over to Kuwait": the parser takes a particle before another preposition for a preposition."""
    return (
        child.dep_ == "prep"
        and child.lower_ in words("particles")
        and not any(c.dep_ == "pobj" for c in child.children)
    )


def counted(head: Token) -> list[Token]:
    """The head, and what it counts where it is a quantity: "dozens of prisoners", "some of its troops"."""
    if head.lemma_.lower() not in words("quantities"):
        return [head]
    return [head, *prepositional(head, "of")]


def _dative(child: Token) -> list[Token]:
    return _prep_objects(child) if child.pos_ == "ADP" else expand(child)


def _predicate_subjects(token: Token) -> list[Token]:
    """The subject that an adjective or noun is said of: "Minsk is ready to …"; else the noun it modifies."""
    head = token.head
    if token.dep_ in ("acomp", "attr", "oprd", "xcomp", "conj", "advcl", "ccomp") and head.pos_ in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return surface_subjects(head) if head.pos_ in ("VERB", "AUX") else _predicate_subjects(head)
    own = [child for child in token.children if child.dep_ in _SUBJECTS]
    if own:
        return [one for subject in own for one in expand(subject)]
    if token.dep_ == "amod":
        return [head]
    return []
