import { attempt } from '../attempt.ts';
import { fromItsStart } from '../reading/from-its-start.ts';
import { readText } from '../reading/read-text.ts';
import type { Warn } from '../source/source.ts';
import type { WxrItem, WxrSite } from './wxr.ts';
import { type KeepsComment, WxrParser } from './wxr-parser.ts';
import { XmlSieve } from './xml-sieve.ts';

const START = /<\?xml\s|<rss[\s>]/;

/** One item, and what the channel had said about itself when it ended. */
export interface WxrRead {
  readonly site: WxrSite;
  readonly item: WxrItem;
}

export interface ReadOptions {
  /** Hears after each piece how many bytes of the file were read. */
  readonly onBytes?: (bytes: number) => void;
  /** All are kept unless told. */
  readonly keepsComment?: KeepsComment;
  /** Whether an item's further comments are of no use, once so many were kept; they are then not even parsed. */
  readonly skipsComments?: (kept: number) => boolean;
}

/**
 * The items of a WordPress export, one by one; memory holds no more than one item and one piece of the file. Where the
 * file is broken or ends early, the whole items before come first; then it throws SourceError.
 */
export async function* readWxr(
  file: string,
  warn: Warn,
  { onBytes = () => undefined, keepsComment, skipsComments = () => false }: ReadOptions = {},
): AsyncGenerator<WxrRead> {
  const parser = new WxrParser(warn, keepsComment);
  const sieve = new XmlSieve(() => skipsComments(parser.commentsKept));
  let isFirst = true;
  for await (const text of readText(file, onBytes)) {
    const xml = isFirst ? fromItsStart(text, warn, START) : text;
    isFirst = false;
    const fault = attempt(() => {
      for (const piece of sieve.sift(xml)) parser.write(piece.text, piece.lines);
    });
    for (const item of parser.take()) yield { site: parser.site, item };
    if (fault !== undefined) throw fault.error;
  }
  const fault = attempt(() => parser.write(sieve.end()));
  for (const item of parser.take()) yield { site: parser.site, item };
  if (fault !== undefined) throw fault.error;
  parser.end();
}
