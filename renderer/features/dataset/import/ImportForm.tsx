import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import type { ImportReport } from "../../../../shared/schema/dataset.ts";
import type { Inspection } from "../../../../shared/schema/document.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { notice } from "../../../ui/notices.tsx";
import { delimiterWords, encodingWords, newlineWords } from "../words.ts";
import { ImportPreview } from "./ImportPreview.tsx";

/** Our columns, and what each is for. */
const ours = [
  { column: "description", words: "the business", needed: true },
  { column: "suggestions", words: "its names", needed: true },
  { column: "label", words: "safe or harmful", needed: false },
  { column: "slice", words: "kind of row", needed: false },
  { column: "split", words: "dev or heldout", needed: false },
  { column: "group", words: "near duplicates", needed: false },
] as const;

interface ImportFormProps {
  readonly inspection: Inspection;
  readonly name: string;
  onImported(file: string): void;
  onSkip(): void;
}

function Facts({ inspection }: { inspection: Inspection }) {
  const { encoding, bom, delimiter, newline, total, bytes, columns } = inspection;
  const facts = [
    `${encodingWords[encoding] ?? encoding}${bom ? " with mark" : ""}`,
    `${delimiterWords[delimiter] ?? delimiter} between cells`,
    newlineWords[newline],
    pluralize(columns.length, "column"),
    total === null ? "many rows" : pluralize(total, "row"),
    formatBytes(bytes),
  ];
  return (
    <Text size="sm" className="nw-figures">
      {facts.join(" · ")}
    </Text>
  );
}

function said({ rows, changes, errors, warnings }: ImportReport): string {
  const found =
    errors + warnings === 0
      ? "nothing to mend"
      : `${pluralize(errors, "error")}, ${pluralize(warnings, "warning")}`;
  return [`${pluralize(rows, "row")}, ${found}`, ...changes].join("; ");
}

/** Why the file cannot be imported as it stands. */
function WhyNot({ inspection, missing }: { inspection: Inspection; missing: readonly string[] }) {
  if (missing.length === 0) return null;
  const { columns, total } = inspection;
  return (
    <Text size="sm" c="dimmed" role="status">
      {columns.length === 0 || total === 0
        ? "This file holds no rows under a line of column names: there is nothing to import."
        : `Choose a column for ${missing.join(" and ")}, or leave the file out.`}
    </Text>
  );
}

/** Which of the file's columns become ours, under which name, with the first rows to look at. */
export function ImportForm({ inspection, name, onImported, onSkip }: ImportFormProps) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const [map, setMap] = useState<Readonly<Record<string, string>>>(inspection.map);
  const [as, setAs] = useState(inspection.kind === "test-set" ? "test_set" : "");
  const importing = useMutation({
    mutationFn: () =>
      client.dataset.import({
        file: inspection.file,
        map: Object.fromEntries(Object.entries(map).filter(([, column]) => column !== "")),
        ...(as.trim() === "" ? {} : { as: as.trim() }),
      }),
    onSuccess: async (report) => {
      notice(said(report), `${name} is now ${report.file.split(/[/\\]/).at(-1) ?? report.file}`);
      await queries.invalidateQueries({ queryKey: api.key() });
      onImported(report.file);
    },
  });
  const missing = ours.filter(({ column, needed }) => needed && (map[column] ?? "") === "");
  return (
    <Stack gap={12}>
      <Facts inspection={inspection} />
      <Group gap={8} align="flex-end">
        {ours.map(({ column, words, needed }) => (
          <Select
            key={column}
            w={136}
            label={column}
            description={words}
            required={needed}
            data={[
              ...(needed ? [] : [{ value: "", label: "–" }]),
              ...[...new Set(inspection.columns)]
                .filter((one) => one !== "")
                .map((one) => ({ value: one, label: one })),
            ]}
            placeholder="choose"
            value={map[column] ?? (needed ? null : "")}
            onChange={(value) => setMap({ ...map, [column]: value ?? "" })}
          />
        ))}
      </Group>
      <ImportPreview inspection={inspection} map={map} />
      <WhyNot inspection={inspection} missing={missing.map(({ column }) => column)} />
      {importing.error === null ? null : (
        <FailureNotice error={importing.error} title="It was not imported" />
      )}
      <Group justify="space-between" align="flex-end">
        <TextInput
          label="Name in this workspace"
          placeholder="next dataset version"
          w={240}
          value={as}
          onChange={(event) => setAs(event.currentTarget.value)}
        />
        <Group gap={8}>
          <Button variant="default" onClick={onSkip}>
            Leave it out
          </Button>
          <Button
            loading={importing.isPending}
            disabled={missing.length > 0}
            onClick={() => importing.mutate()}
          >
            Import
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
