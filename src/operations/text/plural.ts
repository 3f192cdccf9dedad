/** A count and its noun: `1 alias`, `2 aliases`, `0 prompts`; words that bend otherwise bring their plural. */
export function plural(count: number, one: string, many = regular(one)): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A whole number as people read it: `12,345`. By hand, because the first `toLocaleString` of a process takes 15 ms. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

function regular(noun: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
