import { Alert, Button, Select, Text } from "@mantine/core";
import { Link } from "wouter";
import { RunKindSchema } from "../../../shared/schema/run.ts";
import { isActive, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunsPending } from "../../ui/RunsPending.tsx";
import { useSettledChoice } from "../../ui/useSettledChoice.ts";
import { useUrlState, useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { RunDetail } from "./RunDetail.tsx";
import { RunList } from "./RunList.tsx";
import classes from "./runs.module.css";

/** Lists the running and finished jobs of this workspace, and shows one of them. */
export function RunsScreen() {
  const { runs, unreadable } = useRuns();
  const [kind, setKind] = useUrlState("kind", "all");
  const [named, name] = useUrlState("run");
  const shown = (runs ?? []).filter((run) => kind === "all" || run.kind === kind);
  const suggested = (shown.find(isActive) ?? shown[0])?.id ?? null;
  const settled = useSettledChoice(named, suggested, (id) => shown.some((run) => run.id === id));
  const chosen = runs?.find(({ id }) => id === settled);
  return (
    <Page
      title={messages.title}
      fill
      lead={
        <Select
          aria-label={messages.kind}
          w={160}
          data={[{ value: "all", label: messages.allKinds }, ...RunKindSchema.options]}
          value={kind}
          onChange={(value) => setKind(value ?? "all")}
        />
      }
    >
      {runs === null ? (
        <div className={classes.list}>
          <RunsPending lines={10} />
        </div>
      ) : runs.length === 0 ? (
        <NoRuns />
      ) : (
        <div className={classes.screen}>
          <div className={classes.list}>
            {unreadable.length === 0 ? null : (
              <Alert color="orange" p={8} m={8} title={messages.unreadable}>
                <Text size="xs">runs/{unreadable.join(", runs/")}</Text>
              </Alert>
            )}
            <RunList runs={shown} chosen={chosen?.id ?? null} onChoose={name} />
          </div>
          {chosen === undefined ? (
            named === "" ? null : (
              <RunNotFound id={named} onLeave={() => name("")} />
            )
          ) : (
            <RunDetail key={chosen.id} run={chosen} onRemoved={() => name("")} />
          )}
        </div>
      )}
    </Page>
  );
}

function RunNotFound({ id, onLeave }: { id: string; onLeave(): void }) {
  return (
    <div className={classes.empty}>
      <EmptyState
        title={messages.notFound.title(id)}
        action={<Button onClick={onLeave}>{messages.notFound.action}</Button>}
      >
        {messages.notFound.body}
      </EmptyState>
    </div>
  );
}

function NoRuns() {
  const { to } = useWorkspacePath();
  return (
    <div className={classes.empty}>
      <EmptyState
        title={messages.noRuns.title}
        action={
          <Button component={Link} href={to("train")}>
            {messages.noRuns.action}
          </Button>
        }
      >
        {messages.noRuns.body}
      </EmptyState>
    </div>
  );
}
