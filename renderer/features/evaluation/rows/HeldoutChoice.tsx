import { Button, Group, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { describeUsed } from "../../../../shared/domain/comparison/looks.ts";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import type { Looks } from "../../../../shared/schema/comparison.ts";
import type { Heldout, SplitChoice } from "../../../../shared/schema/evaluationRows.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

const { heldout: text } = messages;

interface HeldoutChoiceProps {
  readonly url: EvaluateUrl;
  readonly version: string;
  readonly split: SplitChoice;
  /** Null: the URL asks for hidden rows. */
  readonly heldout: Heldout | null;
}

/** Selects the split. Held-out rows are revealed only after a confirmation, because that costs a look. */
export function HeldoutChoice({ url, version, split, heldout }: HeldoutChoiceProps) {
  const [asking, { open, close }] = useDisclosure(false);
  const show = (to: SplitChoice) => url.adjust({ split: to === "dev" ? null : to, page: null, row: null });
  // A file without held-out rows has nothing to reveal.
  if (heldout !== null && heldout.rows === 0) return <span />;
  const choose = (to: string) => {
    if (to === "dev" || heldout?.opened) show(to as SplitChoice);
    else open();
  };
  return (
    <Group gap={8}>
      <SegmentedControl
        aria-label={text.split}
        value={heldout === null ? "dev" : split}
        onChange={choose}
        data={[
          { value: "dev", label: text.dev },
          {
            value: "heldout",
            label: heldout === null ? text.heldout : text.heldoutCount(formatCount(heldout.rows)),
          },
        ]}
      />
      {heldout === null ? (
        <>
          <Text>{text.hidden}</Text>
          <Button variant="default" onClick={() => show("dev")}>
            {text.showDev}
          </Button>
        </>
      ) : null}
      {heldout !== null && split !== "dev" ? <UsedLooks heldout={heldout} /> : null}
      <OpenDialog
        version={version}
        opened={asking}
        looks={heldout?.looks ?? null}
        onClose={close}
        onOpened={() => {
          close();
          show("heldout");
        }}
      />
    </Group>
  );
}

function UsedLooks({ heldout: { looks } }: { heldout: Heldout }) {
  return <Caption>{looks === null ? text.readOnly : text.used(describeUsed(looks))}</Caption>;
}

interface OpenDialogProps {
  readonly version: string;
  readonly opened: boolean;
  readonly looks: Looks | null;
  onClose(): void;
  onOpened(): void;
}

function OpenDialog({ version, opened, looks, onClose, onOpened }: OpenDialogProps) {
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
    <Modal opened={opened} onClose={onClose} title={text.dialogTitle}>
      <Stack gap={12}>
        <Text>{text.dialog}</Text>
        <Text>{looks === null ? text.usedUnknown : text.used(describeUsed(looks))}</Text>
        <FailureNotice error={opening.error} />
        <Group gap={8} justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text.keepHidden}
          </Button>
          <Button loading={opening.isPending} onClick={() => opening.mutate()}>
            {text.reveal}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
