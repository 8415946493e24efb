/** A form of a page that does something, as it is sent with what stands in it. */
export interface PostedForm {
  readonly action: string;
  /** All addresses that its buttons send it to, its own first. */
  readonly actions: readonly string[];
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The names of the fields in which texts are written. */
  readonly texts: readonly string[];
  readonly isInParts: boolean;
}

/** The forms on a page that are sent by post; one without an address goes to that of its page. */
export function postedForms(html: string, path: string): readonly PostedForm[] {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  return forms.flatMap(([, tag = '', inner = '']) => {
    if (attribute(tag, 'method') !== 'post') return [];
    const own = attribute(tag, 'action');
    const id = attribute(tag, 'id');
    const buttons = [...html.matchAll(/<button\b([^>]*)>/g)]
      .map(([whole, button = '']) => ({ whole, button }))
      .filter(({ whole, button }) => inner.includes(whole) || (id !== undefined && attribute(button, 'form') === id))
      .map(({ button }) => button);
    const others = buttons.flatMap((button) => attribute(button, 'formaction') ?? []);
    return [
      {
        action: own ?? others[0] ?? path,
        actions: [...new Set([...(own === undefined ? [] : [own]), ...others])],
        fields: [...inner.matchAll(/<(input|textarea|button|select)\b([^>]*)>/g)].flatMap(([, kind, field = '']) =>
          fieldOf(kind ?? '', field),
        ),
        texts: [...inner.matchAll(/<textarea\b([^>]*)>/g)].flatMap(([, field = '']) => attribute(field, 'name') ?? []),
        isInParts: attribute(tag, 'enctype') === 'multipart/form-data',
      },
    ];
  });
}

function fieldOf(kind: string, tag: string): readonly (readonly [string, string])[] {
  const name = attribute(tag, 'name');
  const isChoice = kind === 'input' && /\btype="(radio|checkbox|file)"/.test(tag);
  if (name === undefined || kind === 'textarea' || kind === 'select') return [];
  return isChoice && !/\bchecked\b/.test(tag) ? [] : [[name, attribute(tag, 'value') ?? '']];
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value?.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
