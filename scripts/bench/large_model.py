"""Writes a GGUF file with the vocabulary of Mistral 7B (32,768 tokens) and random weights: few layers, a full head.

Usage: large_model.py FILE
"""

import sys

import gguf
import numpy as np

WIDTH, FEED_FORWARD, LAYERS, HEADS, KEY_VALUE_HEADS, VOCABULARY = 1024, 2048, 2, 16, 4, 32768
HEAD_WIDTH = WIDTH // HEADS
# Logits as spread out as those of a trained model: their standard deviation is about 5.
LOGIT_SPREAD = 5.0
SPECIALS = ["<unk>", "<s>", "</s>", "[INST]", "[/INST]"]
UNKNOWN, NORMAL, CONTROL, BYTE = 2, 1, 3, 6


def tokens() -> tuple[list[str], list[float], list[int]]:
    """Returns the control tokens, 256 bytes, the printable characters and made-up words."""
    texts = [*SPECIALS, *(f"<0x{byte:02X}>" for byte in range(256)), "▁"]
    texts += [chr(code) for code in range(33, 127)]
    texts += [f"▁w{number}" for number in range(VOCABULARY - len(texts))]
    bytes_end = len(SPECIALS) + 256
    types = [UNKNOWN, *[CONTROL] * 4, *[BYTE] * 256, *[NORMAL] * (VOCABULARY - bytes_end)]
    scores = [0.0] * bytes_end + [-float(number) for number in range(VOCABULARY - bytes_end)]
    return texts, scores, types


def main(path: str) -> None:
    random = np.random.default_rng(1)

    def weight(rows: int, columns: int, spread: float = 1.0) -> np.ndarray:
        values = random.standard_normal((rows, columns), dtype=np.float32)
        return (values * np.float32(spread / np.sqrt(columns))).astype(np.float16)

    writer = gguf.GGUFWriter(path, "llama")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_vocab_size(VOCABULARY)
    writer.add_context_length(4096)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEY_VALUE_HEADS)
    writer.add_rope_dimension_count(HEAD_WIDTH)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(1e-5)
    texts, scores, types = tokens()
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(texts)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(True)
    narrow = KEY_VALUE_HEADS * HEAD_WIDTH
    for layer in range(LAYERS):
        name = f"blk.{layer}"
        writer.add_tensor(f"{name}.attn_norm.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(f"{name}.attn_q.weight", weight(WIDTH, WIDTH))
        writer.add_tensor(f"{name}.attn_k.weight", weight(narrow, WIDTH))
        writer.add_tensor(f"{name}.attn_v.weight", weight(narrow, WIDTH))
        writer.add_tensor(f"{name}.attn_output.weight", weight(WIDTH, WIDTH))
        writer.add_tensor(f"{name}.ffn_norm.weight", np.ones(WIDTH, np.float32))
        writer.add_tensor(f"{name}.ffn_gate.weight", weight(FEED_FORWARD, WIDTH))
        writer.add_tensor(f"{name}.ffn_up.weight", weight(FEED_FORWARD, WIDTH))
        writer.add_tensor(f"{name}.ffn_down.weight", weight(WIDTH, FEED_FORWARD))
    writer.add_tensor("token_embd.weight", weight(VOCABULARY, WIDTH))
    writer.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    writer.add_tensor("output.weight", weight(VOCABULARY, WIDTH, LOGIT_SPREAD))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main(sys.argv[1])
