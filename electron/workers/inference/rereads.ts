import type { LlamaContextSequence } from "node-llama-cpp";

type Outputs = Awaited<ReturnType<LlamaContextSequence["controlledEvaluate"]>>;
/** Reads an output of the batch that was just decoded, as the input's item at `tokenIndex` says. */
type Mapper = (batchLogitIndex: number, tokenIndex: number) => Promise<Outputs[number]>;

interface DecodingSequence extends LlamaContextSequence {
  _decodeTokens(...words: unknown[]): Promise<Outputs>;
}

/** The position of the mapper among the arguments of `_decodeTokens`. */
const mapperAt = 5;

/**
 * Whether an output of this sequence can be read more than once. node-llama-cpp reads outputs through a method that isn't
 * public and may change.
 */
export function canReread(sequence: LlamaContextSequence): sequence is DecodingSequence {
  return (
    "_decodeTokens" in sequence &&
    typeof sequence._decodeTokens === "function" &&
    sequence._decodeTokens.length > mapperAt
  );
}

/**
 * Runs `evaluate`, whose outputs are read by `readOutput` while the logits are in the context. It may call its argument
 * several times, after changing the input's item. The sequence must not be evaluated otherwise at the same time.
 */
export async function readingOutputsWith<Result>(
  sequence: DecodingSequence,
  readOutput: (tokenIndex: number, read: () => Promise<Outputs[number]>) => Promise<Outputs[number]>,
  evaluate: () => Promise<Result>,
): Promise<Result> {
  const decode = sequence._decodeTokens;
  sequence._decodeTokens = (...words) => {
    const mapper = words[mapperAt] as Mapper;
    words[mapperAt] = ((batchLogitIndex, tokenIndex) =>
      readOutput(tokenIndex, () => mapper(batchLogitIndex, tokenIndex))) satisfies Mapper;
    return decode.apply(sequence, words);
  };
  try {
    return await evaluate();
  } finally {
    sequence._decodeTokens = decode;
  }
}
