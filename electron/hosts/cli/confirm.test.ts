import { expect, test, vi } from "vitest";
import { confirm } from "./confirm.ts";
import type { CommandContext } from "./context.ts";
import { Progress } from "./progress.ts";

test("confirm warns where nobody can answer, even with --quiet", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const context = { json: true, progress: new Progress({ quiet: true }) } as CommandContext;
  await confirm(context, "v1 already has an adapter.", "Train again?");
  const written = write.mock.calls.map(([text]) => String(text)).join("");
  write.mockRestore();
  expect(written).toContain("v1 already has an adapter.");
});
