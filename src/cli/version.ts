import { existsSync, readFileSync } from 'node:fs';

/** The version in the project's package.json, which stands above the sources and above the built program alike. */
export function version(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    const file = new URL(up, import.meta.url);
    if (!existsSync(file)) continue;
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof content === 'object' && content !== null && 'version' in content) return String(content.version);
  }
  return 'unknown';
}
