import { z } from "zod";
import { CostsSchema, DecisionSettingsSchema } from "./comparison.ts";
import { LookStatusSchema } from "./looks.ts";
import { Unit } from "./numbers.ts";
import { PathSchema, WorkspaceNameSchema } from "./place.ts";

/**
 * The versions without an adapter: the base under the prompt of the adapters, and under a prompt with instructions and
 * examples, also with only valid names allowed.
 */
export const untrainedVersions = ["base", "prompted", "prompted+grammar"] as const;

/** A dataset's version name as a part of a regular expression, without a group: `v1`, `v2`, … */
export const datasetVersionPattern = "v[1-9]\\d{0,3}";

/** Most seeds that a version is trained with. */
export const mostSeeds = 5;

/** An adapter's version name as a part of a regular expression, without a group: `v2`, or with seeds `v2.1`, `v2.2`, … */
export const adapterVersionPattern = `${datasetVersionPattern}(?:\\.[1-${mostSeeds}])?`;

/** Any version's name as a part of a regular expression, to be put into a group. */
const versionPattern = [
  ...untrainedVersions.map((version) => version.replace("+", "\\+")),
  adapterVersionPattern,
].join("|");

/** A model's version name: the untrained ones, and `v1`, `v2`, `v2.1`, …, which are adapters on the base. */
export const VersionSchema = z
  .string()
  .regex(new RegExp(`^(${versionPattern})$`), "a version is base, prompted, prompted+grammar, v1, v2, …");

/**
 * The name of results as a part of a regular expression: a version, perhaps `+pool` for the decoding as best of pool,
 * perhaps `@` and another threshold than its own.
 */
export const resultsPattern = `(?:${versionPattern})(?:\\+pool)?(?:@(?:none|0(?:\\.\\d{1,20})?|1))?`;

/**
 * What results are called: `v2`, or `v2@0.12` and `v2@none` where they were made at another threshold than v2's own, or
 * `v2+pool` where their names are the best of a pool.
 */
export const ResultsNameSchema = z
  .string()
  .regex(new RegExp(`^${resultsPattern}$`), "results are called v2, v2+pool, v2@0.12, v2@none, …");

/** An adapter's version name: `v1`, `v2`, …, or `v2.1`, `v2.2`, … of a version that was trained with several seeds. */
export const AdapterVersionSchema = z
  .string()
  .regex(new RegExp(`^${adapterVersionPattern}$`), "an adapter's version is v1, v2, … or v2.1, v2.2, …");

/**
 * The formats of our own conversion of a base. `bf16` keeps the weights of a bfloat16 base as they are. The last three,
 * K-quants, are made by llama.cpp's `llama-quantize`, which the user installs.
 */
export const precisions = ["f16", "bf16", "q8_0", "q4_0", "q6_k", "q5_k_m", "q4_k_m"] as const;
export type GgufPrecision = (typeof precisions)[number];

/** A version's operating point: the threshold it refuses by, and what it was chosen for and on. */
export const AppliedPointSchema = z.strictObject({
  threshold: Unit,
  costs: CostsSchema,
  /** Harmful share of the traffic that it was chosen for. */
  harmfulShare: Unit,
  /**
   * The results on whose dev rows it was chosen: their run, the file's SHA-256, and the adapter's (null: none). Earlier
   * points and those from results without a stamp have no `adapter`.
   */
  chosenOn: z.strictObject({
    runId: z.string().nullable(),
    results: z.string(),
    adapter: z.string().nullable().optional(),
  }),
});

/** `namewright.json`: what makes a folder a workspace. The user reads, diffs and commits it. */
export const WorkspaceConfigSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: WorkspaceNameSchema,
  /** `embedded`, `smollm2`, a Hugging Face folder (absolute, or relative to the workspace) or a Hugging Face id. */
  base: PathSchema.default("embedded"),
  /** A GGUF of the base to run instead of our own conversion of it; null: we convert. */
  baseGguf: PathSchema.nullable().default(null),
  /** At what precision our own conversion of the base runs. */
  precision: z.enum(precisions).default("f16"),
  /** The training preset used unless a command names another. */
  preset: z.string().max(100).default("embedded"),
  /**
   * Refuse when the refusal probability is at least this, in evaluations, suggestions and the playground. Null: when the
   * end of the text is the model's choice of a first token. Versions that refuse with a word are not affected.
   */
  refusalThreshold: Unit.nullable().default(null),
  /** Versions with a threshold of their own, which replaces `refusalThreshold`. */
  operatingPoints: z.record(VersionSchema, AppliedPointSchema).optional(),
  /** Slices of the test set that comparisons also show together, by the pool's name. */
  slicePools: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).optional(),
  /** Margins, limits, costs, harmful share and look budget of comparisons. Absent: the defaults. */
  decision: DecisionSettingsSchema.optional(),
});
export type WorkspaceConfig = z.infer<typeof WorkspaceConfigSchema>;

export const WorkspaceInfoSchema = z.strictObject({
  folder: z.string(),
  sample: z.boolean(),
  config: WorkspaceConfigSchema,
  datasets: z.array(z.string()),
  versions: z.array(z.string()),
  results: z.array(z.string()),
  /** How the held-out rows were used; null: no test set, or looks aren't counted. */
  looks: LookStatusSchema.nullable(),
});
export type WorkspaceInfo = z.infer<typeof WorkspaceInfoSchema>;
