import { type GateResult, GateResultSchema } from "../../../shared/schema/parity.ts";

/** `gate.json` beside an adapter: the result of the parity gate after its training. */
export const GateFileSchema = GateResultSchema;
export type GateFile = GateResult;
