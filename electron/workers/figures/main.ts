import { z } from "zod";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import { type FigureEvent, FigureRequestSchema } from "../../../shared/schema/figure.ts";
import { hostPort } from "../inference/hostPort.ts";
import { openPage } from "./page.ts";

openPage();
const { draw } = await import("./draw.tsx");
const port = hostPort(process);

function answer(message: unknown): FigureEvent {
  const parsed = FigureRequestSchema.safeParse(message);
  if (!parsed.success) {
    const id = z.object({ id: z.number().int().positive() }).safeParse(message);
    return { kind: "failed", id: id.data?.id ?? 1, message: issueWords(parsed.error, message) };
  }
  try {
    return { kind: "drawn", id: parsed.data.id, ...draw(parsed.data) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { kind: "failed", id: parsed.data.id, message: text };
  }
}

port.onClose(() => process.exit(0));
port.onMessage((message) => port.post(answer(message)));
