import { describe, expect, it } from "vitest";
import { deathOf } from "./processDeath.ts";

describe("deathOf", () => {
  it.each([
    ["EMFILE", "missing", /too many files are open/, /ulimit -n/],
    ["ENOMEM", "missing", /out of memory or processes/, /ulimit -v/],
    ["ENOENT", "missing", /program can't be run/, /namewright doctor/],
    ["SIGKILL", "missing", /killed by the system, usually because memory ran out/, /ulimit -v/],
    ["SIGSEGV", "missing", /crashed \(SIGSEGV\), which usually means that memory ran out/, /ulimit -v/],
    ["SIGABRT", "missing", /crashed \(SIGABRT\)/, /ulimit -v/],
    ["SIGTERM", "defect", /^ended with SIGTERM$/, /log/],
  ])("explains %s as %s", (killedBy, code, what, hint) => {
    expect(deathOf({ code: null, killedBy })).toMatchObject({
      code,
      what: expect.stringMatching(what),
      hint: expect.stringMatching(hint),
    });
  });

  it.each([
    [137, "missing", /killed by the system/],
    [139, "missing", /crashed \(SIGSEGV\)/],
    [0xc0000005, "missing", /crashed \(0xc0000005\)/],
    [1, "defect", /^ended with exit code 1$/],
  ])("explains exit code %d as %s", (exitCode, code, what) => {
    expect(deathOf({ code: exitCode, killedBy: null })).toMatchObject({
      code,
      what: expect.stringMatching(what),
    });
  });

  it("retries a crash, but not a start that a limit prevented", () => {
    const retried = ["SIGSEGV", "SIGKILL", "EMFILE", "ENOMEM"].map(
      (killedBy) => deathOf({ code: null, killedBy }).worthRetrying,
    );
    expect(retried).toEqual([true, true, false, false]);
  });
});
