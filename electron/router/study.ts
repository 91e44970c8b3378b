import { implement } from "@orpc/server";
import { studyContract } from "../../shared/contract/study.ts";
import type { StudyService } from "../services/study/studyService.ts";

export function studyRouter(service: StudyService) {
  const os = implement(studyContract);
  return os.router({ read: os.read.handler(({ input }) => service.read(input)) });
}
