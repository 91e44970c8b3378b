import { Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { Heldout, SplitChoice } from "../../../../shared/schema/evaluationRows.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

interface HeldoutChoiceProps {
  readonly url: EvaluateUrl;
  readonly version: string;
  readonly split: SplitChoice;
  /** Null: the URL asks for rows that are closed. */
  readonly heldout: Heldout | null;
}

/** Which rows are looked at. The held-out ones are opened on purpose, and each opening is counted. */
export function HeldoutChoice({ url, version, split, heldout }: HeldoutChoiceProps) {
  const [asking, { open, close }] = useDisclosure(false);
  const show = (to: SplitChoice) => url.adjust({ split: to === "dev" ? null : to, page: null, row: null });
  // A file without splits: there is nothing to open.
  if (heldout !== null && heldout.rows === 0) return <span />;
  const choose = (to: string) => {
    if (to === "dev" || heldout?.opened) show(to as SplitChoice);
    else open();
  };
  return (
    <Group gap={8}>
      <SegmentedControl
        aria-label="Which rows"
        value={heldout === null ? "dev" : split}
        onChange={choose}
        data={[
          { value: "dev", label: "Dev" },
          {
            value: "heldout",
            label: heldout === null ? "Held out" : `Held out (${formatCount(heldout.rows)})`,
          },
        ]}
      />
      {heldout === null ? (
        <>
          <Text size="sm">The held-out rows are closed.</Text>
          <Button variant="default" onClick={() => show("dev")}>
            Show the dev rows
          </Button>
        </>
      ) : null}
      {heldout !== null && split !== "dev" ? <OpenedNote heldout={heldout} /> : null}
      <OpenDialog
        version={version}
        opened={asking}
        openings={heldout?.openings ?? null}
        onClose={close}
        onOpened={() => {
          close();
          show("heldout");
        }}
      />
    </Group>
  );
}

function OpenedNote({ heldout: { openings } }: { heldout: Heldout }) {
  return (
    <Text size="xs" c="dimmed">
      {openings === null
        ? "Held-out rows: look, but write no rows for them."
        : `Opened ${pluralize(openings, "time")} so far; it is said beside p when versions are compared.`}
    </Text>
  );
}

/** Null: nothing could be read that says so, or the sample's, whose looks are not counted. */
function openingWords(openings: number | null): string {
  if (openings === null) return "How often they were opened before is not known here.";
  if (openings === 0) return "They have not been opened yet.";
  return `They have been opened ${pluralize(openings, "time")} so far.`;
}

interface OpenDialogProps {
  readonly version: string;
  readonly opened: boolean;
  readonly openings: number | null;
  onClose(): void;
  onOpened(): void;
}

function OpenDialog({ version, opened, openings, onClose, onOpened }: OpenDialogProps) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const opening = useMutation({
    networkMode: "always",
    mutationFn: () => client.evaluation.openHeldout({ version }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.evaluation.key() });
      onOpened();
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="Open the held-out rows?">
      <Stack gap={12}>
        <Text size="sm">
          These rows decide whether a version is better. What you learn from reading them weakens what they
          say later, so every opening is counted and stated beside p.
        </Text>
        <Text size="sm">{openingWords(openings)}</Text>
        {opening.error === null ? null : <FailureNotice error={opening.error} />}
        <Group gap={8} justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep them closed
          </Button>
          <Button loading={opening.isPending} onClick={() => opening.mutate()}>
            Open and count it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
