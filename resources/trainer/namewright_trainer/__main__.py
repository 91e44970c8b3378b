"""The command line: `python -m namewright_trainer VERB --help`."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from .disk import is_disk_full
from .events import EventStream
from .failure import EXIT_CODES, TrainerFailure
from .stop import StopWatch

DESCRIPTION = """\
Fine-tunes a LoRA adapter on a Mistral or Llama base with TRL, and converts models to GGUF.

Every verb writes only JSON lines to standard output, one event per line with a "kind". Logs go to standard
error. Exit codes: 0 done, 1 check failed, 2 usage error, 3 invalid file or value, 4 something
is missing, 5 a service refused, 70 internal error, 143 stopped (resumable if a checkpoint was written).

Environment: DEVICE (auto, cpu, cuda, mps); LLAMA_QUANTIZE (the llama-quantize that makes K-quants).
"""

TRAIN = """\
Reads a spec (TrainSpecSchema in shared/schema/training.ts) and writes into its outDir:
  adapter/       adapter_config.json, adapter_model.safetensors (best checkpoint)
  adapter.gguf   the same adapter for llama.cpp (with DoRA: none, merge it)
  parity.json    reference for the parity gate
  training.json  all inputs and settings, and the outcome
  checkpoints/   checkpoint-STEP; valid once it has a complete.json
SIGTERM, SIGINT (and the end of standard input with --watch-stdin) save a checkpoint and exit with 143.
"""

ADOPT = """\
Reads a spec (AdoptSpecSchema in shared/schema/adoption.ts) and writes into its outDir:
  adapter/       the adapter with a configuration of our own
  adapter.gguf   the same adapter for llama.cpp (with DoRA: none, merge it)
  parity.json    reference for the parity gate
