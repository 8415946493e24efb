import { isImageFile, siteHostOf } from '../../../libs/kernel/index.ts';

/** Where a link of a text in Markdown leads. */
const LINKED = /\]\(<?(https?:\/\/[^\s)<>]+)|<(https?:\/\/[^\s<>]+)>/gi;
/** Addresses with these endings are pages, not files. */
const PAGE = /\.(?:html?|php|aspx?|jsp)$/i;
const ENDING = /\.([a-z0-9]{2,5})$/i;

/** A file of the old site that a text leads to: it is not brought, and the link ends with that site. */
export interface OldFile {
  readonly address: string;
  /** `pdf`, in lower case. */
  readonly ending: string;
}

/** Each time that a text in Markdown leads to a file of these hosts which is no image. */
export function oldFilesIn(markdown: string, hosts: ReadonlySet<string>): readonly OldFile[] {
  return [...markdown.matchAll(LINKED)].flatMap(([, linked, bare]) => {
    const address = linked ?? bare ?? '';
    if (!hosts.has(siteHostOf(address)) || !URL.canParse(address)) return [];
    const { pathname } = new URL(address);
    const ending = ENDING.exec(pathname)?.[1]?.toLowerCase();
    return ending === undefined || isImageFile(pathname) || PAGE.test(pathname) ? [] : [{ address, ending }];
  });
}
