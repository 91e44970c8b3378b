import { expect, it, vi } from "vitest";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { Client, CommandContext } from "../context.ts";
import { demoBase } from "./demoBase.ts";

/** A client whose `base.add` ends with `outcome`, and the notes that were shown. */
function setting(outcome: () => Promise<unknown>) {
  const add = vi.fn(outcome);
  const notes: string[] = [];
  const base = { add, watchPreparation: async function* () {} };
  const progress = { note: (text: string) => void notes.push(text), show: () => {} };
  return {
    add,
    notes,
    client: { base } as unknown as Client,
    context: { progress, signal: new AbortController().signal } as unknown as CommandContext,
  };
}

const offline = async () => {
  throw new Failure("missing", "couldn't download SmolLM2: no network or DNS");
};

it("adds SmolLM2 unless the tiny base is asked for", async () => {
  const there = setting(async () => ({}));
  expect(await demoBase(there.context, there.client, null)).toBe("smollm2");
  expect(there.add).toHaveBeenCalledWith({ base: "smollm2" }, expect.anything());
  there.add.mockClear();
  expect(await demoBase(there.context, there.client, "tiny")).toBe("tiny");
  expect(there.add).not.toHaveBeenCalled();
  expect(there.notes).toEqual([]);
});

it("takes the tiny base and says why when SmolLM2 isn't available", async () => {
  const away = setting(offline);
  expect(await demoBase(away.context, away.client, null)).toBe("tiny");
  expect(away.notes).toEqual([expect.stringMatching(/no network or DNS.*tiny base model/)]);
});

it("fails when SmolLM2 was asked for", async () => {
  const away = setting(offline);
  await expect(demoBase(away.context, away.client, "smollm2")).rejects.toThrow("no network");
  expect(away.notes).toEqual([]);
});
