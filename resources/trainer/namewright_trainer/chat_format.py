"""Chat formats as data: the pieces around system, user and answer, of `chat_formats.json`.

A piece is a control token by its text, the tokenizer's own BOS or EOS, or plain text. A base's format is the
one whose pieces have the text that the base's chat template renders. `shared/domain/chat/chatFormat.ts` reads
the same file and finds the same format.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from .failure import TrainerFailure

DATA = Path(__file__).with_name("chat_formats.json")
# The format of a base without a chat template.
DEFAULT = "mistral-v3"
MESSAGE = "namewright-message"


@dataclass(frozen=True)
class Piece:
    """`text` is the control token's or plain text, or "bos" or "eos"."""

    kind: Literal["control", "special", "text"]
    text: str


@dataclass(frozen=True)
class ChatFormat:
    """`system` is the system message that the base's template adds by itself, if it adds one."""

    name: str
    start: tuple[Piece, ...]
    around_system: tuple[tuple[Piece, ...], tuple[Piece, ...]] | None
    around_user: tuple[tuple[Piece, ...], tuple[Piece, ...]]
    end: Piece
    reserved: tuple[str, ...]
    ignores_spaces: bool
    system: str | None = None

    @property
    def before(self) -> tuple[Piece, ...]:
        """Returns the pieces from the start of the prompt to the user's message."""
        if self.system is None or self.around_system is None:
            return (*self.start, *self.around_user[0])
        opening, closing = self.around_system
        return (*self.start, *opening, Piece("text", self.system), *closing, *self.around_user[0])

    @property
    def after(self) -> tuple[Piece, ...]:
        """Returns the pieces from the user's message to the answer."""
        return self.around_user[1]

    @property
    def controls(self) -> tuple[str, ...]:
        """Returns the texts of the control tokens that the base must have."""
        pieces = (*self.before, *self.after, self.end)
        return tuple(dict.fromkeys(piece.text for piece in pieces if piece.kind == "control"))

    def same(self, one: str, other: str) -> bool:
        """Whether two rendered texts are the same prompt: Mistral's templates differ in spaces that the
        tokenizer adds."""
        if self.ignores_spaces:
            one, other = one.replace(" ", ""), other.replace(" ", "")
        return one == other

    def refuse_reserved(self, text: str, row: int | None = None) -> None:
        """Raises TrainerFailure for a text that would end the prompt, because it is a piece of plain text."""
        found = [word for word in self.reserved if word in text]
        if found:
            message = f"a description contains {found[0]}, which ends the prompt of this base model"
            raise TrainerFailure("bad-value", message, "Remove it from the description.", row=row)


@cache
def chat_formats() -> dict[str, ChatFormat]:
    """Returns the known formats by name, in the order in which they are tried."""
    document = json.loads(DATA.read_text(encoding="utf-8"))
    return {name: _format(name, data) for name, data in document.items()}


def _format(name: str, data: dict[str, Any]) -> ChatFormat:
    def pieces(listed: list[dict[str, str]]) -> tuple[Piece, ...]:
        return tuple(Piece(*next(iter(piece.items()))) for piece in listed)

    system = data["system"]
    return ChatFormat(
        name,
        pieces(data["start"]),
        None if system is None else (pieces(system[0]), pieces(system[1])),
        (pieces(data["user"][0]), pieces(data["user"][1])),
        pieces([data["end"]])[0],
        tuple(data["reserved"]),
        data["ignoresSpaces"],
    )


def find_format(
    template: str | None, specials: dict[str, str | None], is_control: Callable[[str], bool]
) -> ChatFormat:
    """Returns the format of a base by its chat template and its control tokens.

    `specials` has the texts of "bos" and "eos". Raises TrainerFailure if no known format fits.
    """
    if template is None:
        found = [chat_formats()[DEFAULT]]
    else:
        rendered = rendered_prompt(template, specials)
        found = [match for known in chat_formats().values() if (match := _match(known, rendered, specials))]
    if not found:
        hint = f"Known formats: {', '.join(chat_formats())}."
        raise TrainerFailure(
            "bad-value", "the base model's chat template renders none of the known chat formats", hint
        )
    lacking = [_lacking(known, specials, is_control) for known in found]
    if all(lacking):
        message = f"the base model's tokenizer has no {', '.join(lacking[0])}"
        raise TrainerFailure("bad-value", message, "Use an instruction-tuned base model or the embedded one.")
    return found[lacking.index([])]


def _lacking(
    known: ChatFormat, specials: dict[str, str | None], is_control: Callable[[str], bool]
) -> list[str]:
    """Returns the control tokens of a format that the base hasn't."""
    special = {piece.text for piece in (*known.before, known.end) if piece.kind == "special"}
    own = [specials[name] or name.upper() for name in sorted(special)]
    return [text for text in (*own, *known.controls) if not is_control(text)]


def _match(known: ChatFormat, rendered: str, specials: dict[str, str | None]) -> ChatFormat | None:
    def text(pieces: tuple[Piece, ...]) -> str:
        return text_of(pieces, specials)

    user = text(known.around_user[0]) + MESSAGE + text(known.around_user[1])
    if known.same(text(known.start) + user, rendered):
        return known
    if known.around_system is None:
        return None
    opening = text((*known.start, *known.around_system[0]))
    closing = text(known.around_system[1]) + user
    fits = rendered.startswith(opening) and rendered.endswith(closing)
    if not fits or len(rendered) < len(opening) + len(closing):
        return None
    system = rendered[len(opening) : len(rendered) - len(closing)]
    return None if any(control in system for control in known.controls) else replace(known, system=system)


def text_of(pieces: tuple[Piece, ...], specials: dict[str, str | None]) -> str:
    """Returns the text of pieces as a chat template renders it."""
    return "".join(
        (specials[piece.text] or "") if piece.kind == "special" else piece.text for piece in pieces
    )


def rendered_prompt(template: str, specials: dict[str, str | None]) -> str:
    """Renders a template for one user message.

    `strftime_now` is not defined, so a template with a date takes its fixed one: a prompt must not change
    from day to day. Raises TrainerFailure if the template can't be rendered.
    """
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def raise_exception(message: str) -> None:
        raise TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    # No format needs it, and a foreign template could ask for millions.
    del environment.globals["range"]
    environment.globals["raise_exception"] = raise_exception
    values = {f"{name}_token": text or "" for name, text in specials.items()}
    messages = [{"role": "user", "content": MESSAGE}]
    try:
        return environment.from_string(template).render(
            messages=messages, add_generation_prompt=True, tools=None, documents=None, **values
        )
    except Exception as error:  # A template is foreign code: it may raise anything.
        said = f"{type(error).__name__}: {error}"
        raise TrainerFailure(
            "bad-value", f"the base model's chat template can't be rendered: {said}"
        ) from error


def chosen_template(stored: Any) -> str | None:
    """Returns the template of a tokenizer: a text, or the one named "default" among several."""
    if isinstance(stored, list):
        stored = {entry.get("name"): entry.get("template") for entry in stored if isinstance(entry, dict)}
    if isinstance(stored, dict):
        stored = stored.get("default")
    return stored if isinstance(stored, str) else None
