import { expect, test } from "vitest";
import { PromptSyncError } from "../../src/core/errors.js";
import { redact } from "../../src/core/redact.js";

test.each([
  ["https://ada:s3cret@example.com/shop.git", "https://***@example.com/shop.git"],
  ["'https://example.com/shop.git?token=s3cret&x=1/': gone", "'https://example.com/shop.git?***': gone"],
  ["ssh://git:s3cret@[::1]:22/a and https://b:s3cret@c/d", "ssh://***@[::1]:22/a and https://***@c/d"],
  ["ada@example.com asks: is this fine? yes", "ada@example.com asks: is this fine? yes"],
])("%s", (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test("an error never holds the secrets of a URL", () => {
  const url = "https://ada:s3cret@example.com/?token=s3cret";
  const error = new PromptSyncError("GIT_FAILED", `\`${url}\` is gone`, { hint: `git fetch ${url}` });
  expect(`${error.message} ${error.hint ?? ""}`).not.toContain("s3cret");
});

test("a text full of URLs takes no time", () => {
  const started = performance.now();
  redact("https://".repeat(20_000));
  redact("a".repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(2000);
});
