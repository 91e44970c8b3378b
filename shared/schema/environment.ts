import { z } from "zod";
import { Count, Positive } from "./numbers.ts";

/** What doctor looks at. */
export const CheckIdSchema = z.enum([
  "node",
  "python",
  "environment",
  "torch",
  "llama",
  "electron",
  "openai-key",
  "huggingface-token",
  "disk",
  "memory",
  "smollm2",
  "chromium",
]);
export type CheckId = z.infer<typeof CheckIdSchema>;

/**
 * `missing`: needed and not there. `warning`: optional and not there, or there with a catch, or not to be found out.
 * `hint` says what to do.
 */
export const EnvironmentCheckSchema = z.strictObject({
  id: CheckIdSchema,
  status: z.enum(["ok", "warning", "missing"]),
  detail: z.string().min(1),
  hint: z.string().min(1).optional(),
});
export type EnvironmentCheck = z.infer<typeof EnvironmentCheckSchema>;

/** `fresh`: ask torch and llama.cpp again instead of answering from memory. */
export const DoctorRequestSchema = z.strictObject({ fresh: z.boolean() });

/** What `doctor --json` prints: one check of each id, in the order of the ids. */
export const DoctorReportSchema = z.strictObject({ checks: z.array(EnvironmentCheckSchema) });
export type DoctorReport = z.infer<typeof DoctorReportSchema>;

/**
 * What `python -m namewright_trainer probe` prints as its one event. It is another program's word: fields that we do
 * not read are let through. Memory in bytes.
 */
export const TrainerProbeSchema = z.looseObject({
  kind: z.literal("probe"),
  packages: z.record(z.string(), z.string().nullable()),
  devices: z.array(z.string()),
  chosen: z.string(),
  memory: z.looseObject({ totalBytes: z.number(), availableBytes: z.number() }),
  cuda: z
    .looseObject({
      name: z.string(),
      freeBytes: z.number(),
      totalBytes: z.number(),
      version: z.string().nullable(),
    })
    .nullable(),
});
export type TrainerProbe = z.infer<typeof TrainerProbeSchema>;

/** What our llama.cpp probe prints. `gpu` is what it chose, `supported` what its binaries can use here. */
export const LlamaProbeSchema = z.strictObject({
  version: z.string(),
  release: z.string().nullable(),
  gpu: z.string().nullable(),
  supported: z.array(z.string().nullable()),
  devices: z.array(z.string()),
  vramTotalBytes: z.number().nullable(),
});
export type LlamaProbe = z.infer<typeof LlamaProbeSchema>;

/** What this machine computes with. Memory in bytes. */
export const DevicesSchema = z.strictObject({
  cpu: z.strictObject({
    model: z.string(),
    threads: Positive,
    memoryTotal: Count,
    memoryFree: Count,
  }),
  /** What llama.cpp found; null: it does not load, and `problem` says why. */
  llama: LlamaProbeSchema.nullable(),
  problem: z.string().nullable(),
});
export type Devices = z.infer<typeof DevicesSchema>;

/**
 * News of a rebuild. `progress` is the last thing that happened, `note` what should stay on the screen. It ends with
 * `done`, or by a failure. A caller that asks during a rebuild gets all events from its start.
 */
export const RebuildEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("progress"), text: z.string() }),
  z.strictObject({ kind: z.literal("note"), text: z.string() }),
  z.strictObject({
    kind: z.literal("done"),
    folder: z.string(),
    python: z.string(),
    torch: z.string(),
    seconds: z.number(),
  }),
]);
export type RebuildEvent = z.infer<typeof RebuildEventSchema>;
