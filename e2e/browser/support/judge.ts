import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A local LLM endpoint that gives every call the same answer and records the requests. */
export interface StandInJudge {
  readonly baseUrl: string;
  readonly heard: { readonly authorization: string | undefined; readonly body: string }[];
  stop(): Promise<void>;
}

const answer = {
  choices: [{ finish_reason: "stop", message: { content: '{"ready":true}' } }],
  usage: { prompt_tokens: 30, completion_tokens: 10 },
};

export async function startJudge(status = 200): Promise<StandInJudge> {
  const heard: StandInJudge["heard"] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      heard.push({ authorization: request.headers.authorization, body });
      const sent = status === 200 ? answer : { error: { message: "no" } };
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(sent));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    heard,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
