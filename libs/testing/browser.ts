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
 * that a fresh machine needs nothing installed.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return chromium.launch({ executablePath: named, args: QUIET });
  if (existsSync(INSTALLED)) return chromium.launch({ executablePath: INSTALLED, args: QUIET });
  const { default: packaged } = await import('@sparticuz/chromium');
  const args = [...packaged.args, '--disable-background-networking'];
  return chromium.launch({ executablePath: await packaged.executablePath(), args });
}
