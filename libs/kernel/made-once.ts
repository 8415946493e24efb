/**
 * What is asked for is made with the first question and kept: a start pays for nothing that most forums ask much later.
 *
 *     const names = madeOnce(() => new Set(longList()));
 *     names().has('admin');
 */
export function madeOnce<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
