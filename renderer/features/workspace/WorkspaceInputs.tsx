import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import type { Overview } from "../../../shared/schema/overview.ts";
import { Caption } from "../../ui/Caption.ts";
import { Panel } from "../../ui/Panel.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";

/** Shows the inputs that all versions share: the base model, the test set, and the prompt. */
export function WorkspaceInputs({ overview }: { overview: Overview }) {
  const { to } = useWorkspacePath();
  const { base, baseHash, testSet, prompts } = overview;
  return (
    <Panel title={messages.inputs.title}>
      <Text>
        {messages.inputs.base}{" "}
        <Anchor component={Link} underline="always" href={to("settings")}>
          {base}
        </Anchor>
        {baseHash === null ? messages.inputs.baseMissing : ""}
      </Text>
      <Text>
        {testSet === null ? (
          messages.inputs.noTestSet
        ) : (
          <>
            {messages.inputs.testSet}{" "}
            <Anchor component={Link} underline="always" href={to("datasets?file=test_set.csv")}>
              test_set.csv
            </Anchor>
            {testSet.rows === null ? `, ${testSet.problem}` : `, ${pluralize(testSet.rows, "row")}`}
          </>
        )}
      </Text>
      <Caption className="nw-mono">
        {prompts.map(({ name, hash }) => `${name} ${shortHash(hash)}`).join(" · ")}
        {testSet === null ? "" : ` · test set ${shortHash(testSet.hash)}`}
        {baseHash === null ? "" : ` · base ${shortHash(baseHash)}`}
      </Caption>
    </Panel>
  );
}
