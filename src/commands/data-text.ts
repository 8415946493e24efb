/** A text among the data of an event, whatever its type; null where there is none. */
export function dataText(data: unknown, field: string): string | null {
  const value: unknown = Reflect.get(Object(data), field);
  return typeof value === 'string' ? value : null;
}
