"""transformers and peft, `generate` row by row, as the study did. One JSON line of prompts in, one line out."""

from __future__ import annotations

import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def main() -> None:
    base, adapter, max_tokens = sys.argv[1], sys.argv[2], int(sys.argv[3])
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    if adapter:
        from peft import PeftModel

        model = PeftModel.from_pretrained(model, adapter)
    model.eval()
    inst, end_inst = tokenizer.convert_tokens_to_ids(["[INST]", "[/INST]"])

    def complete(content: str) -> str:
        text = tokenizer.encode(content, add_special_tokens=False, split_special_tokens=True)
        ids = torch.tensor([[tokenizer.bos_token_id, inst, *text, end_inst]])
        made = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=max_tokens,
            do_sample=False,
            pad_token_id=tokenizer.eos_token_id,
        )
        return tokenizer.decode(made[0, ids.shape[1] :], skip_special_tokens=True).removeprefix(" ")

    print(json.dumps({"threads": torch.get_num_threads()}), flush=True)
    for line in sys.stdin:
        began, used = time.perf_counter(), time.process_time()
        with torch.inference_mode():
            texts = [complete(content) for content in json.loads(line)]
        seconds, processor = time.perf_counter() - began, time.process_time() - used
        answer = {"seconds": seconds, "processorSeconds": processor, "texts": texts}
        print(json.dumps(answer), flush=True)


main()
