import { Radio, Stack, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { Devices } from "../../../shared/schema/environment.ts";
import { DeviceChoiceSchema } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { describeSource, messages } from "./messages.ts";
import { isOutside, type SectionProps, useSettingsChange } from "./section.ts";

const { device: text } = messages;

/** Selects the device for training and inference, and shows the devices of this machine. */
export function DeviceSection({ settings }: SectionProps) {
  const change = useSettingsChange();
  const { value, source } = settings.device;
  const fixed = isOutside(source);
  const asked = change.isPending ? change.variables.device : undefined;
  return (
    <Stack gap={16}>
      <Panel title={text.title}>
        <Stack gap={8}>
          <Radio.Group
            aria-label={text.title}
            value={(asked ?? value) === "cpu" ? "cpu" : "auto"}
            onChange={(device) => change.mutate({ device: DeviceChoiceSchema.parse(device) })}
          >
            <Stack gap={8}>
              <Radio value="auto" disabled={fixed} label={text.auto} description={text.autoHelp} />
              <Radio value="cpu" disabled={fixed} label={text.cpu} description={text.cpuHelp} />
            </Stack>
          </Radio.Group>
          {fixed ? (
            <Caption>
              {describeSource(source, "DEVICE")}: {value}
            </Caption>
          ) : null}
          <FailureNotice error={change.error} />
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
    <Panel title={text.machine}>
      <FailureNotice error={error} onRetry={refetch} />
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
    [text.cpuName, `${cpu.model}, ${pluralize(cpu.threads, "thread")}`],
    [text.memory, text.memoryFree(formatBytes(cpu.memoryFree), formatBytes(cpu.memoryTotal))],
    [
      text.gpu,
      llama === null
        ? "–"
        : llama.gpu === null
          ? text.noGpu
          : `${llama.devices.join(", ")} over ${llama.gpu}${llama.vramTotalBytes === null ? "" : `, ${formatBytes(llama.vramTotalBytes)}`}`,
    ],
    [
      text.llama,
      llama === null
        ? (problem ?? text.llamaFailed)
        : `${llama.release ?? ""} in node-llama-cpp ${llama.version}; backends ${backends}`,
    ],
  ];
  return (
    <Table>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th w={96} fw={500}>
              {name}
            </Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
