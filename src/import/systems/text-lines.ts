import { readText } from '../reading/read-text.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';

/** Characters of one line. */
const MOST_OF_LINE = 16 * 1024 * 1024;

/** The lines of a text file that hold anything, one by one. Throws SourceError for one of over 16 MiB. */
export async function* textLines(
  file: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<{ readonly text: string; readonly place: SourcePlace }> {
  let line = 1;
  let parts: string[] = [];
  let size = 0;
  for await (const text of readText(file, onBytes)) {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const whole = parts.join('') + text.slice(from, end);
      parts = [];
      size = 0;
      from = end + 1;
      if (whole.trim() !== '') yield { text: whole, place: { line, column: 1 } };
      line += 1;
    }
    parts.push(text.slice(from));
    size += text.length - from;
    if (size > MOST_OF_LINE) throw new SourceError('a line of over 16 MiB', { line, column: 1 });
  }
  const rest = parts.join('');
  if (rest.trim() !== '') yield { text: rest, place: { line, column: 1 } };
}
