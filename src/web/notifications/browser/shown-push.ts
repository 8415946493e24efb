/** What a notification shows; `data` is the path that a press opens. */
export interface ShownPush {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly lang: string;
  readonly silent: boolean;
  /** Shown for as long as this device has it: it was read elsewhere. */
  readonly read: boolean;
  readonly data: string;
}

/** The push of the forum as a notification; one that cannot be read shows that there is something, since it must show something. */
export function shownPush(text: string, host: string): ShownPush {
  const fields = fieldsIn(text);
  const field = (name: string, otherwise: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : otherwise;
  };
  return {
    title: field('title', host),
    body: field('body', ''),
    tag: field('tag', host),
    lang: field('lang', ''),
    silent: fields.get('quiet') === true,
    read: fields.get('read') === true,
    data: field('path', '/notifications'),
  };
}

function fieldsIn(text: string): ReadonlyMap<string, unknown> {
  try {
    return new Map(Object.entries(Object(JSON.parse(text))));
  } catch {
    return new Map();
  }
}
