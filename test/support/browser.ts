import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = '/usr/bin/chromium';
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a Chromium: the one that CHROMIUM_PATH names, else the system's, else the one that comes inside a package, so
 * that a fresh machine needs nothing installed. None takes the package's own flags: with all contexts in one process a
 * page's WebSocket brings the cookies of another context, and without web security its refusals go unseen.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: await browserPath(), args: [...QUIET, ...more] });
}

/** Where it is; it is unpacked when it comes inside a package and never was. */
export async function browserPath(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  if (existsSync(INSTALLED)) return INSTALLED;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
