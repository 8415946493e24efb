import type { LaneName } from './admission.ts';

/** These routes answer however busy the forum is, and take next to nothing. */
const ALWAYS: ReadonlySet<string> = new Set(['GET /health/live', 'GET /health/ready', 'GET /metrics']);

/** The routes that hash or check a password. */
const SIGN_INS: ReadonlySet<string> = new Set([
  'POST /api/v1/members',
  'PATCH /api/v1/members/me',
  'POST /api/v1/sessions',
  'POST /api/v1/members/me/second-factor',
  'POST /api/v1/members/me/passkeys/options',
  'DELETE /api/v1/members/me/passkeys/:id',
  'POST /api/v1/appeals',
  'PUT /api/v1/password-resets/:token',
  'POST /register',
  'POST /sign-in',
  'POST /settings',
  'POST /settings/sign-in/second-factor',
  'POST /settings/sign-in/passkeys/:id/remove',
  'POST /appeal',
  'POST /reset/:token',
]);

/** The routes whose answer may be as long as the log. */
const EXPORTS: ReadonlySet<string> = new Set([
  'GET /api/v1/audit/events',
  'GET /api/v1/moderation/log',
  'GET /api/v1/moderation/report',
]);

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What pages of the forum and of other sites load beside themselves. */
const FILES: ReadonlySet<string> = new Set([
  'GET /assets/:file',
  'GET /brand/:file',
  'GET /counts.js',
  'GET /embed.js',
  'GET /images/:file',
  'GET /sw.js',
]);

/** The lane of a route, by its name (`GET /posts/:slug`); null for a route that never waits. */
export function laneOfRoute(name: string, forPrograms: boolean): LaneName | null {
  if (ALWAYS.has(name)) return null;
  if (SIGN_INS.has(name)) return 'sign-ins';
  if (EXPORTS.has(name)) return 'exports';
  if (FILES.has(name)) return 'files';
  const [method = ''] = name.split(' ');
  if (!READS.has(method)) return 'writes';
  return forPrograms ? 'reads' : 'pages';
}
