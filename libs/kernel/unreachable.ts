/** Ends a switch over a union: the compiler refuses a case that was forgotten, and at run time it says which one came. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
