import { readFileSync } from "node:fs";

const sample = new URL("../../../../models/model_v1/gate.json", import.meta.url);

/** Returns a `gate.json` that passed, with `mark` as its engine. */
export function markedGate(mark: string): string {
  const gate = JSON.parse(readFileSync(sample, "utf8"));
  return JSON.stringify({ ...gate, engine: { ...gate.engine, engine: mark } });
}