"""

# The keys of gguf_tensors.PRECISIONS and quantize.K_QUANTS, which take too long to import for the help.
BASE_PRECISIONS = ["f32", "f16", "bf16", "q8_0", "q4_0", "q4_k_m", "q5_k_m", "q6_k"]


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("namewright_trainer", description=DESCRIPTION, formatter_class=raw)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, text: str, description: str | None = None) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=text, description=description or text, formatter_class=raw)

    train = verb("train", "train an adapter from a spec", TRAIN)
    train.add_argument("--spec", type=Path, required=True, help="the spec (a JSON file)")
    train.add_argument(
        "--resume", action="store_true", help="resume from the last complete checkpoint in outDir"
    )
    train.add_argument("--watch-stdin", action="store_true", help="stop when standard input ends")

    base = verb(
        "convert-base",
        "convert a Hugging Face folder to GGUF, tensor by tensor (uses at most 2 GB of memory)",
    )
    base.add_argument("--base", type=Path, required=True, help="folder with config.json and safetensors")
    base.add_argument("--out", type=Path, required=True, help="the GGUF file to write")
    base.add_argument("--precision", choices=BASE_PRECISIONS, default="f16")

    adapter = verb("convert-adapter", "convert a PEFT LoRA adapter to GGUF")
    adapter.add_argument(
        "--base", type=Path, required=True, help="folder of the base model (its config.json is read)"
    )
    adapter.add_argument("--adapter", type=Path, required=True, help="folder of the adapter")
    adapter.add_argument("--out", type=Path, required=True, help="the GGUF file to write")
    adapter.add_argument("--precision", choices=["f32", "f16"], default="f16")

    merge = verb(
        "merge", "merge an adapter into its base model, as a safetensors folder, a GGUF file or both"
    )
    merge.add_argument("--base", type=Path, required=True, help="folder of the base model")
    merge.add_argument("--adapter", type=Path, required=True, help="folder of the adapter")
    merge.add_argument("--out", type=Path, help="the safetensors folder to write; must not exist")
    merge.add_argument("--gguf", type=Path, help="the GGUF file to write")
    merge.add_argument(
        "--precision",
        choices=BASE_PRECISIONS,
        default="f16",
        help="precision of the GGUF file",
    )

    adopt = verb("adopt", "check and convert a PEFT adapter from elsewhere, for the parity gate", ADOPT)
    adopt.add_argument("--spec", type=Path, required=True, help="the spec (a JSON file)")
    adopt.add_argument("--watch-stdin", action="store_true", help="stop when standard input ends")

    verb("probe", "print the devices and packages available for training as one JSON document")

    speed = verb(
        "probe-speed", "find the threads, workers and batch size that train a spec fastest; keeps no files"
    )
    speed.add_argument("--spec", type=Path, required=True, help="the spec (its outDir is ignored)")
    speed.add_argument("--seconds", type=float, default=60, help="time limit, imports included")
    speed.add_argument("--watch-stdin", action="store_true", help="stop when standard input ends")

    times = verb("time-steps", "time a spec's optimizer steps; keeps no files")
    times.add_argument("--spec", type=Path, required=True, help="the spec (its outDir is ignored)")
    times.add_argument("--seconds", type=float, default=60, help="time limit, after loading the base")
    times.add_argument("--watch-stdin", action="store_true", help="stop when standard input ends")

    random = verb("random-base", "write a base of Mistral 7B v0.3's shape with random weights")
    random.add_argument("--layers", type=int, default=32, help="layers to write; each has the full width")
    random.add_argument("--out", type=Path, required=True, help="the folder to write; must not exist")
    random.add_argument("--watch-stdin", action="store_true", help="stop when standard input ends")

    unpack = verb("unpack-gguf", "write the Hugging Face folder of the model in a GGUF file")
    unpack.add_argument("--gguf", type=Path, required=True, help="the GGUF file")
    unpack.add_argument("--out", type=Path, required=True, help="the folder to write")
    unpack.add_argument("--watch-stdin", action="store_true", help="stop when standard input ends")
    return parser


def _train(options: argparse.Namespace, events: EventStream) -> int:
    # Starts before anything slow, so that an early stop is not missed.
    stop = StopWatch(events)
    stop.start(options.watch_stdin)

    from .checkpoints import CheckpointStore
    from .memory import explained_shortage
    from .spec import read_spec
    from .train import Training, train

    spec = read_spec(options.spec)
    spec = dataclasses.replace(spec, resume=spec.resume or options.resume)
    stop.grace_seconds = spec.stop_grace_seconds
    training = Training(spec, events, stop, CheckpointStore(Path(spec.out_dir) / "checkpoints"))
    with explained_shortage(training):
        return train(training)


def _convert_base(options: argparse.Namespace, events: EventStream) -> int:
    from .base_model import open_folder
    from .quantize import convert

    convert(open_folder(options.base), options.out, options.precision, _telling(events))
    return _converted(events, options.out, None)


def _convert_adapter(options: argparse.Namespace, events: EventStream) -> int:
    from .adapter_gguf import convert_adapter
    from .base_model import open_folder

    convert_adapter(open_folder(options.base).config, options.adapter, options.out, options.precision)
    return _converted(events, options.out, None)


def _merge(options: argparse.Namespace, events: EventStream) -> int:
    from .base_model import open_folder
    from .merge import merge_adapter, read_adapter
    from .quantize import convert

    base = open_folder(options.base)
    if not (options.out or options.gguf):
        raise TrainerFailure("usage", "nothing to write", "Give --out, --gguf or both.")
    if options.out:
        merge_adapter(base, options.adapter, options.out)
    if options.gguf:
        adapter = read_adapter(options.adapter)
        convert(base, options.gguf, options.precision, _telling(events), adapter)
    return _converted(events, options.gguf, options.out)


def _adopt(options: argparse.Namespace, events: EventStream) -> int:
    StopWatch(events).start(options.watch_stdin)

    from .adopt import adopt
    from .spec import read_adopt_spec

    adopt(read_adopt_spec(options.spec), events)
    return 0


def _telling(events: EventStream) -> Callable[[int, int], None]:
    return lambda done, total: events.emit("convert", tensor=done, tensors=total)


def _converted(events: EventStream, gguf: Path | None, folder: Path | None) -> int:
    from .memory import peak_resident_bytes

    events.emit(
        "done",
        gguf=str(gguf) if gguf else None,
        folder=str(folder) if folder else None,
        bytes=gguf.stat().st_size if gguf else None,
        peakRssBytes=peak_resident_bytes(),
    )
    return 0


def _probe(options: argparse.Namespace, events: EventStream) -> int:
    from .probe import probe

    events.emit("probe", **probe())
    return 0


def _probe_speed(options: argparse.Namespace, events: EventStream) -> int:
    stop = StopWatch(events)
    stop.start(options.watch_stdin)

    from .spec import read_spec
    from .speed import probe_speed

    probe_speed(read_spec(options.spec), events, stop, options.seconds)
    return 0


def _time_steps(options: argparse.Namespace, events: EventStream) -> int:
    stop = StopWatch(events)
    stop.start(options.watch_stdin)

    from .spec import read_spec
    from .step_times import time_steps

    time_steps(read_spec(options.spec), events, stop, options.seconds)
    return 0


def _random_base(options: argparse.Namespace, events: EventStream) -> int:
    StopWatch(events).start(options.watch_stdin)

    from .memory import peak_resident_bytes
    from .random_base import write_random_base

    written = write_random_base(
        options.out, options.layers, 1, lambda done, total: events.emit("shard", shard=done, shards=total)
    )
    events.emit("done", bytes=written, peakRssBytes=peak_resident_bytes())
    return 0


def _unpack_gguf(options: argparse.Namespace, events: EventStream) -> int:
    StopWatch(events).start(options.watch_stdin)

    from .dequantized_base import write_dequantized

    write_dequantized(options.gguf, options.out)
    return _converted(events, None, options.out)


VERBS: dict[str, Callable[[argparse.Namespace, EventStream], int]] = {
    "train": _train,
    "convert-base": _convert_base,
    "convert-adapter": _convert_adapter,
    "merge": _merge,
    "adopt": _adopt,
    "probe": _probe,
    "probe-speed": _probe_speed,
    "time-steps": _time_steps,
    "random-base": _random_base,
    "unpack-gguf": _unpack_gguf,
}


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    events = EventStream.take_stdout()
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "warning")
    try:
        return VERBS[options.verb](options, events)
    except TrainerFailure as failure:
        events.emit("error", code=failure.code, message=failure.message, hint=failure.hint, row=failure.row)
        return failure.exit_code
    except ModuleNotFoundError as error:
        traceback.print_exc()
        message = f"the Python environment is missing the package {error.name}"
        events.emit(
            "error", code="missing", message=message, hint="Rebuild the Python environment.", row=None
        )
        return EXIT_CODES["missing"]
    except Exception as error:
        traceback.print_exc()
        if is_disk_full(error):
            hint = "Free some disk space, then resume the run or start it again."
            events.emit("error", code="missing", message=f"the disk is full: {error}", hint=hint, row=None)
            return EXIT_CODES["missing"]
        message = f"{type(error).__name__}: {error}"
        events.emit("error", code="defect", message=message, hint="The traceback is in the log.", row=None)
        return EXIT_CODES["defect"]


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # Threads that wait for a signal or for standard input must not keep the process alive.
    os._exit(code)
