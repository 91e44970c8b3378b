import { oc } from "@orpc/contract";
import {
  JudgeTestSchema,
  KeyChangeSchema,
  SettingsChangeSchema,
  SettingsSchema,
} from "../schema/settings.ts";

/** The user's settings: theirs, never a workspace's. A key can be set and cleared, never read. */
export const settingsContract = {
  get: oc.output(SettingsSchema),
  update: oc.input(SettingsChangeSchema).output(SettingsSchema),
  setKey: oc.input(KeyChangeSchema).output(SettingsSchema),
  /** One tiny call to the judge's endpoint as it is set now. */
  testJudge: oc.output(JudgeTestSchema),
};
