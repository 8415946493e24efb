import type { Warn, WxrItem, WxrSite } from './wxr.ts';
import { WxrParser } from './wxr-parser.ts';
import { readText } from './wxr-text.ts';

/** One item, and what the channel had said about itself when it ended. */
export interface WxrRead {
  readonly site: WxrSite;
  readonly item: WxrItem;
}

/**
 * The items of a WordPress export, one by one; no more than one item and one piece of the file is held at a time.
 * Where the file is broken or ends early, the items that were whole before come first; then it throws WxrError.
 */
export async function* readWxr(
  file: string,
  warn: Warn,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<WxrRead> {
  const parser = new WxrParser(warn);
  for await (const text of readText(file, onBytes)) {
    const fault = attempt(() => parser.write(text));
    for (const item of parser.take()) yield { site: parser.site, item };
    if (fault !== undefined) throw fault.error;
  }
  parser.end();
}

function attempt(action: () => void): { readonly error: unknown } | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return { error };
  }
}
