import { Radio, Stack } from "@mantine/core";
import type { EvaluationPlan } from "../../../../shared/schema/evaluationPlan.ts";
import { Panel } from "../../../ui/Panel.tsx";
import { messages } from "../messages.ts";

const { judge: text } = messages;

interface JudgeChoiceProps {
  /** Null: the default judge isn't known yet. */
  readonly chosen: "rule" | "openai" | null;
  readonly planned: EvaluationPlan["judge"];
  onChoose(kind: "rule" | "openai"): void;
}

/** Selects the judge of the names. Labels come from the test set, or from the LLM for unlabeled rows. */
export function JudgeChoice({ chosen, planned, onChoose }: JudgeChoiceProps) {
  const llm =
    planned?.kind === "openai"
      ? text.llmAt(planned.model ?? text.noModel, planned.endpoint ?? text.noEndpoint)
      : text.llmHelp;
  return (
    <Panel title={text.title}>
      <Radio.Group
        value={chosen}
        onChange={(value) => onChoose(value === "openai" ? "openai" : "rule")}
        aria-label={text.title}
      >
        <Stack gap={8}>
          <Radio value="openai" label={text.llm} description={llm} />
          <Radio value="rule" label={text.rule} description={text.ruleHelp} />
        </Stack>
      </Radio.Group>
    </Panel>
  );
}
