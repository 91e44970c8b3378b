/** The largest size of each field that is believed: far above every real model, and small enough to calculate with. */
const largest: Readonly<Record<string, number>> = {
  hidden_size: 1_000_000,
  num_hidden_layers: 10_000,
  num_attention_heads: 100_000,
  intermediate_size: 10_000_000,
  vocab_size: 10_000_000,
  max_position_embeddings: 2 ** 31 - 1,
};
const largestOptional: Readonly<Record<string, number>> = {
  num_key_value_heads: 100_000,
  head_dim: 100_000,
};

function isSize(value: unknown, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most;
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : (JSON.stringify(value)?.slice(0, 40) ?? "unreadable");
}

/** What keeps a parsed `config.json` from describing a usable Mistral, Llama or Qwen model; [] where nothing does. */
export function configProblems(config: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  const expect = (name: string, most: number): void => {
    const value = config[name];
    if (isSize(value, most)) return;
    problems.push(`${name} is ${shown(value)}, not a whole number from 1 to ${most}`);
  };
  for (const [name, most] of Object.entries(largest)) expect(name, most);
  for (const [name, most] of Object.entries(largestOptional)) if (config[name] != null) expect(name, most);
  const tied = config.tie_word_embeddings;
  if (tied != null && typeof tied !== "boolean")
    problems.push(`tie_word_embeddings is ${shown(tied)}, not true or false`);
  problems.push(...conversionProblems(config));
  return problems.length > 0 ? problems : headProblems(config);
}

function ropeTypes(value: unknown): unknown[] {
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, type]) => (key === "rope_type" || key === "type" ? [type] : []))
    : [];
}

/** What the conversion to GGUF refuses. */
function conversionProblems(config: Readonly<Record<string, unknown>>): string[] {
  const rope = [...ropeTypes(config.rope_parameters), ...ropeTypes(config.rope_scaling)].filter(
    (type) => type != null && type !== "default",
  );
  return [
    ...(rope.length === 0 ? [] : [`scaled rotary embeddings (${shown(rope[0])}) can't be converted`]),
    ...(typeof config.rms_norm_eps === "number" ? [] : [`rms_norm_eps is ${shown(config.rms_norm_eps)}`]),
    ...(config.use_sliding_window ? ["a sliding window can't be converted"] : []),
  ];
}

/** For sizes that are numbers. */
function headProblems(config: Readonly<Record<string, unknown>>): string[] {
  const heads = Number(config.num_attention_heads);
  const keyValueHeads = Number(config.num_key_value_heads ?? heads);
  const width = Number(config.head_dim ?? Number(config.hidden_size) / heads);
  return [
    ...(heads % keyValueHeads === 0 ? [] : ["num_key_value_heads doesn't divide num_attention_heads"]),
    // Rotary positions turn pairs of values.
    ...(width % 2 === 0 ? [] : [`a head is ${width} values wide, not an even number`]),
  ];
}
