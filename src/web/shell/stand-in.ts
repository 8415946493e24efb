import { randomBytes, randomUUID } from 'node:crypto';
import { Fragment, h } from 'preact';
import { render } from 'preact-render-to-string';
import { textInJson } from './page-json.ts';

/** What is a member's own on a page of which all else is the same for others. */
export interface OwnTexts {
  readonly id: string;
  readonly handle: string;
  readonly displayName: string;
  /** The id of the comment that the page's form sends. */
  readonly newId: string;
  /** The position from which live goes on. */
  readonly position: string;
}

/** The place of an own text, and how it is written there. */
export type OwnPlace = keyof OwnTexts | 'displayNameInJson';

const [handle, name] = [`h${randomBytes(12).toString('hex')}`, `n${randomBytes(12).toString('hex')}`];

/**
 * In whose place a page is rendered for many members. Nobody can guess these, so no text on a page can be mistaken for them; the name has a
 * quotation mark, which tells in what it stands: HTML and JSON write it otherwise.
 */
export const STAND_IN: OwnTexts = {
  id: randomUUID(),
  handle,
  displayName: `"${name}`,
  newId: randomUUID(),
  position: String(10n ** 18n + (randomBytes(8).readBigUInt64BE() % 10n ** 18n)),
};

const PLACES: ReadonlyMap<string, OwnPlace> = new Map([
  [STAND_IN.id, 'id'],
  [STAND_IN.handle, 'handle'],
  [STAND_IN.newId, 'newId'],
  [STAND_IN.position, 'position'],
  [`&quot;${name}`, 'displayName'],
  [`\\"${name}`, 'displayNameInJson'],
]);
const PLACE = new RegExp([...PLACES.keys()].map((text) => text.replace('\\', '\\\\')).join('|'), 'g');

/** A piece of HTML that is the same for all, or the place of an own text between two. */
export type DrawnPiece = { readonly html: string } | { readonly own: OwnPlace };

/** HTML that was rendered for the stand-in, in pieces. Null where its name stands in what is neither HTML nor JSON. */
export function drawnPieces(html: string): readonly DrawnPiece[] | null {
  const pieces: DrawnPiece[] = [];
  let at = 0;
  const put = (text: string): void => {
    if (text !== '') pieces.push({ html: text });
  };
  for (const { 0: text, index } of html.matchAll(PLACE)) {
    const own = PLACES.get(text);
    if (own === undefined) return null;
    put(html.slice(at, index));
    pieces.push({ own });
    at = index + text.length;
  }
  put(html.slice(at));
  return pieces.some((piece) => 'html' in piece && piece.html.includes(name)) ? null : pieces;
}

/** Whether anything of the stand-in's own is in these bytes. */
export function standsIn(bytes: Buffer): boolean {
  return [STAND_IN.id, handle, name, STAND_IN.newId, STAND_IN.position].some((text) => bytes.includes(text));
}

/** Whether all of these are written the same wherever they stand, but for the name; an empty one is written otherwise in an attribute. */
export function areWrittenAlike(texts: OwnTexts): boolean {
  return (
    texts.displayName !== '' &&
    [texts.id, texts.handle, texts.newId, texts.position].every((text) => /^[\w-]+$/.test(text))
  );
}

/** An own text as it is written at its place. */
export function writtenAt(place: OwnPlace, texts: OwnTexts): string {
  switch (place) {
    case 'displayName':
      return render(h(Fragment, null, texts.displayName));
    case 'displayNameInJson':
      return textInJson(texts.displayName);
    case 'id':
    case 'handle':
    case 'newId':
    case 'position':
      return texts[place];
    default:
      return place satisfies never;
  }
}
