import type { Handler } from "../handler.ts";
import { optionalWord } from "../options.ts";

export const promote: Handler = async (context, { arguments: [run = ""] }) => {
  const client = await context.client("write");
  const promoted = await client.model.promote({ run });
  context.print(
    promoted,
    () => `${promoted.run} is ${promoted.version} now, in ${context.shortPath(promoted.model)}`,
  );
  return 0;
};

export const exportModel: Handler = async (context, { options }) => {
  const client = await context.client("read");
  const exported = await client.model.export({
    version: String(options.version),
    as: optionalWord(options, "as", ["adapter", "lora-gguf", "merged-gguf"]) ?? "adapter",
    out: String(options.out),
  });
  context.print(exported, () =>
    [
      ...exported.written.map((file) => `wrote ${context.shortPath(file)}`),
      ...(exported.parity === null
        ? []
        : [
            `parity with base and adapter on ${exported.parity.sequences} sequences: the most probable token agrees at ${(exported.parity.topAgreement * 100).toFixed(1)} % of positions, log-probabilities to ${exported.parity.maxLogprobDifference.toFixed(3)}`,
          ]),
    ].join("\n"),
  );
  return 0;
};
