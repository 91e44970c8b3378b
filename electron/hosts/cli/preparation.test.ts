import { expect, it } from "vitest";
import { ProgressFeed } from "../../services/async/progressFeed.ts";
import { showingPreparation } from "./preparation.ts";
import type { ProgressLine } from "./progress.ts";

it("shows conversions with what is done, and hashes and loads with their estimated time", async () => {
  const feed = new ProgressFeed(() => 0);
  const shown: string[] = [];
  const progress = {
    show: ({ label, done, total }: ProgressLine) => void shown.push(`${label} ${done}/${total}`),
    note: (text: string) => void shown.push(text),
  };
  const client = {
    base: {
      watchPreparation: async (_input: undefined, { signal }: { signal: AbortSignal }) => feed.watch(signal),
    },
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  const result = await showingPreparation({ progress } as never, client as never, async () => {
    await settle();
    await feed.track({ text: "converting mistral to GGUF", unit: "tensors" }, async (advance) => {
      advance(3, 291);
      await settle();
    });
    await feed.track({ text: "hashing base.gguf", unit: "bytes", expectedSeconds: 19 }, settle);
    return 7;
  });
  expect(result).toBe(7);
  expect(shown).toEqual(["converting mistral to GGUF 3/291", "hashing base.gguf, about 19 s"]);
});
