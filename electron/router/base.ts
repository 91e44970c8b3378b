import { implement } from "@orpc/server";
import { baseContract } from "../../shared/contract/base.ts";
import type { BaseService } from "../services/base/baseService.ts";

export function baseRouter(service: BaseService) {
  const os = implement(baseContract);
  return os.router({
    list: os.list.handler(() => service.list()),
    check: os.check.handler(({ input }) => service.check(input.path)),
    choose: os.choose.handler(({ input }) => service.choose(input)),
    download: os.download.handler(({ input }) => service.download(input)),
    add: os.add.handler(({ input, signal }) =>
      service.add(input.base, signal ?? new AbortController().signal),
    ),
    watchPreparation: os.watchPreparation.handler(async function* ({ signal }) {
      yield* service.watchPreparation(signal ?? new AbortController().signal);
    }),
    remove: os.remove.handler(({ input }) => service.remove(input.id)),
  });
}
