import { Radio, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { Devices } from "../../../shared/schema/environment.ts";
import { DeviceChoiceSchema } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { isOutside, type SectionProps, sourceWords, useSettingsChange } from "./section.ts";

/** What training and inference run on, and what there is to run on. */
export function DeviceSection({ settings }: SectionProps) {
  const change = useSettingsChange();
  const { value, source } = settings.device;
  const fixed = isOutside(source);
  const asked = change.isPending ? change.variables.device : undefined;
  return (
    <Stack gap={16}>
      <Panel title="Compute on">
        <Stack gap={8}>
          <Radio.Group
            aria-label="Compute on"
            value={(asked ?? value) === "cpu" ? "cpu" : "auto"}
            onChange={(device) => change.mutate({ device: DeviceChoiceSchema.parse(device) })}
          >
            <Stack gap={8}>
              <Radio
                value="auto"
                disabled={fixed}
                label="The best that is there"
                description="A GPU where PyTorch and llama.cpp find one, else the CPU"
              />
              <Radio
                value="cpu"
                disabled={fixed}
                label="The CPU only"
                description="Slower; leaves the GPU to other programs"
              />
            </Stack>
          </Radio.Group>
          {fixed ? (
            <Text size="xs" c="dimmed">
              {sourceWords(source, "DEVICE")}: {value}
            </Text>
          ) : null}
          {change.error === null ? null : <FailureNotice error={change.error} />}
        </Stack>
      </Panel>
      <DeviceList />
    </Stack>
  );
}

function DeviceList() {
  const { data, error, refetch } = useQuery(
    useApi().environment.devices.queryOptions({ staleTime: Number.POSITIVE_INFINITY }),
  );
  return (
    <Panel title="What this machine has">
      {error === null ? null : <FailureNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined ? (
        error === null ? (
          <LinesSkeleton lines={4} />
        ) : null
      ) : (
        <DeviceTable devices={data} />
      )}
    </Panel>
  );
}

function DeviceTable({ devices: { cpu, llama, problem } }: { devices: Devices }) {
  const backends = llama?.supported.map((name) => name ?? "CPU").join(", ");
  const rows: readonly (readonly [string, string])[] = [
    ["CPU", `${cpu.model}, ${pluralize(cpu.threads, "thread")}`],
    ["Memory", `${formatBytes(cpu.memoryFree)} free of ${formatBytes(cpu.memoryTotal)}`],
    [
      "GPU",
      llama === null
        ? "–"
        : llama.gpu === null
          ? "none that llama.cpp can use"
          : `${llama.devices.join(", ")} over ${llama.gpu}${llama.vramTotalBytes === null ? "" : `, ${formatBytes(llama.vramTotalBytes)}`}`,
    ],
    [
      "llama.cpp",
      llama === null
        ? (problem ?? "does not load")
        : `${llama.release ?? ""} in node-llama-cpp ${llama.version}; backends ${backends}`,
    ],
  ];
  return (
    <Table>
      <Table.Tbody>
        {rows.map(([name, words]) => (
          <Table.Tr key={name}>
            <Table.Th w={96} fw={500}>
              {name}
            </Table.Th>
            <Table.Td>{words}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
