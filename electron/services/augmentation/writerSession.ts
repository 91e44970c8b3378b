import { Failure } from "../../../shared/domain/failure.ts";
import { judgeDependencies, warnIn } from "../evaluation/evaluationService.ts";
import { limitsLeft } from "../evaluation/judgingSession.ts";
import { spendingEvent } from "../evaluation/rowJournal.ts";
import { openJudgeCache } from "../judge/cache.ts";
import { openChat } from "../judge/createJudge.ts";
import { createMeter, type Meter, type SpendingLimits } from "../llm/meter.ts";
import { readPrompt } from "../llm/prompts.ts";
import {
  createRowWriter,
  type PaidReplies,
  type PaidReply,
  PaidReplySchema,
  type RowWriter,
  writerPrompts,
} from "../llm/rowWriter.ts";
import type { RunContext } from "../run/runKind.ts";
import type { AugmentationServiceDependencies } from "./dependencies.ts";
import { createSameMeaning, noMeaning, type SameMeaning } from "./sameMeaning.ts";

/** The LLM that writes a run's rows, with its meter. */
export interface WriterSession {
  readonly writer: RowWriter;
  readonly meter: Meter;
  /** Compares descriptions with those given and with each other. */
  sameMeaning(existing: readonly string[]): SameMeaning;
}

/** Opens the session of one attempt of a run. */
export type OpenWriter = (context: RunContext, limits: SpendingLimits) => Promise<WriterSession>;

/** The replies in a run's journal. A reply is on disk before it is used, so a resumed run doesn't pay for it again. */
function paidReplies({ previous, emit }: Pick<RunContext, "previous" | "emit">, meter: Meter): PaidReplies {
  const replies = new Map<string, PaidReply>();
  for (const { event } of previous) {
    if (event.kind !== "row" || !event.key.startsWith("reply:")) continue;
    const { data } = PaidReplySchema.safeParse(event.data);
    if (data !== undefined) replies.set(event.key, data);
  }
  return {
    get: (key) => replies.get(`reply:${key}`),
    async put(key, reply) {
      await emit({ kind: "row", key: `reply:${key}`, data: reply });
      await emit(spendingEvent(meter.spending()));
    },
  };
}

/** Returns the failure of a run that reached its spending limit: unfinished, but not broken. */
export function writerLimitReached(meter: Meter, runId: string): Failure {
  return new Failure(
    "check-failed",
    `stopped at the limit after ${meter.spending().calls} LLM calls, before every row was written`,
    {
      hint: `Nothing is lost or paid for twice. \`namewright runs resume ${runId}\` continues without the limit.`,
    },
  );
}

/** Why descriptions aren't compared by embeddings where no model is set. */
const noModel =
  "NAMEWRIGHT_EMBEDDING_MODEL isn't set. A causal base model can't be used: its embeddings don't tell a paraphrase from another business";

export async function openWriterSession(
  setting: Pick<AugmentationServiceDependencies, "platform" | "files" | "workspace">,
  context: RunContext,
  limits: SpendingLimits,
): Promise<WriterSession> {
  const { platform, files, workspace } = setting;
  const warn = warnIn(context);
  const { chat, settings, embedder } = await openChat(judgeDependencies(setting, warn));
  const meter = createMeter(settings.prices, limitsLeft(limits, context.previous));
  const prompt = (name: keyof typeof writerPrompts) =>
    readPrompt(files, `${platform.paths.resources}/prompts`, writerPrompts[name]);
  const prompts = {
    trades: await prompt("trades"),
    groups: await prompt("groups"),
    safe: await prompt("safe"),
    neighbour: await prompt("neighbour"),
    refusal: await prompt("refusal"),
  };
  const cache = openJudgeCache(files, `${workspace.paths.state}/embeddings.jsonl`, warn);
  const limitReached = () => writerLimitReached(meter, context.runId);
  return {
    writer: createRowWriter({
      chat,
      model: settings.model,
      prompts,
      meter,
      paid: paidReplies(context, meter),
    }),
    meter,
    sameMeaning: (existing) =>
      embedder === null
        ? noMeaning(noModel)
        : createSameMeaning({ embedder, meter, cache, limitReached }, existing),
  };
}
