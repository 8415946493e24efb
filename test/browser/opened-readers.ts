import type { BrowserContext } from 'playwright-core';

/** The browsers of readers that the running test opened; those of a whole file are kept. */
const opened = new Set<BrowserContext>();

export function countReader(context: BrowserContext): void {
  opened.add(context);
}

/** What was opened before a test is for more than one. */
export function keepReaders(): void {
  opened.clear();
}

/** A page that nobody looks at any more goes on drawing what others write, and takes the core that the next test needs. */
export async function closeReaders(): Promise<void> {
  await Promise.all([...opened].map((context) => context.close()));
  opened.clear();
}
