/** Longer texts are worked out each time, so that what is remembered stays small. */
const LONGEST = 200;
/** When so many are remembered, all are forgotten. */
const MOST = 500;

/** The function, which works a text out once and remembers what came of it; the function must depend on the text alone. */
export function remembered<Value>(workOut: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = workOut(text);
    if (text.length > LONGEST) return value;
    if (known.size >= MOST) known.clear();
    known.set(text, value);
    return value;
  };
}

/** The function, which remembers what came of the last text alone, however long that is; the function must depend on the text alone. */
export function rememberedLast<Value>(workOut: (text: string) => Value): (text: string) => Value {
  let last: { readonly text: string; readonly value: Value } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: workOut(text) };
    return last.value;
  };
}
