import { failureDetail } from "../../../shared/domain/failure.ts";
import { type ComputeReply, ComputeRequestSchema } from "../../../shared/schema/compute.ts";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { endWithParent } from "../endWithParent.ts";
import { hostPort } from "../inference/hostPort.ts";
import { computeHere } from "./computeHere.ts";

const files = createFileLayer();

async function answer(message: unknown): Promise<ComputeReply> {
  try {
    return await computeHere(files, ComputeRequestSchema.parse(message));
  } catch (error) {
    return { kind: "failed", failure: failureDetail(error) };
  }
}

endWithParent();
const port = hostPort(process);
port.onClose(() => process.exit(0));
port.onMessage(async (message) => port.post(await answer(message)));
port.post({ kind: "ready" } satisfies ComputeReply);
