import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const run = promisify(execFile);
const dir = mkdtempSync(join(tmpdir(), 'recipes-'));
const recipe = (path: string): string => join(dir, path);
let sites: TwoSites;
let browser: Browser;
let blog: string;
/** The tools of the recipes are fetched over the net, which the long form does alone. */
const LONG = process.env['COLLOQUY_LONG'] !== undefined;
/** Why the tools are not here; null when they are. */
let missing: string | null = null;

beforeAll(async () => {
  cpSync('docs/recipes', dir, { recursive: true });
  [sites, browser] = await Promise.all([
    startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test') })),
    launchBrowser(FINDS_SITES),
    LONG ? installTools() : undefined,
  ]);
  blog = sites.site('blog.test');
  await sites.forum.admin();
  const member = await sites.forum.member('somchai');
  for (const path of ['/peace', '/peace/', '/quiet']) {
    const { id } = await sites.forum.done<{ id: string }>('PUT', '/api/v1/pages', { body: { url: blog + path } });
    await sites.forum.comment(member, id, { body: `Said about ${path}` });
  }
}, 300_000);
function installTools(): Promise<unknown> {
  return run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: dir }).catch((error: Error) => {
    missing = error.message;
  });
}
afterAll(async () => {
  await browser?.close();
  await sites?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A recipe names the addresses of its examples. */
const placed = (text: string): string =>
  text
    .replaceAll('https://forum.example', sites.origin)
    .replaceAll('https://blog.example', blog)
    .replaceAll('https%3A%2F%2Fblog.example', encodeURIComponent(blog));

/** A program that mounts the framework's component in `#app`, in one file. */
async function bundled(program: string): Promise<string> {
  writeFileSync(recipe('program.jsx'), program);
  const { outputFiles } = await build({
    entryPoints: [recipe('program.jsx')],
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return `<!doctype html><html lang="en"><title>Peace</title><body><div id="app"></div><script>${outputFiles[0]?.text.replaceAll('</script', '<\\/script')}</script></body></html>`;
}

const PROPS = () => `{ forum: '${sites.origin}', url: '${blog}/peace', title: 'Peace' }`;

const RECIPES: Readonly<Record<string, () => Promise<string>>> = {
  html: async () => placed(readFileSync(recipe('html/page.html'), 'utf8')),
  eleventy: async () => {
    const env = { ...process.env, FORUM: sites.origin, BLOG: blog };
    await run(recipe('node_modules/.bin/eleventy'), ['--quiet'], { cwd: recipe('eleventy'), env });
    return readFileSync(recipe('eleventy/_site/peace/index.html'), 'utf8');
  },
  // Ghost itself is not run: its helpers `url` and `encode` stand in here, written after Ghost's documentation.
  ghost: async () => {
    const Handlebars = createRequire(recipe('package.json'))('handlebars').create();
    Handlebars.registerHelper('url', () => `${blog}/peace/`);
    Handlebars.registerHelper('encode', (text: string) => encodeURIComponent(text));
    const html = Handlebars.compile(readFileSync(recipe('ghost/partials/comments.hbs'), 'utf8'))(
      { title: 'Peace & "quiet"' },
      { data: { custom: { colloquy_forum: sites.origin }, site: { locale: 'en' } } },
    );
    return `<!doctype html><html lang="en"><title>Peace</title><body>${html}</body></html>`;
  },
  react: () =>
    bundled(`import { createRoot } from 'react-dom/client'; import { Discussion } from './react/discussion.jsx';
      const root = createRoot(document.getElementById('app'));
      window.show = (path) => root.render(<Discussion {...${PROPS()}} url={'${blog}' + path} />); show('/peace');`),
  vue: () =>
    bundled(`import { createApp, h, ref } from 'vue'; import { Discussion } from './vue/discussion.js';
      const url = ref('${blog}/peace'); window.show = (path) => { url.value = '${blog}' + path; };
      createApp({ render: () => h(Discussion, { ...${PROPS()}, url: url.value }) }).mount('#app');`),
};
const PATHS: Readonly<Record<string, string>> = { eleventy: '/peace/', ghost: '/peace/' };

test.each(LONG ? Object.keys(RECIPES) : ['html'])(
  'the recipe for %s shows the discussion of its page',
  async (name) => {
    if (missing !== null && name !== 'html') {
      process.stderr.write(`recipe for ${name} not run, since its tools could not be installed: ${missing}\n`);
      return;
    }
    const path = PATHS[name] ?? '/peace';
    const html = (await RECIPES[name]?.()) ?? '';
    sites.pages.set(`blog.test${path}`, { html });
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    page.setDefaultTimeout(PATIENCE_MS);
    const wrong: string[] = [];
    page.on('pageerror', ({ message }) => void wrong.push(message));
    await page.goto(blog + path);
    const frame = page.frameLocator('colloquy-discussion iframe');
    await frame.getByText(`Said about ${path}`).waitFor();
    if (name === 'html') await page.getByText('Comments: 1').waitFor();
    if (name === 'react' || name === 'vue') {
      await page.evaluate("window.show('/quiet')");
      await frame.getByText('Said about /quiet').waitFor();
      expect(await page.locator('colloquy-discussion').count()).toBe(1);
    }
    expect(wrong).toEqual([]);
    await page.close();
  },
);
