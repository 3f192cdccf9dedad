/**
 * Keeps what was made for a key, for at most `most` keys. A key for which making throws, or makes nothing, leaves nothing
 * behind.
 */
export function kept<Value>(make: (key: string) => Value, most = Infinity): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const there = known.get(key);
    if (there !== undefined) return there;
    const made = make(key);
    if (known.size >= most) known.clear();
    if (made !== undefined) known.set(key, made);
    return made;
  };
}
