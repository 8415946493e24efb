/**
 * Installs the dependencies when node_modules is missing or older than package-lock.json, so that `npm start` and
 * `npm test` work on a fresh clone. Runs on the system's Node (20 or newer), before Node 24 is there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';

/** npm writes this file last, so an install that was interrupted counts as missing. */
const installed = 'node_modules/.package-lock.json';
const wanted = 'package-lock.json';
/** Without npm's warnings that packages want a newer Node than the one that installs them: they get it. */
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

const missing = !existsSync(installed);
if (missing || statSync(installed).mtimeMs < statSync(wanted).mtimeMs) {
  process.stderr.write('Installing dependencies…\n');
  const args = missing ? ['ci', ...QUIET] : ['install', '--no-save', ...QUIET];
  const { status, error } = spawnSync('npm', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  const now = new Date();
  utimesSync(installed, now, now);
}
