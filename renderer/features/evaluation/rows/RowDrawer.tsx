import { ActionIcon, Alert, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { EvaluatedRow } from "../../../../shared/schema/evaluationRows.ts";
import { useApi } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { rowText } from "../filterUrl.ts";
import { RowDetailBody } from "./RowDetailBody.tsx";
import { useCorrections } from "./useCorrections.ts";

type Place = Pick<EvaluatedRow, "row" | "sample">;

interface RowDrawerProps {
  readonly version: string;
  readonly open: Place | null;
  /** The rows on screen, through which one moves. */
  readonly page: readonly Place[];
  onMove(row: Place): void;
  onClose(): void;
}

/** One row in full, over the table. J and K move through the rows on screen. */
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
    // Without the row nothing would show what is undone.
    ["mod+Z", () => open !== null && corrections.undo?.()],
  ]);
  return (
    <Drawer
      opened={open !== null}
      onClose={onClose}
      position="right"
      size="min(720px, 90vw)"
      title={open === null ? "" : `${version}, row ${rowText(open)}`}
      closeButtonProps={{ "aria-label": "Close the row" }}
    >
      {open === null ? null : (
        <Stack gap={12}>
          <Group gap={8} justify="space-between">
            <Group gap={4}>
              <ActionIcon
                aria-label="The row before"
                title="The row before (K)"
                disabled={at <= 0}
                onClick={() => move(-1)}
              >
                ↑
              </ActionIcon>
              <ActionIcon
                aria-label="The next row"
                title="The next row (J)"
                disabled={at < 0 || at === page.length - 1}
                onClick={() => move(1)}
              >
                ↓
              </ActionIcon>
            </Group>
            {corrections.undo === null ? null : (
              <Button variant="default" disabled={corrections.busy} onClick={corrections.undo}>
                Undo {corrections.undoWords}
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
  if (detail.error !== null) return <FailureNotice error={detail.error} title="The row cannot be shown" />;
  if (detail.data === undefined) return <LinesSkeleton />;
  const { row: counted } = detail.data;
  return (
    <>
      {counted.split === "heldout" ? (
        <Alert color="gray">
          <Text size="sm">A held-out row: it decides, so no rows are written for it.</Text>
        </Alert>
      ) : null}
      <RowDetailBody key={`${row}.${sample}`} detail={detail.data} corrections={corrections} />
    </>
  );
}
