import { readFileSync, watch } from 'node:fs';

/**
 * Loaded before a program (`NODE_OPTIONS=--import …/moving-clock.ts`), it moves that program's clock by the milliseconds
 * that stand in the file CLOCK_FILE, whenever they change: Date is moved, timers and performance.now() are not, as when
 * somebody sets a machine's clock.
 */
const file = process.env['CLOCK_FILE'];
const RealDate = Date;
let movedMs = 0;

const now = (): number => RealDate.now() + movedMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

function read(path: string): void {
  const milliseconds = Number(readFileSync(path, 'utf8'));
  if (Number.isFinite(milliseconds)) movedMs = milliseconds;
}

if (file !== undefined) {
  read(file);
  watch(file, { persistent: false }, () => read(file));
}
