"""LoRA fine-tuning of a small language model that suggests domain names, and conversion to GGUF."""

__version__ = "1.0.0"
