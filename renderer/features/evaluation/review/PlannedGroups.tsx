import { Box, Stack, Text, Title } from "@mantine/core";
import { describeReasons } from "../../../../shared/domain/augmentation/reasons.ts";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import type { PlannedGroup } from "../../../../shared/schema/augmentation.ts";
import { DataTable } from "../../../ui/DataTable.tsx";
import { messages } from "../messages.ts";

const { review: text } = messages;
const columns = text.groupColumns;

/** Lists the weak rows that the proposed rows were planned for. Runs of earlier versions have no groups. */
export function PlannedGroups({ groups }: { groups: readonly PlannedGroup[] }) {
  if (groups.length === 0) return null;
  return (
    <Stack gap={8}>
      <Title order={2}>{text.groups}</Title>
      <Box mah={400} style={{ overflow: "auto" }} tabIndex={0} role="region" aria-label={text.groups}>
        <DataTable
          stickyHeader
          miw={560}
          rows={groups}
          keyOf={({ slice, label }) => `${slice} ${label}`}
          columns={[
            { title: columns.slice, w: "24%", cell: ({ slice }) => slice },
            { title: columns.reasons, w: "20%", cell: ({ reasons }) => describeReasons(reasons) },
            { title: columns.rows, w: 72, ta: "right", cell: ({ rows }) => formatCount(rows) },
            { title: columns.examples, cell: ({ examples }) => <Examples examples={examples} /> },
          ]}
        />
      </Box>
    </Stack>
  );
}

function Examples({ examples }: Pick<PlannedGroup, "examples">) {
  return examples.map(({ row, description }) => (
    <Text key={row} size="sm" lineClamp={1} title={description}>
      {text.groupExample(row, description)}
    </Text>
  ));
}
