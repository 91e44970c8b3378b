import { describe, expect, it } from "vitest";
import { refuseForeign, refuseRepeatedHost, refuseToken, tokenOfProtocols } from "./admission.ts";

const foreign = { status: 403 };

describe("a request's Host", () => {
  it.each(["127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:65535", "127.0.0.1"])(
    "accepts %s as this machine",
    (host) => {
      expect(refuseForeign({ host }, "where-sent")).toBeNull();
    },
  );

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "localhost.",
    "127.0.0.1.",
    "127.0.0.2",
    "0.0.0.0:80",
    "192.168.1.4",
    "[::ffff:127.0.0.1]",
    "2130706433",
    "127.0.0.1:80@evil.example",
    "user@localhost",
    "localhost:abc",
    "",
  ])("rejects %s", (host) => {
    expect(refuseForeign({ host }, "where-sent")).toMatchObject(foreign);
  });

  it("appears exactly once, in any case, and may equal another header's value", () => {
    expect(refuseRepeatedHost(["Host", "a", "x-about", "host"])).toBeNull();
    expect(refuseRepeatedHost(["Host", "a", "hOST", "a"])).toMatchObject({ status: 400 });
  });

  it("is required", () => expect(refuseForeign({}, "where-sent")).toMatchObject(foreign));
});

describe("a request's Origin", () => {
  const host = "127.0.0.1:4000";
  it("matches our page, at the port that the browser sees", () => {
    expect(refuseForeign({ host, origin: "http://127.0.0.1:4000" }, "always")).toBeNull();
  });

  it("is refused if repeated, as joined by Node", () => {
    const origin = "http://127.0.0.1:4000, http://127.0.0.1:4000";
    expect(refuseForeign({ host, origin }, "always")).toMatchObject(foreign);
  });
  it.each([
    "null",
    "http://evil.example",
    "https://127.0.0.1:4000",
    "http://127.0.0.1:4001",
    "http://localhost:4000",
    "http://127.0.0.1:4000.evil.example",
    "",
  ])("rejects %s", (origin) => {
    expect(refuseForeign({ host, origin }, "always")).toMatchObject(foreign);
    expect(refuseForeign({ host, origin }, "where-sent")).toMatchObject(foreign);
  });
  it("may be missing only where browsers send none", () => {
    expect(refuseForeign({ host }, "where-sent")).toBeNull();
    expect(refuseForeign({ host }, "always")).toMatchObject(foreign);
  });
});

describe("the token", () => {
  it("must equal this launch's token", () => {
    expect(refuseToken("abcdef", "abcdef")).toBeNull();
    for (const given of [undefined, "", "abcde", "abcdefg", "ABCDEF"])
      expect(refuseToken(given, "abcdef")).toMatchObject({ status: 401 });
  });
  it("is read from the offered protocols of an upgrade", () => {
    expect(tokenOfProtocols("namewright, token.abc")).toBe("abc");
    expect(tokenOfProtocols("namewright")).toBeUndefined();
    expect(tokenOfProtocols(undefined)).toBeUndefined();
  });
});
