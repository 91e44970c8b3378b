import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { follow, RunView } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { singleLine, styled, table, written } from "../output.ts";

const statusStyle = {
  queued: "dim",
  running: "cyan",
  paused: "yellow",
  succeeded: "green",
  failed: "red",
  cancelled: "yellow",
  interrupted: "yellow",
} as const;

function runsTable(runs: readonly Run[]): string {
  if (runs.length === 0)
    return "No runs yet. Start one with `namewright demo` or `namewright train --version v1`.";
  return table(runs, [
    { title: "run", value: ({ id }) => id },
    { title: "status", value: ({ status }) => status },
    { title: "title", value: ({ title }) => title },
    { title: "started", value: ({ createdAt }) => createdAt.slice(0, 19).replace("T", " ") },
  ]);
}

export const list: Handler = async (context) => {
  const client = await context.client("read");
  const listed = await client.run.list();
  context.print(listed, () => runsTable(listed.runs));
  for (const name of listed.unreadable) context.progress.warn(`couldn't read runs/${name}`);
  return 0;
};

export const show: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("read");
  const shown = await client.run.show({ id });
  context.print(shown, () => {
    const { run } = shown;
    const lines = [
      `${run.id}  ${styled(statusStyle[run.status], run.status)}`,
      singleLine(run.title),
      `started ${run.createdAt}${run.endedAt === null ? "" : `, ended ${run.endedAt}`}`,
      ...(run.reason === null ? [] : [`reason: ${singleLine(run.reason)}`]),
      `folder ${context.shortPath(run.folder)}`,
      "",
      "spec",
      JSON.stringify(run.spec, null, 2),
      ...(shown.result === null || shown.result === undefined
        ? []
        : ["", "result", JSON.stringify(shown.result, null, 2)]),
    ];
    return lines.join("\n");
  });
  return 0;
};

export const watch: Handler = async (context, { arguments: [id = ""], options }) => {
  const client = await context.client("read");
  const lines = context.json || options.events === true;
  const from = typeof options.from === "number" ? options.from : 0;
  const { run } = await client.run.show({ id });
  const view = new RunView(context, run.kind);
  for await (const { entries } of await client.run.watch({ id, from }, { signal: context.signal })) {
    for (const entry of entries) {
      if (lines) process.stdout.write(written(`${JSON.stringify(entry)}\n`));
      else view.show(entry.event);
    }
  }
  const ended = await client.run.show({ id });
  if (!lines) context.print(ended.run, () => `${id} ${ended.run.status}`);
  return 0;
};

export const cancel: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("read");
  const run = await client.run.cancel({ id });
  context.print(run, () => `stopping ${id}; resume it with \`namewright runs resume ${id}\``);
  return 0;
};

export const pause: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("read");
  const run = await client.run.pause({ id });
  context.print(run, () => `pausing ${id}; resume it with \`namewright runs resume ${id}\``);
  return 0;
};

export const resume: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("write");
  const run = await client.run.resume({ id });
  const result = await follow(context, client, run, run.title);
  const ended = await client.run.show({ id });
  context.print({ run: ended.run, result }, () => `${id} ${ended.run.status}`);
  return 0;
};

export const remove: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("write");
  const removed = await client.run.remove({ id });
  context.print(removed, () => `removed ${id}: ${formatBytes(removed.freedBytes)} freed`);
  return 0;
};

export const log: Handler = async (context, { arguments: [id = ""], options }) => {
  const client = await context.client("read");
  const bytes = typeof options.bytes === "number" ? options.bytes : undefined;
  const shown = await client.run.log({ id, bytes });
  if (shown.cut) context.progress.note(`showing the end of a log of ${formatBytes(shown.bytes)}`);
  context.print(shown, () => shown.text.trimEnd());
  return 0;
};

export const artifacts: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("read");
  const shown = await client.run.artifacts({ id });
  context.print(shown, () =>
    table(shown.files, [
      { title: "file", value: ({ path }) => path },
      { title: "size", value: ({ bytes }) => formatBytes(bytes) },
    ]),
  );
  return 0;
};
