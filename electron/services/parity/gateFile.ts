import { type GateResult, GateResultSchema } from "../../../shared/schema/parity.ts";

/** `gate.json` beside an adapter: what the parity gate found when it was trained. */
export const GateFileSchema = GateResultSchema;
export type GateFile = GateResult;
