import { open } from 'node:fs/promises';
import type { ImportSourceKind } from '../../../libs/words/index.ts';
import { SourceError } from '../source/source.ts';
import { readText } from './read-text.ts';

const SQLITE = 'SQLite format 3\u0000';
/** Characters of an export in which its system is recognised. */
const HEAD = 64 * 1024;

/** By what the beginning of an export tells its system, in the order in which it is asked. */
const MARKS: readonly (readonly [source: ImportSourceKind, mark: (head: string) => boolean])[] = [
  ['disqus', (head) => /<disqus[\s>]/.test(head) || (/<rss[\s>]/.test(head) && head.includes('disqus.com'))],
  ['wordpress', (head) => /<rss[\s>]/.test(head) && head.includes('wordpress.org/export/')],
  ['waline', (head) => /^\s*\{/.test(head) && /"type"\s*:\s*"waline"/.test(head)],
  ['discourse', (head) => /^\s*\{/.test(head) && /"post_stream"\s*:/.test(head)],
  ['remark42', (head) => /^\s*\{"version":\d+,"users":[^\n]*\n/.test(head)],
  ['comentario', (head) => /^\s*\{/.test(head) && /"commentHex"/.test(head) && /"host"\s*:/.test(head)],
  ['commento', (head) => /^\s*\{/.test(head) && /"commentHex"|"commenterHex"/.test(head)],
  ['comentario', (head) => /^\s*\{/.test(head) && /"(?:pageId|domainPages|pages)"\s*:/.test(head)],
  ['artalk', (head) => /^\s*\[/.test(head) && /"page_key"\s*:/.test(head)],
  ['artalk', (head) => /^- id:/m.test(head) && /^ {1,8}page_key:/m.test(head)],
  ['twikoo', (head) => /^\s*[[{]/.test(head) && /"_id"\s*:/.test(head) && /"nick"\s*:/.test(head)],
];

/** The system that an export comes from; null when nothing tells it. Throws the system's error when it cannot be read. */
export async function recognised(file: string): Promise<ImportSourceKind | null> {
  if ((await firstBytes(file, SQLITE.length)) === SQLITE) return 'isso';
  const head = (await beginning(file)).replace(/^\ufeff/, '');
  return MARKS.find(([, isOf]) => isOf(head))?.[0] ?? null;
}

async function beginning(file: string): Promise<string> {
  let head = '';
  try {
    for await (const text of readText(file, () => undefined)) {
      head += text.slice(0, HEAD);
      if (head.length >= HEAD) break;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return head.slice(0, HEAD);
}

async function firstBytes(file: string, count: number): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
