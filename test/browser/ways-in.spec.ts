import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { codeOf, turnOn } from '../support/two-factors.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser, type Reader, type ReaderOptions } from './forum-in-browser.ts';

const PHONE = { width: 360, height: 740 };
let site: ForumInBrowser;
let readers: Reader[] = [];

beforeAll(async () => {
  site = await ForumInBrowser.open({ HOST: 'localhost' });
}, 60_000);
afterEach(async () => {
  for (const { context } of readers) await context.close();
  readers = [];
});
afterAll(() => ForumInBrowser.close(site));

async function reader(options: ReaderOptions = {}): Promise<Reader> {
  const opened = await site.reader({ viewport: PHONE, ...options });
  readers.push(opened);
  return opened;
}

/** An authenticator of the browser whose owner always says yes, and which keeps keys that name their member. */
async function withAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Passkeys are not offered at the login, so that the button is what signs in. */
async function withoutFillingIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
}

/** Goes on by the keyboard until the element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector);
  for (let n = 0; n < 40; n += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

async function entersPassword(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in?next=/archive');
  await page.fill('#login', login);
  await page.fill('#password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForSelector('input[name=code]');
}

const member = (handle: string): Promise<TestMember> => site.forum.member(handle);

describe('a passkey', () => {
  it('is added in the settings by the keyboard, signs in with one press, and is removed', async () => {
    const as = await member('keyed');
    const { page, context, complaints } = await reader({ as });
    await withAuthenticator(page);
    await page.goto('/settings/sign-in');
    await tabTo(page, '#passkey-name');
    await page.keyboard.type('My phone');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.saved');
    expect(await page.locator('.entry h3').allInnerTexts()).toEqual(['My phone']);

    await context.clearCookies();
    await withoutFillingIn(page);
    await page.goto('/sign-in?next=/settings/devices');
    await page.click('[data-passkey-sign-in] button');
    await page.waitForURL(`${site.forum.url}/settings/devices`);
    expect(await page.locator('.entry', { hasText: 'This device' }).textContent()).toMatch(/by passkey/);

    await page.goto('/settings/sign-in');
    await page.click('.entry button');
    await page.waitForSelector('.saved');
    expect(await page.locator('.entry').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('whose button is pressed twice signs in once', async () => {
    const as = await member('twice-keyed');
    const { page, context } = await reader({ as });
    await withAuthenticator(page);
    await page.goto('/settings/sign-in');
    await page.click('[data-add-passkey] button');
    await page.waitForSelector('.saved');
    await context.clearCookies();
    await withoutFillingIn(page);
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/sessions/passkey-options')) asked += 1;
    });
    await page.goto('/sign-in?next=/settings/devices');
    await page.locator('[data-passkey-sign-in] button').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.waitForURL(`${site.forum.url}/settings/devices`);
    expect(asked).toBe(1);
    expect(await page.locator('.entry', { hasText: 'by passkey' }).count()).toBe(1);
  });

  it('is offered among what the browser fills in at the login', async () => {
    const as = await member('filled-in');
    const { page, context } = await reader({ as });
    await withAuthenticator(page);
    await page.goto('/settings/sign-in');
    await page.click('[data-add-passkey] button');
    await page.waitForSelector('.saved');
    await context.clearCookies();
    expect(await page.evaluate(() => PublicKeyCredential.isConditionalMediationAvailable())).toBe(true);
    await page.goto('/sign-in?next=/settings/devices');
    await page.waitForURL(`${site.forum.url}/settings/devices`);
  });

  it('that signs nobody in says so, and the password is still there', async () => {
    const as = await member('gone');
    const { page, context } = await reader({ as });
    await withAuthenticator(page);
    await page.goto('/settings/sign-in');
    await page.click('[data-add-passkey] button');
    await page.waitForSelector('.entry button');
    await page.click('.entry button');
    await page.waitForSelector('.entry', { state: 'detached' });
    await context.clearCookies();
    await page.goto('/sign-in');
    await page.click('[data-passkey-sign-in] button');
    await page.locator('[data-passkey-sign-in] [role=alert]').waitFor();
    await page.fill('#login', 'gone');
    await page.fill('#password', PASSWORD);
    await page.click('form[action="/sign-in"] button');
    await page.waitForURL(`${site.forum.url}/`);
  });
});

describe('the form of a new password', () => {
  it('is sent once, however often its button is pressed', async () => {
    const as = await member('hasty');
    const { page } = await reader({ as });
    await page.goto('/settings');
    let sent = 0;
    const { promise: pressedAgain, resolve: goOn } = Promise.withResolvers<void>();
    await page.route('**/settings', async (route) => {
      if (route.request().method() === 'POST') {
        sent += 1;
        await pressedAgain;
      }
      await route.continue().catch(() => undefined);
    });
    await page.fill('#currentPassword', PASSWORD);
    await page.fill('form:has(#currentPassword) #password', 'a new and long password');
    const button = page.locator('form:has(#currentPassword) button');
    await button.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await button.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const press = () => page.mouse.click(x + width / 2, y + height / 2);
    await Promise.all([page.waitForRequest((request) => request.method() === 'POST'), press()]);
    await press();
    goOn();
    await page.waitForSelector('.saved');
    expect(sent).toBe(1);
  });
});

