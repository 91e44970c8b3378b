import { useMutation } from "@tanstack/react-query";
import { pluralize } from "../../shared/domain/format/count.ts";
import { downloadFile, fetchesFiles, useClient } from "../api/index.ts";
import { notice, noticeFailure } from "./notices.tsx";

interface ReportOf {
  readonly baseline: string;
  /** Null: a report of the baseline alone. */
  readonly candidate: string | null;
  /** The file's name, in the workspace's images/. */
  readonly name: string;
}

/** What is taken away from results: a report in one file, and the study's figures of versions. */
export function useExports(folder: string) {
  const client = useClient();
  const report = useMutation({
    mutationFn: async ({ baseline, candidate, name }: ReportOf) => {
      const { out } = await client.report.report({ baseline, candidate, out: `${folder}/images/${name}` });
      if (fetchesFiles()) await downloadFile(out);
      return out;
    },
    onSuccess: (out) => notice(out, "The report is written"),
    onError: (error) => noticeFailure(error, "The report was not written"),
  });
  const figures = useMutation({
    mutationFn: async (versions: readonly string[]) => {
      const written: string[] = [];
      // One after the other: each starts a process that draws.
      for (const version of versions) written.push(...(await client.report.figures({ version })).written);
      return written;
    },
    onSuccess: ({ length }) => notice(`${pluralize(length, "file")} in ${folder}/images`, "Figures saved"),
    onError: (error) => noticeFailure(error, "The figures were not saved"),
  });
  return { report, figures };
}
