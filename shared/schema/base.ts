import { z } from "zod";
import { Count } from "./numbers.ts";
import { PathSchema } from "./place.ts";
import { WorkspaceConfigSchema } from "./workspace.ts";

/** A model's id on Hugging Face, `owner/name`. */
export const HubIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, "an id on Hugging Face is owner/name");

/** A branch, tag or commit. */
const RevisionSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][\w.-]*$/, "a revision is a branch, a tag or a commit");

/** A GGUF file beside a base, or on its own. Sizes in bytes. */
const BaseGgufSchema = z.strictObject({ file: z.string(), bytes: Count, weights: z.string() });
export type BaseGguf = z.infer<typeof BaseGgufSchema>;

/**
 * What was found in a folder or GGUF file. `problems` [] means that it can be used: a folder to train on and run, a
 * GGUF to run beside the folder it was made from. `null`: the file does not say.
 */
export const BaseCheckSchema = z.strictObject({
  kind: z.enum(["folder", "gguf"]),
  path: z.string(),
  name: z.string(),
  architecture: z.string().nullable(),
  tokenizer: z.string().nullable(),
  parameters: Count.nullable(),
  layers: Count.nullable(),
  vocabularySize: Count.nullable(),
  /** Tokens that it was made for. */
  contextLength: Count.nullable(),
  /** Type of the weights, as "BF16" or "Q4_K". */
  weights: z.string().nullable(),
  /** Bytes of the weights. */
  bytes: Count,
  ggufs: z.array(BaseGgufSchema),
  problems: z.array(z.string()),
});
export type BaseCheck = z.infer<typeof BaseCheckSchema>;

/** Base models that `base add` makes from a pinned package. `base` in namewright.json says the same word. */
export const AddableBaseSchema = z.enum(["smollm2"]);
export type AddableBase = z.infer<typeof AddableBaseSchema>;

/** A base that is available. `value` is what `base` in namewright.json says for it. */
const BaseEntrySchema = z.strictObject({
  source: z.enum(["embedded", "added", "folder", "downloaded"]),
  value: z.string(),
  /** The commit of a downloaded one. */
  revision: z.string().nullable(),
  chosen: z.boolean(),
  check: BaseCheckSchema,
});
export type BaseEntry = z.infer<typeof BaseEntrySchema>;

/** A download that did not come to its end. Bytes. */
const PartialDownloadSchema = z.strictObject({
  id: z.string(),
  folder: z.string(),
  bytes: Count,
});

export const BaseListSchema = z.strictObject({
  bases: z.array(BaseEntrySchema),
  partial: z.array(PartialDownloadSchema),
  chosen: WorkspaceConfigSchema.pick({ base: true, baseGguf: true, precision: true }),
  /** Bases that `base add` can add and that aren't on this machine yet. */
  addable: z.array(AddableBaseSchema),
  /** Why the chosen base cannot be used; null: it can. */
  problem: z.string().nullable(),
});
export type BaseList = z.infer<typeof BaseListSchema>;

/**
 * What to write to `namewright.json`; an absent `precision` stays, an absent `baseGguf` is none. A preset made for
 * another base is changed with it.
 */
export const BaseChoiceSchema = z.strictObject({
  base: z.string().trim().pipe(PathSchema),
  baseGguf: z.string().trim().pipe(PathSchema).nullable().optional(),
  precision: WorkspaceConfigSchema.shape.precision.unwrap().optional(),
});
export type BaseChoice = z.infer<typeof BaseChoiceSchema>;

export const DownloadRequestSchema = z.strictObject({
  id: HubIdSchema,
  revision: RevisionSchema.default("main"),
});
export type DownloadRequest = z.infer<typeof DownloadRequestSchema>;

/** One file of a model as the hub lists it. `sha256` for large files, `gitBlob` (sha1 as git has it) for the others. */
const HubFileSchema = z.strictObject({
  name: z.string(),
  bytes: Count,
  sha256: z.string().nullable(),
  gitBlob: z.string().nullable(),
});
export type HubFile = z.infer<typeof HubFileSchema>;

/**
 * What prepares a base now: its download, conversion, hash or loading. `total` 0: only the time is estimated. Null:
 * nothing.
 */
export const BasePreparationSchema = z
  .strictObject({
    text: z.string(),
    done: z.number(),
    total: z.number(),
    unit: z.string(),
    etaSeconds: z.number().nullable(),
  })
  .nullable();
export type BasePreparation = z.infer<typeof BasePreparationSchema>;

/** What a download run made. */
export const DownloadResultSchema = z.strictObject({
  id: z.string(),
  revision: z.string(),
  folder: z.string(),
  bytes: Count,
  files: z.array(HubFileSchema),
});
export type DownloadResult = z.infer<typeof DownloadResultSchema>;

/** `download.json`, written last: a folder without it is a download that was cut off. */
export const DownloadStampSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  revision: z.string(),
  from: z.string(),
  downloadedAt: z.string(),
  files: z.array(HubFileSchema),
});
export type DownloadStamp = z.infer<typeof DownloadStampSchema>;
