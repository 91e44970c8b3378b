import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import type { Overview } from "../../../shared/schema/overview.ts";
import { Panel } from "../../ui/Panel.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";

/** What every version stands on: the base, the test set, the prompt. */
export function Foundation({ overview }: { overview: Overview }) {
  const { to } = useWorkspacePath();
  const { base, baseHash, testSet, promptHash } = overview;
  return (
    <Panel title="What all versions share">
      <Text size="sm">
        Base{" "}
        <Anchor component={Link} underline="always" href={to("settings")}>
          {base}
        </Anchor>
        {baseHash === null ? ", not on this disk yet" : ""}
      </Text>
      <Text size="sm">
        {testSet === null ? (
          "No test set yet"
        ) : (
          <>
            Test set{" "}
            <Anchor component={Link} underline="always" href={to("datasets?file=test_set.csv")}>
              test_set.csv
            </Anchor>
            {testSet.rows === null ? `, ${testSet.problem}` : `, ${pluralize(testSet.rows, "row")}`}
          </>
        )}
      </Text>
      <Text size="xs" c="dimmed" className="nw-mono">
        prompt {shortHash(promptHash)}
        {testSet === null ? "" : ` · test set ${shortHash(testSet.hash)}`}
        {baseHash === null ? "" : ` · base ${shortHash(baseHash)}`}
      </Text>
    </Panel>
  );
}
