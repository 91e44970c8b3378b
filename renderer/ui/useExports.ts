import { useMutation } from "@tanstack/react-query";
import { pluralize } from "../../shared/domain/format/count.ts";
import { downloadFile, fetchesFiles, useClient } from "../api/index.ts";
import { messages } from "./messages.ts";
import { notice, noticeFailure } from "./notices.tsx";

interface ReportOf {
  readonly baseline: string;
  /** Null: a report of the baseline only. */
  readonly candidate: string | null;
  /** The file name in the workspace's images/. */
  readonly name: string;
}

/** Exports results: a report as one file, and the figures of versions. */
export function useExports(folder: string) {
  const client = useClient();
  const report = useMutation({
    mutationFn: async ({ baseline, candidate, name }: ReportOf) => {
      const { out } = await client.report.report({ baseline, candidate, out: `${folder}/images/${name}` });
      if (fetchesFiles()) await downloadFile(out);
      return out;
    },
    onSuccess: (out) => notice(out, messages.exports.reportSaved),
    onError: (error) => noticeFailure(error, messages.exports.reportFailed),
  });
  const figures = useMutation({
    mutationFn: async (versions: readonly string[]) => {
      const written: string[] = [];
      // One after the other, because each starts a process that draws.
      for (const version of versions) written.push(...(await client.report.figures({ version })).written);
      return written;
    },
    onSuccess: ({ length }) =>
      notice(messages.exports.savedIn(pluralize(length, "file"), folder), messages.exports.figuresSaved),
    onError: (error) => noticeFailure(error, messages.exports.figuresFailed),
  });
  return { report, figures };
}
