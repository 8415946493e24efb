import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { disqusExport, disqusPost, thread } from '../../test/support/disqus-exports.ts';
import { drawn } from '../../test/support/pictures.ts';
import { runCli } from './program.ts';
import { outliveReader, type Terminal } from './terminal.ts';

const EXPORT = `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Blog</title><link>https://blog.example</link><language>en</language>
<item><title>Hello</title><content:encoded>World</content:encoded><wp:post_id>1</wp:post_id>
<wp:post_date_gmt>2015-10-05 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>`;

describe('the colloquy command', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'cli-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Runs a command line as on a machine without a terminal. */
  const run = async (words: readonly string[], { input = '', environment = {} } = {}) => {
    const out: string[] = [];
    const said: string[] = [];
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    stdin.end(input);
    const terminal: Terminal = {
      environment: { DATA_DIR: join(dir, 'data'), ...environment },
      out: (line) => out.push(line),
      say: (line) => said.push(line),
      error: Object.assign(new PassThrough(), { isTTY: false }),
      input: stdin,
    };
    const status = await runCli(words, terminal);
    return { status, out: out.join('\n'), said: said.join('\n') };
  };

  it.each([
    [['--help']],
    [['serve', '--help']],
    [['demo', '--help']],
    [['import', '--help']],
    [['import', 'wordpress', '--help']],
    [['import', 'disqus', '--help']],
    [['import', 'discourse', '--help']],
    [['member', 'create', '--help']],
    [['member', 'roles', '--help']],
    [['replay', '--help']],
    [['backup', '--help']],
    [['restore', '--help']],
    [['log', 'copy', '--help']],
    [['export', '--help']],
    [['export', 'ndjson', '--help']],
    [['export', 'csv', '--help']],
    [['export', 'wxr', '--help']],
  ])('%j explains itself and succeeds', async (words) => {
    expect(await run(words)).toEqual({ status: 0, out: expect.stringContaining('Usage: colloquy'), said: '' });
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await run(['--version'])).toEqual({ status: 0, out: version, said: '' });
  });

  it.each([
    [[], 'Usage: colloquy'],
    [['serv'], "unknown command 'serv'"],
    [['serve', '--bogus'], "unknown option '--bogus'"],
    [['import'], 'Usage: colloquy import'],
    [['import', 'wordpress'], "missing required argument 'file'"],
    [['import', 'movable-type', 'x'], "unknown command 'movable-type'"],
    [['import', 'wordpress', 'README.md', '--media', 'README.md'], 'there is no such folder'],
    [['import', 'wordpress', 'README.md', '--allow-address', '10.0.0.1'], 'goes with --fetch-media'],
    [
      ['import', 'wordpress', 'README.md', '--fetch-media', '--allow-address', '10.0.0.0/33'],
      'must be an address or a range',
    ],
    [['import', 'isso', 'README.md', '--site', 'blog.example'], 'must be an address such as'],
    [['import', 'disqus', 'README.md', '--dry-run', '--fetch-media'], '--dry-run fetches nothing'],
    [['export'], 'say what to export'],
    [['export', 'xlsx', 'x'], 'there is no export "xlsx"'],
    [['export', 'ndjson'], "missing required argument 'file'"],
    [['member', 'create', '--handle', 'linh'], "required option '--email <email>' not specified"],
    [['member', 'create', '--handle', 'linh', '--email', 'l@x.example', '--role', 'king'], 'there is no role "king"'],
    [['member', 'create', '--handle', 'linh', '--email', 'l@x.example', '--password', 'short'], '10 to 200 characters'],
    [['member', 'create', '--handle', 'linh', '--email', 'l@x.example'], 'no password'],
  ])('%j is a wrong call: status 2, the reason on standard error', async (words, reason) => {
    expect(await run(words)).toEqual({ status: 2, out: '', said: expect.stringContaining(reason) });
  });

  it.each([['backup'], ['export site'], ['export csv'], ['export wxr'], ['export ndjson']])(
    '%s into the directory of the forum is a wrong call, by a link too, and makes nothing there',
    async (command) => {
      const data = join(dir, 'data');
      mkdirSync(join(data, 'views'), { recursive: true });
      symlinkSync(join(data, 'views'), join(dir, 'link'));
      for (const place of [data, join(data, 'out'), join(data, 'views', 'a', 'out'), join(dir, 'link', 'out')]) {
        const { status, said } = await run([...command.split(' '), place]);
        expect([status, said]).toEqual([
          2,
          expect.stringContaining(
            `${place}: is inside ${data}, where the forum keeps its own files (DATA_DIR); name a place outside of it`,
          ),
        ]);
      }
      expect(readdirSync(data)).toEqual(['views']);
      expect(readdirSync(join(data, 'views'))).toEqual([]);
    },
  );

  it('makes members, the first an admin, and answers programs in JSON', async () => {
    const words = [
      'member',
      'create',
      '--handle',
      'Linh',
      '--email',
      'l@x.example',
      '--role',
      'editor',
      '--role',
      'auditor',
      '--json',
    ];
    const { status, out, said } = await run(words, { input: 'a long password\n' });
    expect({ status, said, ...JSON.parse(out) }).toEqual({
      status: 0,
      said: '',
      member: {
        id: expect.any(String),
        handle: 'Linh',
        displayName: 'Linh',
        roles: ['member', 'editor', 'auditor', 'admin'],
        locale: 'en',
      },
    });

    const again = await run(['member', 'create', '--handle', 'LINH', '--email', 'm@x.example'], {
      environment: { COLLOQUY_PASSWORD: 'a long password' },
    });
    expect(again).toMatchObject({ status: 1, said: expect.stringContaining('handle is taken') });
  });

  it('shows and sets roles', async () => {
    await run(['member', 'create', '--handle', 'linh', '--email', 'l@x.example', '--password', 'a long password']);
    expect(await run(['member', 'roles', 'l@x.example', '--role', 'moderator'])).toMatchObject({
      status: 0,
      said: expect.stringContaining('linh: member, moderator'),
    });
    expect(await run(['member', 'roles', 'nobody'])).toMatchObject({
      status: 1,
      said: expect.stringContaining('nobody'),
    });
  });

  it('imports a file, twice without a change, and reports in words and in JSON', async () => {
    const file = join(dir, 'blog.xml');
    writeFileSync(file, EXPORT);
    const first = await run(['import', 'wordpress', file]);
    expect(first).toMatchObject({ status: 0, out: '', said: expect.stringContaining('posts:     1 imported') });
    const second = await run(['import', 'wordpress', file, '--json']);
    expect(second).toMatchObject({ status: 0, said: '' });
    expect(JSON.parse(second.out)).toMatchObject({
      site: 'https://blog.example',
      posts: { imported: 0, updated: 0, unchanged: 1, skipped: {} },
      error: null,
    });
  });

  it('tells what an import would bring, and makes no forum for it', async () => {
    const file = join(dir, 'blog.xml');
    writeFileSync(file, EXPORT);
    const { status, said } = await run(['import', 'wordpress', file, '--dry-run']);
    expect([status, existsSync(join(dir, 'data'))]).toEqual([0, false]);
    expect(said).toContain('a dry run: nothing was recorded');
    expect(said).toContain('posts:     1 imported');
  });

  it('imports the comments of another system, and tells what was left out and which sites show them', async () => {
    const file = join(dir, 'disqus.xml');
    const local = thread(2, { link: 'http://localhost/2/' });
    writeFileSync(file, disqusExport(thread(1), local, disqusPost(1, { thread: 1 }), disqusPost(2, { thread: 2 })));
    const { status, said } = await run(['import', 'disqus', file]);
    expect(status).toBe(0);
    for (const line of [
      'pages:     1 new here, 0 were here already',
      'comments:  1 imported (0 of them held), 0 unchanged',
      'sites:     https://blog.example (1)',
      'sites that the settings (EMBED_ORIGINS) do not name, so that their pages show no discussion:',
      '  https://blog.example: 1 page, 1 comment',
      '  line 4, http://localhost/2/: 1 comment, on a machine or network that readers do not reach (bring them with --local)',
    ])
      expect(said).toContain(line);
  });

  it('imports images from a folder, and lists those that are missing', async () => {
    const file = join(dir, 'blog.xml');
    const images = ['a', 'b'].map((name) => `<img src="https://blog.example/uploads/${name}.png" alt="${name}"/>`);
    writeFileSync(file, EXPORT.replace('<content:encoded>', `<content:encoded><![CDATA[${images.join('')}]]>`));
    writeFileSync(join(dir, 'a.png'), await drawn(20, 10).png().toBuffer());
    const { status, said } = await run(['import', 'wordpress', file, '--media', dir]);
    expect(status).toBe(0);
    expect(said).toContain('images:    1 stored, 0 were here already, 1 missing');
    expect(said).toContain('now links: 1 not in the folder of --media');
    expect(said).toMatch(
      / {2}line \d+, ".+": https:\/\/blog\.example\/uploads\/b\.png \(not in the folder of --media\)/,
    );
  });

  it('given a file that is none, fails and makes no forum', async () => {
    expect(await run(['import', 'wordpress', join(dir, 'none.xml')])).toMatchObject({
      status: 1,
      said: expect.stringContaining('there is no file'),
    });
    expect(existsSync(join(dir, 'data'))).toBe(false);
  });

  it('given a broken file, fails with the place', async () => {
    const file = join(dir, 'broken.xml');
    writeFileSync(file, EXPORT.slice(0, -10));
    const { status, said } = await run(['import', 'wordpress', file]);
    expect({ status, said }).toEqual({
      status: 1,
      said: expect.stringMatching(/stopped at line 5, column \d+: the file ends/),
    });
    expect(said).toContain('what was whole before that place is imported');
  });

  it('given a setting that cannot be, names it', async () => {
    expect(await run(['serve'], { environment: { PORT: 'x' } })).toMatchObject({
      status: 1,
      said: expect.stringContaining('PORT'),
    });
  });
});

it('outlives whoever reads what it says, and no other fault of a stream', () => {
  const stream = new PassThrough();
  outliveReader(stream);
  expect(() => stream.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }))).not.toThrow();
  expect(() => stream.emit('error', Object.assign(new Error('faulty'), { code: 'EIO' }))).toThrow('faulty');
});
