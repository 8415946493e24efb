import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files under a folder in which a text stands, whatever kind of files they are; their names too are looked at. */
export function filesWith(folder: string, text: string): readonly string[] {
  const needles = [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(text).toString('base64').slice(0, -4)),
  ];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => path.includes(text) || hasOneOf(path, needles));
}

/** A file that the forum took away or renamed meanwhile is seen at the next look, or under its new name. */
function hasOneOf(path: string, needles: readonly Buffer[]): boolean {
  try {
    const bytes = readFileSync(path);
    return needles.some((needle) => bytes.includes(needle));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
