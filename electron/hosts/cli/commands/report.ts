import path from "node:path";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import type { Handler } from "../handler.ts";

export const figures: Handler = async (context, { options }) => {
  const client = await context.client("write");
  const written = await client.report.figures({ version: String(options.version) });
  context.print(written, () => written.written.map((file) => `wrote ${context.shortPath(file)}`).join("\n"));
  return 0;
};

export const report: Handler = async (context, { arguments: [baseline = "", candidate], options }) => {
  const client = await context.client("read");
  const written = await client.report.report({
    baseline,
    candidate: candidate ?? null,
    out: path.resolve(String(options.out)),
  });
  context.print(written, () => `wrote ${context.shortPath(written.out)} (${formatBytes(written.bytes)})`);
  return 0;
};
