"""Adopts an adapter from elsewhere: `adopt` reads from top to bottom, one stage after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import Any

from . import base_model, device, folder_lock
from .adapter_gguf import CONTROLS, convert_with_control
from .base_gguf import check_convertible
from .disk import fsync_tree, require_folder
from .encoding import PromptEncoder
from .events import EventStream
from .failure import TrainerFailure
from .foreign_adapter import ForeignAdapter, take_adapter
from .record import package_versions
from .spec import AdoptSpec, BaseSource

HOLD_PATIENCE_SECONDS = 10
# Sequences of the parity gate that are answered at once.
BATCH = 8


def adopt(spec: AdoptSpec, events: EventStream) -> None:
    """Writes adapter/, adapter.gguf (not with DoRA), the gate's control and parity.json into the outDir."""
    out = Path(spec.out_dir)
    require_folder(out)
    with folder_lock.held(out, events, HOLD_PATIENCE_SECONDS):
        _adopt(spec, events, out)


def _adopt(spec: AdoptSpec, events: EventStream, out: Path) -> None:
    events.stage("check-adapter")
    base = base_model.resolve(spec.base)
    check_convertible(base)
    adapter = take_adapter(Path(spec.adapter_dir), out / "adapter", base, spec.base)
    warn_of_other_base(adapter.config.named_base, spec.base, events)

    written = [out / "adapter", out / "parity.json"]
    if not adapter.config.dora:
        events.stage("convert-adapter")
        convert_with_control(base.config, out, adapter.modules, spec.adapter_gguf)
        written.append(out / "adapter.gguf")
    if (out / CONTROLS).exists():
        written.append(out / CONTROLS)

    with _explained_shortage():
        device_name = _write_reference(spec, events, base, out)
    fsync_tree(written)
    _report(events, adapter, device_name)


@contextmanager
def _explained_shortage() -> Iterator[None]:
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        from .memory import is_out_of_memory

        if not is_out_of_memory(error):
            raise
        hint = "Close other programs. With DEVICE=cpu, the adoption needs no memory of a GPU."
        raise TrainerFailure("missing", "not enough memory to run the base with the adapter", hint) from error


def _write_reference(
    spec: AdoptSpec, events: EventStream, base: base_model.BaseFolder, out: Path
) -> device.DeviceName:
    """Writes parity.json with the base and the adapter as PEFT loads them."""
    events.stage("import")
    import torch
    from peft import PeftModel

    from . import parity

    name = device.choose_device(spec.device, device.available_devices(torch))
    plan = device.plan(name, spec.precision, name != "cuda" or torch.cuda.is_bf16_supported())
    threads = spec.threads
    if threads is None and plan.device == "cpu":
        threads = device.free_threads(torch.get_num_threads())
    device.prepare(torch, plan, threads)

    events.stage("load-base")
    encoder = PromptEncoder(base_model.load_tokenizer(base), spec.prompt_template)
    loaded = base_model.load_model(base, plan, device.chosen_attention(spec.attention, plan))
    model: Any = PeftModel.from_pretrained(loaded, out / "adapter", torch_device=str(loaded.device))

    events.stage("parity-reference")
    rows = [parity.Sequence(spec.source, text) for text in spec.descriptions]
    sequences = parity.with_hard_texts(rows, spec.parity.sequences, encoder.format.reserved)
    target, top, tokens = out / "parity.json", spec.parity.top, spec.parity.max_new_tokens
    positions = parity.write_reference(target, model, encoder, sequences, spec.precision, top, tokens, BATCH)
    events.emit("parity-reference", path=target.name, sequences=len(sequences), positions=positions)
    return plan.device


def warn_of_other_base(named: str | None, base: BaseSource, events: EventStream) -> None:
    """Only the shapes decide: a base has many names, and the adapter's may be a path of another machine."""
    if named is None or _last(named) in {_last(own) for own in (base.name, base.id) if own}:
        return
    message = (
        f"the adapter names {named} as its base, but this workspace's base is {base.id or base.name}. "
        "The shapes match, but the weights may be different."
    )
    events.warning("other-base", message)


def _last(name: str) -> str:
    return PureWindowsPath(name.rstrip("/\\")).name.lower()


def _report(events: EventStream, adapter: ForeignAdapter, device_name: device.DeviceName) -> None:
    config = adapter.config
    ranks = sorted({config.rank_of(module) for module in adapter.modules})
    events.emit(
        "done",
        config=adapter.config_hash,
        weights=adapter.weights_hash,
        namedBase=config.named_base,
        ranks=ranks,
        modules=len(adapter.modules),
        rslora=config.rslora,
        dora=config.dora,
        device=device_name,
        packages=package_versions(),
    )
