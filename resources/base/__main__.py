"""`python -m base`: prints the corpus, or makes the base from nothing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m base", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    corpus = commands.add_parser("corpus", help="print documents as JSON lines {prompt, completion}")
    corpus.add_argument("--seed", type=int, default=1)
    corpus.add_argument("--n", type=int, default=1000, help="number of documents")
    build = commands.add_parser("build", help="tokenizer, pre-training, safetensors and f16 GGUF")
    build.add_argument("--out", type=Path, required=True, help="folder of the finished base")
    build.add_argument(
        "--work", type=Path, help="folder of checkpoint and log (default: OUT.work); resumed if there"
    )
    build.add_argument("--seed", type=int, default=1)
    build.add_argument(
        "--minutes", type=float, help="train for about so long; the number of steps is then stored"
    )
    build.add_argument("--steps", type=int, help="train exactly so many steps: repeats a run bit by bit")
    build.add_argument("--processes", type=int, default=2)
    measure = commands.add_parser("measure", help="how a base answers descriptions, greedily")
    measure.add_argument("--model", type=Path, required=True)
    measure.add_argument(
        "--descriptions", type=Path, help="one a line (default: 200 of the corpus's own kind)"
    )
    measure.add_argument("--show", action="store_true", help="print each answer too")
    return parser.parse_args()


def _print_corpus(seed: int, count: int) -> None:
    from .corpus import documents

    for document in documents(seed, count):
        line = {"prompt": document.prompt, "completion": document.completion}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def _measure(model: Path, descriptions: Path | None, show: bool) -> None:
    from dataclasses import asdict

    from .measure import Namer, measured, own_text

    lines = descriptions.read_text(encoding="utf-8").splitlines() if descriptions else own_text(777, 200)
    asked = [line for line in lines if line.strip()]
    answers = Namer(model).answers(asked)
    if show:
        for description, answer in zip(asked, answers):
            print(json.dumps({"description": description, "answer": answer}, ensure_ascii=False))
    print(json.dumps(asdict(measured(asked, answers))))


def main() -> int:
    arguments = _arguments()
    if arguments.command == "corpus":
        _print_corpus(arguments.seed, arguments.n)
        return 0
    if arguments.command == "measure":
        _measure(arguments.model, arguments.descriptions, arguments.show)
        return 0
    if (arguments.minutes is None) == (arguments.steps is None):
        print("Give either --minutes or --steps.", file=sys.stderr)
        return 2
    from .build import build

    work = arguments.work or arguments.out.with_name(arguments.out.name + ".work")
    build(arguments.out, work, arguments.seed, arguments.minutes, arguments.steps, arguments.processes)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(0)
