import { Accordion } from "@mantine/core";
import type { TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import { CopyText } from "../../ui/CopyText.tsx";
import { messages } from "./messages.ts";

/** Shows the training as a terminal command and as the run's spec. */
export function SpecAndCommand({ plan }: { plan: TrainingPlan }) {
  return (
    <Accordion multiple variant="contained" transitionDuration={0}>
      <Accordion.Item value="command">
        <Accordion.Control>{messages.plan.command}</Accordion.Control>
        <Accordion.Panel>
          <CopyText text={plan.command} label={messages.plan.commandLabel} />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="spec">
        <Accordion.Control>{messages.plan.spec}</Accordion.Control>
        <Accordion.Panel>
          <CopyText text={JSON.stringify(plan.spec, null, 2)} label={messages.plan.specLabel} height={320} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
