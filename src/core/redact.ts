/** Text without the secrets that URLs in it may hold: a name with its password, and what stands behind the `?`. */
export function redact(text: string): string {
  // Lengths are bounded, so that a text full of URLs takes no quadratic time.
  return text
    .replace(/:\/\/[^/@\s]{1,1000}@/g, "://***@")
    .replace(/(:\/\/[^\s'"`?]{1,1000})\?[^\s'"`]{1,4000}/g, "$1?***");
}
