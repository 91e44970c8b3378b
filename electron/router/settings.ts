import { implement } from "@orpc/server";
import { settingsContract } from "../../shared/contract/settings.ts";
import type { SettingsService } from "../services/settings/settingsService.ts";

export function settingsRouter(service: SettingsService) {
  const os = implement(settingsContract);
  return os.router({
    get: os.get.handler(() => service.get()),
    update: os.update.handler(({ input }) => service.update(input)),
    setKey: os.setKey.handler(({ input }) => service.setKey(input)),
    testJudge: os.testJudge.handler(({ signal }) =>
      service.testJudge(signal ?? new AbortController().signal),
    ),
  });
}
