"""Token ids of a row, put together piece by piece.

Rendering a chat template and tokenizing the text gives other ids in transformers than in llama.cpp, and turns
`[/INST]` inside a description into a control token. So control tokens are placed as ids, and only plain text
is ever given to the tokenizer:

    prompt     = pieces before + encode(content) + pieces after
    completion = encode(names joined by newline) + [end];   a refusal is [end] alone

The pieces are those of the base's chat format (`chat_format.py`). For Mistral v0.3, they are [BOS] [INST] and
[/INST], and the end is [EOS].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .chat_format import MESSAGE, Piece, chosen_template, find_format, rendered_prompt
from .failure import TrainerFailure
from .rows import Row

IGNORED = -100


@dataclass(frozen=True)
class EncodedRow:
    row: Row
    prompt_ids: tuple[int, ...]
    completion_ids: tuple[int, ...]

    @property
    def length(self) -> int:
        return len(self.prompt_ids) + len(self.completion_ids)

    def example(self) -> dict[str, list[int]]:
        """Returns the input for TRL, with loss on the completion only."""
        return {
            "input_ids": [*self.prompt_ids, *self.completion_ids],
            "labels": [*[IGNORED] * len(self.prompt_ids), *self.completion_ids],
        }


class PromptEncoder:
    """Encodes rows with a Hugging Face tokenizer whose chat template renders a known chat format."""

    def __init__(self, tokenizer: Any, prompt_template: str) -> None:
        self.tokenizer = tokenizer
        self.prompt_template = prompt_template
        self._specials = {"bos": tokenizer.bos_token, "eos": tokenizer.eos_token}
        template = chosen_template(getattr(tokenizer, "chat_template", None))
        self.format = find_format(template, self._specials, lambda text: self._number(text) is not None)
        self._before = self._ids(self.format.before)
        self._after = self._ids(self.format.after)
        (self.eos,) = self._ids((self.format.end,))
        self._prove_that_text_stays_text()
        # A dummy prefix that the tokenizer's own decoder doesn't remove.
        self._keeps_prefix = self._text(self.encode("a")).startswith(" ")
        if template is not None:
            self._prove_that_ids_are_the_templates(template)

    def _number(self, token: str | None) -> int | None:
        number = self.tokenizer.convert_tokens_to_ids(token) if token else None
        return None if number == self.tokenizer.unk_token_id else number

    def _ids(self, pieces: tuple[Piece, ...]) -> list[int]:
        ids: list[int] = []
        for piece in pieces:
            ids += self.encode(piece.text) if piece.kind == "text" else [self._control(piece)]
        return ids

    def _control(self, piece: Piece) -> int:
        number = self._number(self._specials[piece.text] if piece.kind == "special" else piece.text)
        if number is None:
            raise TrainerFailure("bad-value", "the base model's tokenizer has no BOS or EOS token")
        return number

    def _prove_that_text_stays_text(self) -> None:
        """Refuses tokenizers that read control tokens from text: a description could then end the prompt."""
        texts = [*self.format.controls, *(text for text in self._specials.values() if text)]
        control = {self._number(text) for text in texts}
        for text in (spoof for token in texts for spoof in (f"a {token} b", f"{token} a", f"a{token}")):
            if control & set(self.encode(text)):
                raise TrainerFailure(
                    "bad-value", f"the base model's tokenizer turns the text {text!r} into control tokens"
                )

    def _prove_that_ids_are_the_templates(self, template: str) -> None:
        """Refuses a base whose prompt ids don't decode to what its chat template renders."""
        decoded = self._text([*self._before, *self.encode(MESSAGE), *self._after])
        if not self.format.same(decoded, rendered_prompt(template, self._specials)):
            raise TrainerFailure(
                "bad-value",
                f"the base model's tokenizer can't write its chat format ({self.format.name}) exactly",
            )

    def encode(self, text: str) -> list[int]:
        """Returns the ids of plain text: no BOS, and nothing in the text becomes a control token."""
        return self.tokenizer.encode(text, add_special_tokens=False, split_special_tokens=True)

    def decode(self, ids: list[int]) -> str:
        """Returns the text of completion ids up to EOS, without the space of the dummy prefix."""
        kept = ids[: ids.index(self.eos)] if self.eos in ids else ids
        text = self._text(kept)
        return text.removeprefix(" ") if self._keeps_prefix else text

    def _text(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=False, clean_up_tokenization_spaces=False)

    def content(self, description: str) -> str:
        """Returns the user's message: the template with the description inserted literally."""
        head, tail = self.prompt_template.split("{description}")
        return head + description + tail

    def prompt(self, description: str) -> list[int]:
        return [*self._before, *self.encode(self.content(description)), *self._after]

    def completion(self, suggestions: tuple[str, ...]) -> list[int]:
        return [*(self.encode("\n".join(suggestions)) if suggestions else []), self.eos]

    def encode_row(self, row: Row) -> EncodedRow:
        self.format.refuse_reserved(row.description, row.row)
        return EncodedRow(row, tuple(self.prompt(row.description)), tuple(self.completion(row.suggestions)))

    def encode_rows(self, rows: list[Row], max_length: int) -> list[EncodedRow]:
        """Encodes every row; none is truncated or dropped.

        Raises TrainerFailure naming a row over `max_length`.
        """
        encoded = [self.encode_row(row) for row in rows]
        too_long = [row for row in encoded if row.length > max_length]
        if too_long:
            longest = max(row.length for row in too_long)
            message = (
                f"row {too_long[0].row.row} has {too_long[0].length} tokens, but the maximum is {max_length}"
            )
            hint = (
                f"{len(too_long)} row(s) are too long. Shorten them, or set maxLength to at least {longest}."
            )
            raise TrainerFailure("bad-value", message, hint, row=too_long[0].row.row)
        return encoded
