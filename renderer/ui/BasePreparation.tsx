import { useState } from "react";
import { formatDuration } from "../../shared/domain/format/duration.ts";
import { progressWords } from "../../shared/domain/run/progressWords.ts";
import type { BasePreparation as Preparation } from "../../shared/schema/base.ts";
import { streamContext, useClient, useStream } from "../api/index.ts";
import { Caption } from "./Caption.ts";

/** Shows what prepares the base model while something waits for it: download, conversion, hash or loading. */
export function BasePreparation({ waiting }: { waiting: boolean }) {
  const client = useClient();
  const [step, setStep] = useState<Preparation>(null);
  useStream<Preparation>(
    waiting ? "waiting" : null,
    (signal) => client.base.watchPreparation(undefined, { signal, context: streamContext }),
    setStep,
  );
  if (!waiting || step === null) return null;
  return <Caption role="status">{describePreparation(step)}</Caption>;
}

/** Describes a step with what is done and the time left, where they are known. */
function describePreparation(step: NonNullable<Preparation>): string {
  const { text, total, etaSeconds } = step;
  const amount = total > 0 ? `: ${progressWords(step)}` : "";
  const eta = etaSeconds === null ? "" : `, about ${formatDuration(etaSeconds)} left`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${amount}${eta}`;
}
