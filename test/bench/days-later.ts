const LATER_MS = Number(process.env['DAYS_LATER'] ?? 0) * 86_400_000;

/** Loaded before a program, it moves the clock of each of its threads on by DAYS_LATER days: what waits for a morning is due. */
globalThis.Date = new Proxy(Date, {
  construct: (date, given, as) => Reflect.construct(date, given.length === 0 ? [date.now() + LATER_MS] : given, as),
  get: (date, name, of) => (name === 'now' ? () => date.now() + LATER_MS : Reflect.get(date, name, of)),
});
