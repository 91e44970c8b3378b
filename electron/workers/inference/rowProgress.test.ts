import { expect, test } from "vitest";
import type { LoadedModel } from "./loadedModel.ts";
import { RowProgress } from "./rowProgress.ts";

const eos = 0;
const control = 1;
const lineFeed = 2;
const space = 3;
const empty = 4;
const name = 5;
const ids = [eos, control, lineFeed, space, empty, name];
const pieces = new Map([
  [lineFeed, "\n"],
  [space, " "],
  [empty, ""],
  [name, "bakery"],
]);

/** A SentencePiece tokenizer, which leaves out the first space of a text. */
const model = {
  model: {
    detokenize: (tokens: readonly number[]) =>
      tokens
        .map((id) => pieces.get(id) ?? "")
        .join("")
        .replace(/^ /, ""),
  },
  pieces,
  control: { eos },
  info: { vocabularySize: ids.length },
} as unknown as LoadedModel;

function rowUnder(refusalThreshold?: number) {
  const row = { key: "1", content: "", seed: 0 };
  const choice = {
    temperature: 0,
    maxTokens: 9,
    ...(refusalThreshold === undefined ? {} : { refusalThreshold }),
  };
  const progress = new RowProgress(model, row, choice);
  const allowed = () => ids.filter((id) => progress.logitChoice.allows?.(id) ?? true);
  const chosen = (id: number) => ({
    best: id,
    logNormaliser: 0,
    logits: new Map(),
    chosen: { id, logprob: 0 },
  });
  return { progress, allowed, chosen };
}

test("an answer under a refusal threshold can't stay blank", () => {
  const { progress, allowed, chosen } = rowUnder(0.5);
  expect(allowed()).toEqual([space, name]);
  progress.begin(chosen(space), 0.1);
  expect(allowed()).toEqual([name]);
  progress.take(chosen(name));
  expect(allowed()).toEqual(ids);
});

test("an answer without a refusal threshold may be blank", () => {
  expect(rowUnder().allowed()).toEqual(ids);
});
