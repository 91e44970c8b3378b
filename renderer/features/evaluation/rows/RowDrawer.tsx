import { ActionIcon, Alert, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { EvaluatedRow } from "../../../../shared/schema/evaluationRows.ts";
import { useApi } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { rowText } from "../filterUrl.ts";
import { messages } from "../messages.ts";
import { RowDetailBody } from "./RowDetailBody.tsx";
import { useCorrections } from "./useCorrections.ts";

const { rows: text } = messages;

type Place = Pick<EvaluatedRow, "row" | "sample">;

interface RowDrawerProps {
  readonly version: string;
  readonly open: Place | null;
  /** The rows on screen, in order. */
  readonly page: readonly Place[];
  onMove(row: Place): void;
  onClose(): void;
}

/** Shows a row's details over the table. J and K move to the next and the previous row. */
export function RowDrawer({ version, open, page, onMove, onClose }: RowDrawerProps) {
  const corrections = useCorrections(version);
  const at = page.findIndex((one) => one.row === open?.row && one.sample === open.sample);
  const move = (by: number) => {
    const to = page[at + by];
    if (open !== null && to !== undefined) onMove(to);
  };
  useHotkeys([
    ["J", () => move(1)],
    ["K", () => move(-1)],
    // Only with an open row, so that the undone change is visible.
    ["mod+Z", () => open !== null && corrections.undo?.()],
  ]);
  return (
    <Drawer
      opened={open !== null}
      onClose={onClose}
      position="right"
      size="min(720px, 90vw)"
      title={open === null ? "" : text.title(version, rowText(open))}
      closeButtonProps={{ "aria-label": text.close }}
    >
      {open === null ? null : (
        <Stack gap={12}>
          <Group gap={8} justify="space-between">
            <Group gap={4}>
              <ActionIcon
                aria-label={text.previous}
                title={text.previousKey}
                disabled={at <= 0}
                onClick={() => move(-1)}
              >
                ↑
              </ActionIcon>
              <ActionIcon
                aria-label={text.next}
                title={text.nextKey}
                disabled={at < 0 || at === page.length - 1}
                onClick={() => move(1)}
              >
                ↓
              </ActionIcon>
            </Group>
            {corrections.undo === null ? null : (
              <Button variant="default" disabled={corrections.busy} onClick={corrections.undo}>
                {text.undo(corrections.undoLabel ?? "")}
              </Button>
            )}
          </Group>
          <Detail version={version} place={open} corrections={corrections} />
        </Stack>
      )}
    </Drawer>
  );
}

function Detail({
  version,
  place: { row, sample },
  corrections,
}: {
  version: string;
  place: Place;
  corrections: ReturnType<typeof useCorrections>;
}) {
  const detail = useQuery(useApi().evaluation.row.queryOptions({ input: { version, row, sample } }));
  if (detail.error !== null) return <FailureNotice error={detail.error} title={text.rowFailed} />;
  if (detail.data === undefined) return <LinesSkeleton />;
  const { row: counted } = detail.data;
  return (
    <>
      {counted.split === "heldout" ? (
        <Alert color="gray">
          <Text>{text.heldoutRow}</Text>
        </Alert>
      ) : null}
      <RowDetailBody key={`${row}.${sample}`} detail={detail.data} corrections={corrections} />
    </>
  );
}
