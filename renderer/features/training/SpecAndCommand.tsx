import { Accordion } from "@mantine/core";
import type { TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import { CopyText } from "../../ui/CopyText.tsx";

/** Exactly what would run: as the run's spec, and as the terminal would be asked. */
export function SpecAndCommand({ plan }: { plan: TrainingPlan }) {
  return (
    <Accordion multiple variant="contained" transitionDuration={0}>
      <Accordion.Item value="command">
        <Accordion.Control>The same in the terminal</Accordion.Control>
        <Accordion.Panel>
          <CopyText text={plan.command} label="command" />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="spec">
        <Accordion.Control>The exact spec as JSON</Accordion.Control>
        <Accordion.Panel>
          <CopyText text={JSON.stringify(plan.spec, null, 2)} label="spec" height={320} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
