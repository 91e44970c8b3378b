"""Devices and packages of this Python environment, for `namewright doctor`."""

from __future__ import annotations

import importlib.util
import platform
from typing import Any

import psutil

from .record import package_versions


def probe() -> dict[str, Any]:
    """Returns one JSON document: versions, devices, and memory in bytes."""
    import torch

    from .device import available_devices, choose_device

    devices = available_devices(torch)
    memory = psutil.virtual_memory()
    found: dict[str, Any] = {
        "packages": package_versions(),
        "platform": f"{platform.system()} {platform.machine()}",
        "devices": devices,
        "chosen": choose_device("auto", devices),
        "cpuThreads": torch.get_num_threads(),
        "memory": {"totalBytes": memory.total, "availableBytes": memory.available},
        "cuda": None,
        "bitsandbytes": importlib.util.find_spec("bitsandbytes") is not None,
    }
    if "cuda" in devices:
        free, total = torch.cuda.mem_get_info()
        found["cuda"] = {
            "name": torch.cuda.get_device_name(0),
            "freeBytes": free,
            "totalBytes": total,
            "bfloat16": torch.cuda.is_bf16_supported(),
            "version": torch.version.cuda,
        }
    return found
