import { readFileSync } from "node:fs";
import path from "node:path";
import { tinySample } from "../tinySample.ts";

const sample = path.join(tinySample, "models", "model_v1", "gate.json");

/** Returns a `gate.json` that passed, with `mark` as its engine. */
export function markedGate(mark: string): string {
  const gate = JSON.parse(readFileSync(sample, "utf8"));
  return JSON.stringify({ ...gate, engine: { ...gate.engine, engine: mark } });
}
