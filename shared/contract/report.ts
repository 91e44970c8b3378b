import { oc } from "@orpc/contract";
import { z } from "zod";
import { PathSchema } from "../schema/place.ts";
import { ResultsNameSchema } from "../schema/workspace.ts";

const FiguresWrittenSchema = z.strictObject({
  version: ResultsNameSchema,
  written: z.array(z.string()),
});

const ReportWrittenSchema = z.strictObject({ out: z.string(), bytes: z.number().int() });

export const reportContract = {
  /** The study's two figures of a version, as SVG and PNG in `images/`. */
  figures: oc.input(z.strictObject({ version: ResultsNameSchema })).output(FiguresWrittenSchema),
  /** One HTML file that needs nothing else. */
  report: oc
    .input(
      z.strictObject({
        baseline: PathSchema,
        candidate: PathSchema.nullable(),
        out: PathSchema,
      }),
    )
    .output(ReportWrittenSchema),
};
