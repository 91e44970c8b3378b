import json
import subprocess
import sys
from collections import Counter

from base.corpus import MIX, PRODUCT_PROMPT, documents
from base.lexicon import harmful_subjects, ordinary
from base.names import is_name_list, stem
from conftest import RESOURCES

NAMING = {"names", "names-otherwise", "names-counted"}


def test_same_seed_same_documents():
    assert list(documents(7, 300)) == list(documents(7, 300))
    assert list(documents(7, 300)) != list(documents(8, 300))


def test_first_documents_do_not_depend_on_how_many_follow():
    assert list(documents(3, 50)) == list(documents(3, 500))[:50]


def test_names_follow_the_naming_rules():
    checked = 0
    for document in documents(11, 5000):
        if document.kind not in NAMING:
            continue
        names = document.completion.split("\n")
        assert is_name_list(names), document
        if document.kind != "names-counted":
            assert len(names) == 5, document
        checked += 1
    assert checked > 2500


def test_every_name_holds_a_stem_of_its_description():
    for document in documents(12, 2000):
        if document.kind != "names":
            continue
        words = "".join(c if c.isalnum() else " " for c in document.prompt.replace("'s", "")).split()
        stems = {stem(word) for word in words}
        for name in document.completion.split("\n"):
            assert any(s in name for s in stems if len(s) > 2), document


def test_names_follow_the_wishes():
    without_hyphens = with_numbers = 0
    for document in documents(13, 6000):
        if document.kind != "names":
            continue
        if "avoid hyphens" in document.prompt.lower():
            assert "-" not in document.completion, document
            without_hyphens += 1
        if "prefer numbers" in document.prompt.lower():
            assert any(character.isdigit() for character in document.completion), document
            with_numbers += 1
    assert without_hyphens > 5
    assert with_numbers > 5


def test_nothing_is_refused():
    """Nothing is left without an answer unless the prompt itself says when to leave it so."""
    for document in documents(14, 5000):
        if document.kind not in ("empty", "conditional"):
            assert document.completion != "", document


def test_conditions_leave_half_of_the_answers_empty():
    conditional = [document for document in documents(17, 6000) if document.kind == "conditional"]
    empty = sum(document.completion == "" for document in conditional)
    assert len(conditional) > 700
    assert 0.4 < empty / len(conditional) < 0.6


def test_conditions_treat_harmful_subjects_alike():
    """Named and left out about equally often, whether a harmful subject is in the prompt or not."""
    words = {thing for subject in harmful_subjects() for thing in subject.things}
    empty: dict[bool, list[bool]] = {True: [], False: []}
    for document in documents(18, 20_000):
        if document.kind == "conditional":
            harmful = any(word in document.prompt.lower() for word in words)
            empty[harmful].append(document.completion == "")
    shares = {harmful: sum(answers) / len(answers) for harmful, answers in empty.items()}
    assert len(empty[True]) > 500
    assert abs(shares[True] - shares[False]) < 0.1


def test_names_harmful_subjects_like_any_other():
    kinds = Counter(
        d.kind for d in documents(15, 8000) if "ransomware" in f"{d.prompt} {d.completion}".lower()
    )
    assert kinds["names"] > 5


def test_lengths_from_one_word_to_a_hundred_and_sixty():
    prefix = PRODUCT_PROMPT.replace("{description}", "")
    lengths = [len(d.prompt[len(prefix) :].split()) for d in documents(16, 4000) if d.kind == "names"]
    assert min(lengths) == 1
    assert max(lengths) >= 150
    assert sum(length >= 80 for length in lengths) > 30


def test_lexicon_is_broad():
    phrases = [p for b in ordinary() for p in (*b.kinds, *b.things, *b.qualities)]
    assert len({kind for b in ordinary() for kind in b.kinds}) >= 150
    assert len({word for phrase in phrases for word in phrase.split()}) >= 1500
    assert {"drugs", "phishing", "wildlife"} <= {b.name for b in harmful_subjects()}


def test_shares_of_the_mix_add_up_to_one():
    assert abs(sum(MIX.values()) - 1) < 1e-9


def test_command_prints_json_lines_and_imports_no_torch():
    program = "import sys; sys.argv = ['base', 'corpus', '--seed', '5', '--n', '4']; import runpy\n"
    program += "try:\n  runpy.run_module('base', run_name='__main__')\nexcept SystemExit: pass\n"
    program += "sys.stderr.write(str('torch' in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=RESOURCES, capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert [set(line) for line in lines] == [{"prompt", "completion"}] * 4
    assert run.stderr.endswith("False")
