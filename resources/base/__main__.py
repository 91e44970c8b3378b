"""`python -m base`: prints the corpus, or builds the base model from scratch."""

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
    build = commands.add_parser("build", help="train tokenizer and model, and write safetensors and f16 GGUF")
    build.add_argument("--out", type=Path, required=True, help="folder for the finished base model")
    build.add_argument(
        "--work", type=Path, help="folder for checkpoint and log (default: OUT.work); resumed if it exists"
    )
    build.add_argument("--seed", type=int, default=1)
    build.add_argument(
        "--minutes", type=float, help="approximate training time; the resulting number of steps is stored"
    )
    build.add_argument("--steps", type=int, help="exact number of steps; reproduces a run bit for bit")
    build.add_argument("--processes", type=int, default=2)
    measure = commands.add_parser("measure", help="measure greedy answers of a base model")
    measure.add_argument("--model", type=Path, required=True)
    measure.add_argument(
        "--descriptions", type=Path, help="file with one description per line (default: 200 from the corpus)"
    )
    measure.add_argument("--show", action="store_true", help="also print each answer")
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
        print("Use either --minutes or --steps.", file=sys.stderr)
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
