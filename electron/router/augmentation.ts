import { implement } from "@orpc/server";
import { augmentationContract } from "../../shared/contract/augmentation.ts";
import type { AugmentationService } from "../services/augmentation/augmentationService.ts";

export function augmentationRouter(service: AugmentationService) {
  const os = implement(augmentationContract);
  return os.router({
    start: os.start.handler(({ input }) => service.start(input)),
    generate: os.generate.handler(({ input }) => service.generate(input)),
    proposals: os.proposals.handler(({ input }) => service.proposals(input.run)),
    review: os.review.handler(({ input }) => service.review(input)),
    accept: os.accept.handler(({ input }) => service.accept(input.run)),
  });
}
