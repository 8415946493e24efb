import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { readText } from '../reading/read-text.ts';
import { SourceError } from '../source/source.ts';
import type { JsonRecord } from './json-records.ts';

/** Characters of a file: it is read as a whole. */
const MOST_OF_FILE = 16 * 1024 * 1024;

/** The elements of a list in YAML. Throws SourceError for another file, and for one of over 16 MiB. */
export async function* yamlRecords(file: string, onBytes: (bytes: number) => void): AsyncGenerator<JsonRecord> {
  const start = { line: 1, column: 1 };
  const parts: string[] = [];
  let size = 0;
  for await (const text of readText(file, onBytes)) {
    parts.push(text);
    size += text.length;
    if (size > MOST_OF_FILE) throw new SourceError('a YAML file of over 16 MiB; export as Artrans instead', start);
  }
  const lines = new LineCounter();
  const document = parseDocument(parts.join(''), { lineCounter: lines, schema: 'core' });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw new SourceError('broken YAML', { line, column: col });
  }
  if (!isSeq(document.contents)) throw new SourceError('this is no list in YAML', start);
  for (const item of document.contents.items) {
    const offset = isMap(item) ? (item.range?.[0] ?? 0) : 0;
    const { line, col } = lines.linePos(offset);
    yield { path: '', place: { line, column: col }, value: isMap(item) ? item.toJSON() : null };
  }
}
