import path from "node:path";
import {
  type AdoptionRecord,
  AdoptionRecordSchema,
  type GgufAdoptionRecord,
} from "../../../shared/schema/adoption.ts";
import { type TrainingRecord, TrainingRecordSchema } from "../../../shared/schema/trainingRecord.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** How a version was made: trained here, or adopted. */
export type ModelRecord = TrainingRecord | AdoptionRecord;

/** The record of an adopted version, which has no `training.json`. */
export const adoptionFile = "adoption.json";

/** Returns the name of the record in the folder of a run or a model, and its schema. */
export async function recordIn(files: FileLayer, folder: string) {
  return (await files.exists(path.join(folder, adoptionFile)))
    ? { name: adoptionFile, schema: AdoptionRecordSchema }
    : { name: "training.json", schema: TrainingRecordSchema };
}

/** Returns whether a version is an adopted GGUF file, which has no parity gate. */
export function isAdoptedGguf(record: ModelRecord): record is GgufAdoptionRecord {
  return "gate" in record;
}

/** Returns whether a version was trained here, so that its record has the figures of a training. */
export function isTrained(record: ModelRecord): record is TrainingRecord {
  return !("adopted" in record);
}
