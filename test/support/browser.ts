import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, firefox } from 'playwright-core';

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

/**
 * Starts a Chromium whose profile lets other sites' cookies into frames. Debian's keeps them back otherwise, and has the
 * frames no storage: `profile.cookie_controls_mode` is its own there.
 */
export async function launchAllowing(more: readonly string[], options: BrowserContextOptions): Promise<BrowserContext> {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-profile-'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  const started = { ...options, executablePath: await browserPath(), args: [...QUIET, ...more] };
  const context = await chromium.launchPersistentContext(folder, started);
  context.once('close', () => void rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return context;
}

/** Debian's names of it. */
const FIREFOXES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Where a Firefox is: what FIREFOX_PATH names, else the system's; undefined where there is none. */
export function firefoxPath(): string | undefined {
  return process.env['FIREFOX_PATH'] ?? FIREFOXES.find((path) => existsSync(path));
}

/** Starts a Firefox as people have it, over WebDriver BiDi. Throws where there is none. */
export async function launchFirefox(
  preferences: Readonly<Record<string, string | number | boolean>>,
): Promise<Browser> {
  const path = firefoxPath();
  if (path === undefined) throw new Error('there is no Firefox');
  const programs = `${dirname(process.execPath)}:${process.env['PATH']}`;
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: resolve(import.meta.dirname, 'firefox.process.ts'),
    env: { ...process.env, PATH: programs, REAL_FIREFOX: path },
    // Presses reach a frame of another site only in its page's process; what is kept of cookies does not depend on that.
    firefoxUserPrefs: { 'fission.webContentIsolationStrategy': 0, ...preferences },
  });
}

/** Where it is; it is unpacked when it comes inside a package and never was. */
export async function browserPath(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  if (existsSync(INSTALLED)) return INSTALLED;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
