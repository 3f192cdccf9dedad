/** A count and its noun: `1 alias`, `2 aliases`, `0 prompts`; words that bend otherwise bring their plural. */
export function plural(count: number, one: string, many = regular(one)): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

function regular(noun: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
