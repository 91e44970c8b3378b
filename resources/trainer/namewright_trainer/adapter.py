"""The trained adapter on disk, in PEFT's format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from .spec import BaseSource


def save_adapter(model: Any, target: Path, base: BaseSource) -> None:
    """Writes adapter_model.safetensors and adapter_config.json; the same adapter gives the same bytes."""
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    model.save_pretrained(partial)
    (partial / "README.md").unlink(missing_ok=True)
    config = json.loads((partial / "adapter_config.json").read_text(encoding="utf-8"))
    # PEFT writes this machine's path, and the modules in random (set) order.
    config["base_model_name_or_path"] = base.id or base.name
    config["revision"] = base.revision
    config["target_modules"] = sorted(config["target_modules"])
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (partial / "adapter_config.json").write_text(text, encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    partial.rename(target)
