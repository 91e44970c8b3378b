import { pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber, formatShare } from "../../../../shared/domain/format/number.ts";
import type { Handler } from "../handler.ts";
import { optionalWord } from "../options.ts";

export const promote: Handler = async (context, { arguments: [run = ""], options }) => {
  const client = await context.client("write");
  const promoted = await client.model.promote({
    run,
    ...(options.gateFailed === undefined ? {} : { gateFailed: String(options.gateFailed) }),
  });
  context.print(
    promoted,
    () => `promoted ${promoted.run} to ${promoted.version} in ${context.shortPath(promoted.model)}`,
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
            `parity with base and adapter on ${pluralize(exported.parity.sequences, "sequence")}: the most probable token agrees at ${formatShare(exported.parity.topAgreement)} of positions, log-probabilities to ${formatNumber(exported.parity.maxLogprobDifference)}`,
          ]),
    ].join("\n"),
  );
  return 0;
};
