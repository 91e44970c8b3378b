import { describe, expect, it } from "vitest";
import { refuseForeign, refuseRepeatedHost, refuseToken, tokenOfProtocols } from "./admission.ts";

const foreign = { status: 403 };

describe("a request's Host", () => {
  it.each(["127.0.0.1:8080", "localhost:1", "LOCALHOST", "[::1]:65535", "127.0.0.1"])(
    "%s is this machine",
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
  ])("%s is not", (host) => {
    expect(refuseForeign({ host }, "where-sent")).toMatchObject(foreign);
  });

  it("is there once, in whatever case, and may be another header's value", () => {
    expect(refuseRepeatedHost(["Host", "a", "x-about", "host"])).toBeNull();
    expect(refuseRepeatedHost(["Host", "a", "hOST", "a"])).toMatchObject({ status: 400 });
  });

  it("must be there", () => expect(refuseForeign({}, "where-sent")).toMatchObject(foreign));
});

describe("a request's Origin", () => {
  const host = "127.0.0.1:4000";
  it("is our own page's, at the port the browser sees", () => {
    expect(refuseForeign({ host, origin: "http://127.0.0.1:4000" }, "always")).toBeNull();
  });

  it("is refused where it is repeated, joined as Node joins it", () => {
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
  ])("%s is another's", (origin) => {
    expect(refuseForeign({ host, origin }, "always")).toMatchObject(foreign);
    expect(refuseForeign({ host, origin }, "where-sent")).toMatchObject(foreign);
  });
  it("may be missing where a browser sends none, and nowhere else", () => {
    expect(refuseForeign({ host }, "where-sent")).toBeNull();
    expect(refuseForeign({ host }, "always")).toMatchObject(foreign);
  });
});

describe("the token", () => {
  it("is this launch's, whole", () => {
    expect(refuseToken("abcdef", "abcdef")).toBeNull();
    for (const given of [undefined, "", "abcde", "abcdefg", "ABCDEF"])
      expect(refuseToken(given, "abcdef")).toMatchObject({ status: 401 });
  });
  it("stands among the offered protocols of an upgrade", () => {
    expect(tokenOfProtocols("namewright, token.abc")).toBe("abc");
    expect(tokenOfProtocols("namewright")).toBeUndefined();
    expect(tokenOfProtocols(undefined)).toBeUndefined();
  });
});
