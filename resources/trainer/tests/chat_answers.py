"""Writes a random base, an adapter and their answers for each chat format, for the tests of the engine:

python -m tests.chat_answers FOLDER CASE…
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import torch

from namewright_trainer.adapter_gguf import convert_adapter
from namewright_trainer.base_gguf import convert_base
from namewright_trainer.base_model import open_folder
from namewright_trainer.encoding import PromptEncoder
from namewright_trainer.generation import greedy
from namewright_trainer.parity import HARD_DESCRIPTIONS, ForcedModel, choose_sequences

from .chat_bases import ARCHITECTURE_OF, make_chat_base

TEMPLATE = "Suggest five domain names for this business: {description}"
NEW_TOKENS = 12


def write_answers(folder: Path, case: str) -> None:
    """Writes the folder, base.gguf, adapter.gguf and answers.json of a case."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from namewright_trainer.spec import SEVEN_PROJECTIONS

    base = make_chat_base(folder / "base", case)
    convert_base(open_folder(base), folder / "base.gguf", "f32", lambda *_: None)
    torch.manual_seed(5)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=list(SEVEN_PROJECTIONS), init_lora_weights=False)
    adapted = get_peft_model(model, config).eval()
    adapted.save_pretrained(folder / "adapter")
    convert_adapter(open_folder(base).config, folder / "adapter", folder / "adapter.gguf", "f32")
    encoder = PromptEncoder(AutoTokenizer.from_pretrained(base), TEMPLATE)
    forced = ForcedModel(adapted)
    spoof = "".join(encoder.format.controls)
    allowed = choose_sequences([], [], len(HARD_DESCRIPTIONS), encoder.format.reserved)
    texts = [*(sequence.description for sequence in allowed), f"a {spoof} shop"]
    document = {"eos": encoder.eos, "answers": [_answer(encoder, adapted, forced, text) for text in texts]}
    (folder / "answers.json").write_text(json.dumps(document), encoding="utf-8")


def _answer(encoder: PromptEncoder, model: Any, forced: ForcedModel, description: str) -> dict[str, Any]:
    prompt = encoder.prompt(description)
    (ids,) = greedy(model, [prompt], encoder.eos, encoder.eos, NEW_TOKENS)
    logs = {"on": forced.logits(prompt, ids), "off": forced.logits_without_adapter(prompt, ids)}
    chosen = {
        name: [round(row[number].item(), 6) for row, number in zip(logits.log_softmax(-1), ids, strict=True)]
        for name, logits in logs.items()
    }
    text = encoder.decode(ids)
    return {"content": encoder.content(description), "promptIds": prompt, "ids": ids, "text": text, **chosen}


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[2:] or ARCHITECTURE_OF:
        write_answers(Path(sys.argv[1]) / name, name)
