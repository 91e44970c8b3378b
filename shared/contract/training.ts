import { oc } from "@orpc/contract";
import { z } from "zod";
import { RunIdSchema } from "../schema/place.ts";
import { RunSchema } from "../schema/run.ts";
import { RunCurvesSchema } from "../schema/trainingCurves.ts";
import { SpecDiffSchema, TrainingPlanSchema, TrainingPresetsSchema } from "../schema/trainingPlan.ts";
import {
  EnsuredTrainingSchema,
  TrainingPlanRequestSchema,
  TrainingRequestSchema,
} from "../schema/trainingRun.ts";
import { SpeedRequestSchema, TrainingSpeedSchema } from "../schema/trainingSpeed.ts";
import { AdapterVersionSchema } from "../schema/workspace.ts";

export const trainingContract = {
  /** Starts a training; follow its progress in the run's journal. */
  start: oc.input(TrainingRequestSchema).output(RunSchema),
  /** Starts a training, unless the version comes from an equal one or an equal one can be resumed. */
  ensure: oc.input(TrainingRequestSchema).output(EnsuredTrainingSchema),
  /** The versions whose adapter a request would replace; starts nothing. */
  replaces: oc.input(TrainingPlanRequestSchema).output(z.array(AdapterVersionSchema)),
  /** The datasets that can be trained on, in order. */
  versions: oc.output(z.array(AdapterVersionSchema)),
  /** The presets, and every field with what it does. */
  presets: oc.output(TrainingPresetsSchema),
  /** What a request would start, what it takes and what is wrong with it; starts nothing. */
  plan: oc.input(TrainingPlanRequestSchema).output(TrainingPlanSchema),
  /** Measures for a minute at most which threads, workers and batch are fastest here, and remembers it. */
  probe: oc.input(SpeedRequestSchema).output(TrainingSpeedSchema),
  /** The curves of several trainings, each series thinned to a number of points, for history and overlay. */
  curves: oc
    .input(
      z.strictObject({
        ids: z.array(RunIdSchema).max(50),
        points: z.number().int().min(4).max(5000).default(600),
      }),
    )
    .output(z.array(RunCurvesSchema)),
  /** Where the specs of two trainings differ. */
  diff: oc.input(z.strictObject({ one: RunIdSchema, other: RunIdSchema })).output(SpecDiffSchema),
};
