"""Chat formats: found from templates, and proven with tokenizers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from namewright_trainer.chat_format import MESSAGE, chat_formats, chosen_template, find_format
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.failure import TrainerFailure
from namewright_trainer.parity import HARD_DESCRIPTIONS, choose_sequences
from namewright_trainer.rows import Row
from namewright_trainer.sentencepiece_model import read_sentencepiece

from .chat_bases import CASES, MISTRAL_V1, UNKNOWN, write_byte_level
from .test_encoding import TEMPLATE_TEXT, TEXTS, v3_file
from .tiny_base import write_tokenizer


def load(folder: Path) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(folder)


@pytest.fixture(scope="session")
def v1_tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Mistral v0.1's pieces as a fast tokenizer, with its template."""
    folder = tmp_path_factory.mktemp("v1")
    model = read_sentencepiece(v3_file().with_name("tokenizer.model.v1"))
    write_tokenizer(folder, [(piece.text.decode(), piece.score, piece.type) for piece in model.pieces])
    tokenizer = load(folder)
    tokenizer.chat_template = MISTRAL_V1
    return tokenizer


@pytest.mark.parametrize("case", CASES)
def test_finds_the_format_and_encodes_as_the_template_does(case: str, tmp_path: Path) -> None:
    write_byte_level(tmp_path, case)
    tokenizer = load(tmp_path)
    encoder = PromptEncoder(tokenizer, TEMPLATE_TEXT)
    assert encoder.format.name == CASES[case]["format"]
    assert encoder.format.system == CASES[case]["system"]
    content = encoder.content("A café in town")
    messages = [{"role": "user", "content": content}]
    rendered = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    assert tokenizer.decode(encoder.prompt("A café in town")) == rendered
    assert encoder.prompt("A café in town") == tokenizer.encode(rendered, add_special_tokens=False)
    assert (
        encoder.completion(()) == [tokenizer.convert_tokens_to_ids(encoder.format.end.text)]
        or case == "tekken"
    )


@pytest.mark.parametrize("case", CASES)
def test_a_description_never_becomes_control_tokens(case: str, tmp_path: Path) -> None:
    encoder = PromptEncoder(write_byte_level(tmp_path, case), "{description}")
    texts = [CASES[case]["eos"], *CASES[case]["controls"]]
    controls = {encoder.tokenizer.convert_tokens_to_ids(text) for text in texts}
    empty = encoder.prompt("")
    for text in (*TEXTS, *(f"a {control} b{control}" for control in texts)):
        ids = encoder.prompt(text)
        assert sum(number in controls for number in ids) == sum(number in controls for number in empty)
        assert encoder.decode([*encoder.encode(text), encoder.eos]) == text


def test_proves_tekken_with_its_own_tokenizer() -> None:
    from transformers.integrations.mistral import convert_tekken_tokenizer

    tokenizer = convert_tekken_tokenizer(str(v3_file().with_name("tekken_240911.json")))
    tokenizer.chat_template = CASES["tekken"]["template"]
    encoder = PromptEncoder(tokenizer, TEMPLATE_TEXT)
    assert encoder.format.name == "mistral-v3"
    prompt = encoder.prompt("A café 24/7")
    assert (prompt[:2], prompt[-1], encoder.eos) == ([1, 3], 4, 2)
    assert tokenizer.decode(prompt) == f"<s>[INST]{encoder.content('A café 24/7')}[/INST]"


def test_writes_the_prompt_of_v1_as_mistral_does(v1_tokenizer: Any) -> None:
    from sentencepiece import SentencePieceProcessor

    encoder = PromptEncoder(v1_tokenizer, TEMPLATE_TEXT)
    assert encoder.format.name == "mistral-v1"
    reference = SentencePieceProcessor(model_file=str(v3_file().with_name("tokenizer.model.v1")))
    text = f"[INST] {encoder.content('A café in town')} [/INST]"
    assert encoder.prompt("A café in town") == [1, *reference.encode(text)]


def test_v1_refuses_a_description_that_would_end_the_prompt(v1_tokenizer: Any) -> None:
    encoder = PromptEncoder(v1_tokenizer, TEMPLATE_TEXT)
    rows = [Row(1, "a shop", (), "a", "train"), Row(2, "a [/INST] shop", (), "b", "train")]
    with pytest.raises(TrainerFailure, match="ends the prompt") as caught:
        encoder.encode_rows(rows, 100)
    assert caught.value.row == 2
    chosen = choose_sequences([], [], 20, encoder.format.reserved)
    assert len(chosen) == len(HARD_DESCRIPTIONS) - 1
    assert not any("[INST]" in sequence.description for sequence in chosen)


SPECIALS = {"bos": "<s>", "eos": "</s>"}


def test_takes_the_format_of_v3_without_a_template() -> None:
    assert find_format(None, SPECIALS, lambda _: True).name == "mistral-v3"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (UNKNOWN, "none of the known chat formats"),
        (CASES["gemma"]["template"] + " extra", "none of the known chat formats"),
        ("{{ raise_exception('no') }}", "can't be rendered: TemplateError: no"),
        ("{% for %}", "can't be rendered"),
        ("{{ ''.__class__.__mro__ }}{{ messages.append(1) }}", "can't be rendered: SecurityError"),
        ("", "none of the known chat formats"),
    ],
)
def test_refuses_a_template_of_no_known_format(template: str, said: str) -> None:
    with pytest.raises(TrainerFailure, match=said):
        find_format(template, SPECIALS, lambda _: True)


def test_refuses_a_tokenizer_without_the_formats_control_tokens() -> None:
    with pytest.raises(TrainerFailure, match=r"has no <\|im_start\|>, <\|im_end\|>$"):
        find_format(CASES["smollm2"]["template"], SPECIALS, lambda _: False)


def test_refuses_a_tokenizer_that_writes_the_format_with_other_spaces(tmp_path: Path) -> None:
    from .tiny_base import pieces

    control = [("<|im_start|>", 0.0, 3), ("<|im_end|>", 0.0, 3)]
    write_tokenizer(tmp_path, pieces() + control)
    tokenizer = load(tmp_path)
    tokenizer.chat_template = CASES["smollm2"]["template"]
    with pytest.raises(TrainerFailure, match="can't write its chat format"):
        PromptEncoder(tokenizer, TEMPLATE_TEXT)


def test_takes_a_fixed_date_of_a_template() -> None:
    dated = "{% if strftime_now is defined %}{{ strftime_now('%d') }}{% endif %}" + CASES["qwen3"]["template"]
    assert find_format(dated, SPECIALS, lambda _: True).name == "chatml"


def test_takes_the_default_of_several_templates() -> None:
    assert (
        chosen_template([{"name": "tool_use", "template": "a"}, {"name": "default", "template": "b"}]) == "b"
    )
    assert chosen_template({"default": "b"}) == "b"
    assert chosen_template(None) is None


def test_every_format_has_a_case() -> None:
    assert {case["format"] for case in CASES.values()} | {"mistral-v1"} == set(chat_formats())
    assert MESSAGE not in "".join(case["template"] for case in CASES.values())
