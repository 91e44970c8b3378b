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
import { delimiterNames, encodingNames, importColumns, messages, newlineNames } from "../messages.ts";
import { ImportPreview } from "./ImportPreview.tsx";

const { import: text } = messages;

interface ImportFormProps {
  readonly inspection: Inspection;
  readonly name: string;
  onImported(file: string): void;
  onSkip(): void;
}

function Facts({ inspection }: { inspection: Inspection }) {
  const { encoding, bom, delimiter, newline, total, bytes, columns } = inspection;
  const facts = [
    `${encodingNames[encoding] ?? encoding}${bom ? text.bom : ""}`,
    text.delimiter(delimiterNames[delimiter] ?? delimiter),
    newlineNames[newline],
    pluralize(columns.length, "column"),
    total === null ? text.manyRows : pluralize(total, "row"),
    formatBytes(bytes),
  ];
  return <Text className="nw-figures">{facts.join(" · ")}</Text>;
}

function describeReport({ rows, changes, errors, warnings }: ImportReport): string {
  const found =
    errors + warnings === 0 ? text.clean : `${pluralize(errors, "error")}, ${pluralize(warnings, "warning")}`;
  return [`${pluralize(rows, "row")}, ${found}`, ...changes].join("; ");
}

/** Explains why the file can't be imported yet. */
function ImportProblem({ inspection, missing }: { inspection: Inspection; missing: readonly string[] }) {
  if (missing.length === 0) return null;
  const { columns, total } = inspection;
  return (
    <Text c="dimmed" role="status">
      {columns.length === 0 || total === 0 ? text.noRows : text.missing(missing.join(" and "))}
    </Text>
  );
}

/** Maps the file's columns to ours, sets the new name, and previews the first rows. */
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
      notice(describeReport(report), text.done(name, report.file.split(/[/\\]/).at(-1) ?? report.file));
      await queries.invalidateQueries({ queryKey: api.key() });
      onImported(report.file);
    },
  });
  const missing = importColumns.filter(({ column, needed }) => needed && (map[column] ?? "") === "");
  return (
    <Stack gap={12}>
      <Facts inspection={inspection} />
      <Group gap={8} align="flex-end">
        {importColumns.map(({ column, help, needed }) => (
          <Select
            key={column}
            w={136}
            label={column}
            description={help}
            required={needed}
            data={[
              ...(needed ? [] : [{ value: "", label: "–" }]),
              ...[...new Set(inspection.columns)]
                .filter((one) => one !== "")
                .map((one) => ({ value: one, label: one })),
            ]}
            placeholder={text.choose}
            value={map[column] ?? (needed ? null : "")}
            onChange={(value) => setMap({ ...map, [column]: value ?? "" })}
          />
        ))}
      </Group>
      <ImportPreview inspection={inspection} map={map} />
      <ImportProblem inspection={inspection} missing={missing.map(({ column }) => column)} />
      <FailureNotice error={importing.error} title={text.failed} />
      <Group justify="space-between" align="flex-end">
        <TextInput
          label={text.name}
          placeholder={text.namePlaceholder}
          w={240}
          value={as}
          onChange={(event) => setAs(event.currentTarget.value)}
        />
        <Group gap={8}>
          <Button variant="default" onClick={onSkip}>
            {text.skip}
          </Button>
          <Button
            loading={importing.isPending}
            disabled={missing.length > 0}
            onClick={() => importing.mutate()}
          >
            {text.import}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
