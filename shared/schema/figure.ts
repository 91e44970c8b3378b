import { z } from "zod";
import { Positive } from "./numbers.ts";
import { ReportModelSchema, VersionReportSchema } from "./report.ts";

/** A figure and its data; `role` gives a version the color it has in the comparison. */
const FigureDrawingSchema = z.discriminatedUnion("figure", [
  z.strictObject({
    figure: z.literal("categories"),
    data: VersionReportSchema,
    role: z.enum(["baseline", "candidate"]).default("candidate"),
  }),
  z.strictObject({ figure: z.literal("safety"), data: VersionReportSchema }),
  /** These two need a model with a comparison. */
  z.strictObject({ figure: z.literal("differences"), data: ReportModelSchema }),
  z.strictObject({ figure: z.literal("slices"), data: ReportModelSchema }),
]);
export type FigureDrawing = z.infer<typeof FigureDrawingSchema>;

const id = Positive;

/** A message to the figures' process. */
export const FigureRequestSchema = z.strictObject({
  kind: z.literal("draw"),
  id,
  drawing: FigureDrawingSchema,
  /** In CSS pixels; height null: what the content asks for. */
  width: z.number().int().min(640).max(4000),
  height: z.number().int().min(200).max(10_000).nullable(),
  /** Pixels of the PNG for one CSS pixel. */
  scale: z.number().min(0.5).max(4),
  /** The font file, absolute. */
  fontFile: z.string(),
});
export type FigureRequest = z.infer<typeof FigureRequestSchema>;

/** A message from it; each request is answered by one `drawn` or `failed`. */
export const FigureEventSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("drawn"),
    id,
    svg: z.string(),
    png: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  }),
  z.strictObject({ kind: z.literal("failed"), id, message: z.string() }),
]);
export type FigureEvent = z.infer<typeof FigureEventSchema>;
