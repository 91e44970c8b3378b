import type { GgufHeader, GgufValue } from "./header.ts";
import { adapterProblems, baseProblems } from "./modelCheck.ts";

/** Returns why this adapter can't be adopted for that base; [] if it can. */
export function adoptedAdapterProblems(adapter: GgufHeader, base: GgufHeader): string[] {
  const alpha = adapter.metadata.get("adapter.lora.alpha");
  return [
    ...adapterProblems(adapter, base),
    // Without an alpha, llama.cpp would run the adapter at another scale than it was trained for.
    ...(typeof alpha === "number" && alpha > 0 ? [] : ["its alpha is missing (adapter.lora.alpha)"]),
  ];
}

/** What two models of one base share. A key that only one of them has takes its default. */
const sharedKeys: readonly { key: string; otherwise: GgufValue }[] = [
  { key: "tokenizer.ggml.model", otherwise: "" },
  { key: "tokenizer.ggml.pre", otherwise: "default" },
  { key: "tokenizer.ggml.merges", otherwise: [] },
  { key: "tokenizer.ggml.bos_token_id", otherwise: -1 },
  { key: "tokenizer.ggml.eos_token_id", otherwise: -1 },
  { key: "namewright.chat_format", otherwise: "mistral-v3" },
  { key: "namewright.chat_system", otherwise: "" },
];

/** Keys that begin with the architecture's name. */
const architectureKeys: readonly { key: string; otherwise: GgufValue }[] = [
  { key: "block_count", otherwise: 0 },
  { key: "attention.head_count", otherwise: 0 },
  { key: "attention.head_count_kv", otherwise: 0 },
  { key: "rope.freq_base", otherwise: 10_000 },
];

const shown = (value: GgufValue): string => JSON.stringify(value).slice(0, 60);

function metadataProblems(model: GgufHeader, base: GgufHeader): string[] {
  const architecture = base.metadata.get("general.architecture");
  if (model.metadata.get("general.architecture") !== architecture)
    return [
      `its architecture is ${shown(model.metadata.get("general.architecture") ?? "")}, but ${shown(architecture ?? "")} in the base`,
    ];
  // llama.cpp adds the leading space of SentencePiece unless the file says otherwise.
  const space = base.metadata.get("tokenizer.ggml.model") === "llama";
  const keys = [
    ...sharedKeys,
    { key: "tokenizer.ggml.add_space_prefix", otherwise: space },
    ...architectureKeys.map(({ key, otherwise }) => ({ key: `${String(architecture)}.${key}`, otherwise })),
  ];
  return keys.flatMap(({ key, otherwise }) => {
    const [own, known] = [model.metadata.get(key) ?? otherwise, base.metadata.get(key) ?? otherwise];
    if (JSON.stringify(own) === JSON.stringify(known)) return [];
    return [
      Array.isArray(own)
        ? `${key} differs from the base's`
        : `${key} is ${shown(own)}, but ${shown(known)} in the base`,
    ];
  });
}

function tokenProblems(model: GgufHeader, base: GgufHeader): string[] {
  const key = "tokenizer.ggml.tokens";
  const [own, known] = [model.metadata.get(key), base.metadata.get(key)];
  if (!Array.isArray(own) || !Array.isArray(known)) return [];
  if (own.length !== known.length)
    return [`its tokenizer has ${own.length} tokens, but ${known.length} in the base`];
  const first = own.findIndex((token, id) => token !== known[id]);
  return first < 0 ? [] : [`token ${first} is ${shown(own[first])}, but ${shown(known[first])} in the base`];
}

function tensorProblems(model: GgufHeader, base: GgufHeader): string[] {
  const own = new Map(model.tensors.map(({ name, shape }) => [name, shape.join(" × ")]));
  const known = new Map(base.tensors.map(({ name, shape }) => [name, shape.join(" × ")]));
  return [
    ...[...known].flatMap(([name, shape]) => {
      const found = own.get(name);
      if (found === shape) return [];
      return [
        found === undefined ? `tensor ${name} is missing` : `${name} is ${found}, but ${shape} in the base`,
      ];
    }),
    ...[...own.keys()].filter((name) => !known.has(name)).map((name) => `the base has no tensor ${name}`),
  ];
}

/** Returns why this model isn't that base with other weights, in any precision; [] if it is. */
export function adoptedModelProblems(model: GgufHeader, base: GgufHeader): string[] {
  const problems = baseProblems(model);
  if (problems.length > 0) return problems;
  return [...metadataProblems(model, base), ...tokenProblems(model, base), ...tensorProblems(model, base)];
}
