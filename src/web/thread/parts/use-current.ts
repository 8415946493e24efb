import { useEffect, useState } from 'preact/hooks';

/** What changes by itself, and says when. */
export interface Changing<Value> {
  readonly now: () => Value;
  /** Returns the way to stop listening. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** What it is now, drawn again with each change; what changed between the first drawing and the listening is not missed. */
export function useCurrent<Value>({ now, subscribe }: Changing<Value>): Value {
  const [value, setValue] = useState(now);
  useEffect(() => {
    const take = (): void => setValue(now());
    take();
    return subscribe(take);
  }, [subscribe]);
  return value;
}
