import { useEffect, useState } from 'preact/hooks';

/** A value that changes by itself and announces it. */
export interface Changing<Value> {
  readonly now: () => Value;
  /** Gives the function that stops listening. */
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * The present value, drawn again with each change; a change between the first drawing and the listening is not missed.
 */
export function useCurrent<Value>({ now, subscribe }: Changing<Value>): Value {
  const [value, setValue] = useState(now);
  useEffect(() => {
    const take = (): void => setValue(now());
    take();
    return subscribe(take);
  }, [subscribe]);
  return value;
}
