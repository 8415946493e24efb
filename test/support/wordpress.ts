import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

/** Whether PHP can be run here. */
export const hasPhp = spawnSync('php', ['--version']).status === 0;

/** Where a WordPress lies unpacked, and its plugin for SQLite; undefined where the test is given none. */
export const wordpressSource = {
  wordpress: process.env['WORDPRESS_DIR'],
  sqlite: process.env['WORDPRESS_SQLITE_DIR'],
};

export interface WordPress {
  readonly url: string;
  /** Runs PHP with all of WordPress loaded, and gives what it printed. */
  run(code: string): string;
  close(): void;
}

const PASSWORD = 'correct horse battery';

const CONFIG = (url: string): string => `<?php
define( 'DB_NAME', 'wordpress' ); define( 'DB_USER', '' ); define( 'DB_PASSWORD', '' ); define( 'DB_HOST', '' );
define( 'DB_CHARSET', 'utf8mb4' ); define( 'DB_COLLATE', '' );
define( 'WP_HOME', '${url}' ); define( 'WP_SITEURL', '${url}' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true ); define( 'DISABLE_WP_CRON', true ); define( 'AUTOMATIC_UPDATER_DISABLED', true );
${['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].map((name) => `define( '${name}_KEY', 'k${name}' ); define( '${name}_SALT', 's${name}' );`).join('\n')}
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'wp-settings.php';
`;

/** A theme as they were before blocks: it asks for the comments' template. */
const CLASSIC_THEME = {
  'style.css': '/*\nTheme Name: Classic\n*/',
  'index.php': `<!doctype html><html <?php language_attributes(); ?>><head><?php wp_head(); ?></head><body>
<?php while ( have_posts() ) { the_post(); the_title( '<h1>', '</h1>' ); comments_number(); comments_template(); } wp_footer(); ?></body></html>`,
};

/** WordPress itself on PHP's own server and SQLite, with this plugin, an admin and an author. */
export async function startWordPress(plugin: string): Promise<WordPress> {
  const { wordpress = '', sqlite = '' } = wordpressSource;
  const dir = mkdtempSync(join(tmpdir(), 'wordpress-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  cpSync(wordpress, dir, { recursive: true });
  writeFileSync(join(dir, 'wp-config.php'), CONFIG(url));
  const plugins = join(dir, 'wp-content/plugins');
  const driver = join(plugins, 'sqlite-database-integration');
  cpSync(sqlite, driver, { recursive: true });
  const dropIn = readFileSync(join(sqlite, 'db.copy'), 'utf8')
    .replaceAll('{SQLITE_IMPLEMENTATION_FOLDER_PATH}', driver)
    .replaceAll('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php');
  writeFileSync(join(dir, 'wp-content/db.php'), dropIn);
  cpSync(plugin, join(plugins, 'colloquy-comments.php'));
  const theme = join(dir, 'wp-content/themes/classic');
  mkdirSync(theme, { recursive: true });
  for (const [name, text] of Object.entries(CLASSIC_THEME)) writeFileSync(join(theme, name), text);

  const run = (code: string, before = ''): string => {
    const program = `${before} $_SERVER['HTTP_HOST'] = '${new URL(url).host}'; require '${dir}/wp-load.php'; ${code}`;
    return execFileSync('php', ['-d', 'display_errors=stderr', '-r', program], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  run(
    `require_once ABSPATH . 'wp-admin/includes/upgrade.php';
     wp_install( 'A blog', 'boss', 'boss@blog.example', true, '', '${PASSWORD}' );
     wp_create_user( 'writer', '${PASSWORD}', 'writer@blog.example' );
     require_once ABSPATH . 'wp-admin/includes/plugin.php'; activate_plugin( 'colloquy-comments.php' );`,
    `define( 'WP_INSTALLING', true );`,
  );
  const server = spawn('php', ['-S', new URL(url).host, '-t', dir], {
    stdio: 'ignore',
    env: { ...process.env, PHP_CLI_SERVER_WORKERS: '2' },
    detached: true,
  });
  await until(async () => (await fetch(`${url}/wp-login.php`).catch(() => null))?.ok === true);
  return {
    url,
    run,
    close: () => {
      if (server.pid !== undefined) process.kill(-server.pid);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The cookies of somebody who signs in to this WordPress. */
export async function signInToWordPress({ url }: Pick<WordPress, 'url'>, login: string): Promise<string> {
  const first = await fetch(`${url}/wp-login.php`);
  const answer = await fetch(`${url}/wp-login.php`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(first), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ log: login, pwd: PASSWORD, testcookie: '1' }),
  });
  return cookiesOf(answer);
}

function cookiesOf({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
