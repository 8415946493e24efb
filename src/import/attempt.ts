/** What an action threw, for a generator, which cannot give its records out of a parser's callback. Undefined where it went well. */
export function attempt(action: () => void): { readonly error: unknown } | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return { error };
  }
}