describe('a browser without any passkey', () => {
  it('says nothing by itself, and says that a press came to nothing', async () => {
    const { page } = await reader();
    await page.addInitScript(() => {
      navigator.credentials.get = async ({ mediation }: CredentialRequestOptions = {}) => {
        document.documentElement.dataset['asked'] = `${document.documentElement.dataset['asked'] ?? ''} ${mediation}`;
        throw new DOMException('none', mediation === 'conditional' ? 'NotSupportedError' : 'NotAllowedError');
      };
    });
    await page.goto('/sign-in');
    await page.waitForSelector('html[data-asked*=conditional]');
    expect(await page.locator('[data-passkey-sign-in] [role=alert]').isHidden()).toBe(true);
    await page.click('[data-passkey-sign-in] button');
    await page.locator('[data-passkey-sign-in] [role=alert]').waitFor();
  });
});

describe('a passkey with a wrong password', () => {
  it('marks the password and stands at it', async () => {
    const as = await member('stale-keys');
    const { page } = await reader({ as });
    await page.goto('/settings/sign-in');
    await page.route('**/passkeys/options', (route) => {
      const json = { code: 'invalid', errors: [{ field: 'password', message: 'is wrong' }] };
      return route.fulfill({ status: 400, json });
    });
    await page.evaluate(() => {
      const field = Object.assign(document.createElement('input'), { name: 'password', type: 'password' });
      document.querySelector('form[data-add-passkey]')?.prepend(field);
    });
    await page.click('[data-add-passkey] button');
    const field = page.locator('form[data-add-passkey] input[name=password]');
    await page.locator('[data-add-passkey] [role=alert]').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.textContent('[data-add-passkey] [role=alert]')).toBe('This is not your current password.');
  });
});

describe('the second factor', () => {
  it('is set up, signs in and is turned off without JavaScript', async () => {
    const as = await member('plain');
    const { page, context } = await reader({ as, javaScriptEnabled: false });
    await page.goto('/settings/sign-in');
    await page.click('form[action$="/second-factor"] button');
    await page.waitForSelector('.qr-code');
    const secret = ((await page.textContent('code.secret')) ?? '').replaceAll(' ', '');
    await page.fill('#code-confirm', codeOf(secret, -1));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.recovery-codes');
    const codes = await page.locator('.recovery-codes code').allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    await page.click('a.button');
    await page.waitForSelector('text=10 recovery codes are left.');
    expect(await page.content()).not.toContain(codes[0]);

    await context.clearCookies();
    await entersPassword(page, 'plain');
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.field-error');
    expect(await page.textContent('.field-error')).toMatch(/wrong, too old, or was used before/);
    await page.fill('#code', codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/sign-in*');
    await page.waitForSelector('text=9 recovery codes are left.');
    await page.click('summary:has-text("Turn the second factor off")');
    await page.fill('#code-off', codeOf(secret));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.saved');
    await page.waitForSelector('form[action$="/second-factor"]');
  });

  it('asks in a second step that needs only the keyboard', async () => {
    const as = await member('typing');
    const { secret } = await turnOn(site.forum, as);
    const { page, complaints } = await reader();
    await entersPassword(page, 'typing');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('code');
    await page.keyboard.type(codeOf(secret));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/archive');
    expect(complaints).toEqual([]);
  });

  it('begins again when the second step took too long, or was made up', async () => {
    const { page } = await reader();
    await page.goto('/sign-in');
    const answer = await page.request.post('/sign-in', {
      form: { ticket: 'AAAA', code: '123456' },
      headers: { origin: site.forum.url },
    });
    expect(answer.status()).toBe(401);
    expect(await answer.text()).toContain('name="password"');
  });
});

describe('the devices of a member', () => {
  it('are signed out one by one and all others at once, without JavaScript', async () => {
    const as = await member('many');
    for (let n = 0; n < 3; n += 1) await site.forum.signIn('many');
    const { page } = await reader({ as, javaScriptEnabled: false });
    await page.goto('/settings/devices');
    expect(await page.locator('.entry').count()).toBe(4);
    await page.locator('.entry button').first().click();
    await page.waitForSelector('.saved');
    expect(await page.locator('.entry').count()).toBe(3);
    await page.click('form[action$="/others/end"] button');
    await page.waitForSelector('text=All other devices are signed out.');
    expect(await page.locator('.entry').allInnerTexts()).toEqual([expect.stringMatching(/This device/)]);
  });
});

describe.each(['light', 'dark'] as const)('on a phone in the %s theme', (colorScheme) => {
  it('the pages of ways in are as wide as the screen, and axe has no complaint', async () => {
    const as = await member(`looked-at-${colorScheme}`);
    const { page } = await reader({ as, colorScheme, bypassCSP: true });
    await withAuthenticator(page);
    const look = async (seen = page): Promise<void> => {
      const path = new URL(seen.url()).pathname;
      expect({ path, axe: await complaintsOfAxe(seen), over: await overhang(seen) }).toEqual({
        path,
        axe: [],
        over: 0,
      });
    };
    await page.goto('/settings/sign-in');
    await look();
    await page.click('[data-add-passkey] button');
    await page.waitForSelector('.entry');
    await page.click('form[action$="/second-factor"] button');
    await page.waitForSelector('.qr-code');
    await look();
    const secret = ((await page.textContent('code.secret')) ?? '').replaceAll(' ', '');
    await page.fill('#code-confirm', '000000');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.field-error');
    await look();
    await page.fill('#code-confirm', codeOf(secret));
    await page.keyboard.press('Enter');
    await page.waitForSelector('.recovery-codes');
    await look();
    await page.click('a.button');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await look();
    await site.forum.call('POST', '/api/v1/sessions', {
      body: { login: as.member.handle, password: PASSWORD, code: codeOf(secret, 1) },
      headers: { 'user-agent': `${'x'.repeat(40)}/12` },
    });
    await page.goto('/settings/devices');
    await look();
    const other = await reader({ colorScheme, bypassCSP: true });
    await entersPassword(other.page, as.member.handle);
    await look(other.page);
  });
});
