import { Radio, Stack } from "@mantine/core";
import type { EvaluationPlan } from "../../../../shared/schema/evaluationPlan.ts";
import { Panel } from "../../../ui/Panel.tsx";

interface JudgeChoiceProps {
  /** Null: not known yet which one would judge. */
  readonly chosen: "rule" | "openai" | null;
  readonly planned: EvaluationPlan["judge"];
  onChoose(kind: "rule" | "openai"): void;
}

/** Who judges the names. Labels come from the test set, or from the LLM where it has none. */
export function JudgeChoice({ chosen, planned, onChoose }: JudgeChoiceProps) {
  const llm =
    planned?.kind === "openai"
      ? `${planned.model ?? "no model"} at ${planned.endpoint ?? "no endpoint"}: quality, with a reason for each name.`
      : "Quality on four scales, with a reason for each name. Needs a key, and costs what its endpoint asks.";
  return (
    <Panel title="Judge">
      <Radio.Group
        value={chosen}
        onChange={(value) => onChoose(value === "openai" ? "openai" : "rule")}
        aria-label="Judge"
      >
        <Stack gap={8}>
          <Radio value="openai" label="An LLM" description={llm} />
          <Radio
            value="rule"
            label="The rule judge"
            description="Offline, free and the same everywhere: a rule score, which is a baseline and never called quality."
          />
        </Stack>
      </Radio.Group>
    </Panel>
  );
}
