import { Alert, Button, Select, Text } from "@mantine/core";
import { Link } from "wouter";
import { RunKindSchema } from "../../../shared/schema/run.ts";
import { isActive, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunsPending } from "../../ui/RunsPending.tsx";
import { useSettledChoice } from "../../ui/useSettledChoice.ts";
import { useUrlState, useWorkspacePath } from "../../ui/useUrlState.ts";
import { RunDetail } from "./RunDetail.tsx";
import { RunList } from "./RunList.tsx";
import classes from "./runs.module.css";

/** All long work of this workspace, past and present: a list, and one run with everything it left. */
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
      title="Runs"
      fill
      lead={
        <Select
          aria-label="Kind of run"
          w={160}
          data={[{ value: "all", label: "Every kind" }, ...RunKindSchema.options]}
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
              <Alert color="orange" p={8} m={8} title="Not readable">
                <Text size="xs">runs/{unreadable.join(", runs/")}</Text>
              </Alert>
            )}
            <RunList runs={shown} chosen={chosen?.id ?? null} onChoose={name} />
          </div>
          {chosen === undefined ? (
            named === "" ? null : (
              <NoSuchRun id={named} onLeave={() => name("")} />
            )
          ) : (
            <RunDetail key={chosen.id} run={chosen} onRemoved={() => name("")} />
          )}
        </div>
      )}
    </Page>
  );
}

function NoSuchRun({ id, onLeave }: { id: string; onLeave(): void }) {
  return (
    <div className={classes.empty}>
      <EmptyState
        title={`There is no run ${id} here`}
        action={<Button onClick={onLeave}>Show the newest</Button>}
      >
        It was removed, or belongs to another workspace.
      </EmptyState>
    </div>
  );
}

function NoRuns() {
  const { to } = useWorkspacePath();
  return (
    <div className={classes.empty}>
      <EmptyState
        title="Nothing has run here yet"
        action={
          <Button component={Link} href={to("train")}>
            Configure a training
          </Button>
        }
      >
        Every training, evaluation and writing of rows stands here, with what it was asked, its journal, its
        log and what it made.
      </EmptyState>
    </div>
  );
}
