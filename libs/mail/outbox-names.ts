import { isUuid } from '../kernel/index.ts';

const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-f-]{36})\.eml$/;

/** The file of a mail: `20261126T081500125Z-<id>.eml`. The order of names is the order of time, on every file system. */
export function outboxName(at: string, id: string): string {
  const name = `${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}-${id}.eml`;
  if (!isOutboxName(name)) throw new RangeError('a mail is filed under a time and a UUID');
  return name;
}

/** True for a name that the outbox gives; nothing else in the folder is looked at. */
export function isOutboxName(name: string): boolean {
  return isUuid(NAME.exec(name)?.[8]);
}

/** The time and the mail of a name. Throws RangeError for any other name. */
export function readOutboxName(name: string): { readonly at: string; readonly id: string } {
  const [, year, month, day, hour, minute, second, ms, id] = NAME.exec(name) ?? [];
  if (id === undefined) throw new RangeError(`${name} is no file of the outbox`);
  return { at: `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`, id };
}
