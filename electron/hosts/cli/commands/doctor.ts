import type { DoctorReport } from "../../../../shared/schema/environment.ts";
import type { Handler } from "../handler.ts";
import { singleLine, styled } from "../output.ts";

const marks = { ok: "✓", warning: "!", missing: "✗" } as const;
const styles = { ok: "green", warning: "yellow", missing: "red" } as const;

function doctorText({ checks }: DoctorReport): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  return checks
    .flatMap(({ id, status, detail, hint }) => [
      `${styled(styles[status], marks[status])} ${id.padEnd(width)}  ${singleLine(detail)}`,
      ...(hint === undefined ? [] : [`  ${" ".repeat(width)}  ${styled("dim", `→ ${singleLine(hint)}`)}`]),
    ])
    .join("\n");
}

export const doctor: Handler = async (context, { options }) => {
  const client = await context.client("any");
  context.progress.note("checking this machine; loading torch takes a few seconds the first time");
  const report = await client.environment.doctor({ fresh: options.fresh === true });
  context.print(report, () => doctorText(report));
  return 0;
};
