import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Decision, Post, Sanction } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let moderator: TestMember;
let other: TestMember;
let writer: TestMember;
let reader: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum();
  moderator = await forum.member('sokha', ['moderator']);
  other = await forum.member('dara', ['moderator']);
  writer = await forum.member('writer');
  reader = await forum.member('reader');
  post = await forum.publish(await forum.admin());
}, 60_000);
afterAll(() => forum?.close());

function send(path: string, fields: Record<string, string>, as?: TestMember): Promise<Answer> {
  const cookie = as ? { cookie: `colloquy_session=${as.token}` } : {};
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...cookie };
  return forum.call('POST', path, { raw: new URLSearchParams(fields).toString(), headers });
}
const look = async (path: string, as?: TestMember) => {
  const { status, body } = await forum.call(
    'GET',
    path,
    as ? { headers: { cookie: `colloquy_session=${as.token}` } } : {},
  );
  return { status, html: String(body) };
};
const sanctionsOf = ({ token }: TestMember) => forum.done<Sanction[]>('GET', '/api/v1/members/me/sanctions', { token });

describe('the pages of moderation', () => {
  it('are closed to everybody else', async () => {
    const comment = await forum.comment(writer, post.id);
    const paths = ['queue', `cases/${comment.id}`, 'members/writer', 'appeals'].map((part) => `/moderation/${part}`);
    const statuses = await Promise.all(
      paths.flatMap((path) =>
        [look(path), look(path, reader), look(path, moderator)].map(async (one) => (await one).status),
      ),
    );
    expect(statuses).toEqual(paths.flatMap(() => [303, 403, 200]));
    const decision = await send(`/moderation/cases/${comment.id}`, { action: 'remove', revision: '0' }, reader);
    expect(decision.status).toBe(403);
  });

  it('load their style and script for nobody else', async () => {
    const [queue, home] = [await look('/moderation/queue', moderator), await look('/', moderator)];
    expect(queue.html).toMatch(/moderation-\w+\.css[\s\S]*moderation-\w+\.js/);
    expect(home.html).not.toMatch(/moderation-\w+\.(css|js)/);
  });
});

describe('a report', () => {
  it('is sent by a form, and its reason is asked for', async () => {
    const comment = await forum.comment(writer, post.id);
    const path = `/comments/${comment.id}/report`;
    expect((await send(path, { note: 'x' }, reader)).status).toBe(400);
    const sent = await send(path, { reason: 'abuse', note: 'Look here' }, reader);
    expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.stringContaining(`${path}?sent=1`)]);
    const { html: receipt } = await look(`${path}?sent=1`, reader);
    expect(receipt).toContain('<h1>Report sent</h1><p class="lead">Thank you. A moderator will look at it.</p>');
    const { html } = await look(`/moderation/cases/${comment.id}`, moderator);
    expect(html).toContain('Look here');
    const second = await send(path, { reason: 'illegal', note: 'And this' }, reader);
    expect([second.status, String(second.body)]).toEqual([
      409,
      expect.stringContaining('You have reported this already'),
    ]);
    expect(String(second.body)).toMatch(/You have reported this already, as: [^<]+\.[\s\S]*And this/);
  });
});

describe('a comment of somebody else', () => {
  it('that a decision leads nowhere for is shown as it stands now', async () => {
    const comment = await forum.comment(writer, post.id);
    const refused = await send(`/moderation/cases/${comment.id}`, { action: 'restore', revision: '0' }, moderator);
    const text = 'The comment was changed meanwhile. It is shown as it stands now; rule again.';
    expect([refused.status, String(refused.body)]).toEqual([409, expect.stringContaining(text)]);
  });

  it('that a moderator removes is decided on, and can be taken back', async () => {
    const comment = await forum.comment(writer, post.id);
    await forum.done<Comment>('DELETE', `/api/v1/comments/${comment.id}`, { token: moderator.token });
    const { decisions } = await forum.done<{ decisions: Decision[] }>('GET', `/api/v1/moderation/cases/${comment.id}`, {
      token: moderator.token,
    });
    expect(decisions).toEqual([
      expect.objectContaining({ action: 'remove', from: 'visible', to: 'removed', undone: false }),
    ]);
    const undone = await send(`/moderation/decisions/${decisions[0]?.id}/undo`, { list: 'reported' }, other);
    expect(undone.status).toBe(303);
    expect((await forum.done<Comment>('GET', `/api/v1/comments/${comment.id}`, {})).status).toBe('visible');
  });
});

describe('what a member is told', () => {
  it('stands on every page: a warning is read in the settings, confirmed, and gone', async () => {
    const member = await forum.member('warned');
    const fields = { kind: 'warning', reason: 'abuse', statement: '', step: 'confirmed' };
    expect((await send('/moderation/members/warned/sanctions', fields, moderator)).status).toBe(303);
    const [warning] = await sanctionsOf(member);
    expect(warning?.statement).toBe('You attacked or insulted other people.');
    expect((await look('/', member)).html).toContain('class="stop"');
    expect((await look('/settings', member)).html).toContain('You attacked or insulted other people.');
    expect((await look('/settings', member)).html).not.toContain('Name of sokha');
    await send(`/settings/sanctions/${warning?.id}/acknowledgement`, {}, member);
    expect((await look('/', member)).html).not.toContain('class="stop"');
  });

  it('is given only when it was told once more and confirmed; nothing is chosen beforehand', async () => {
    const member = await forum.member('confirmed');
    const path = '/moderation/members/confirmed';
    const { html } = await look(path, moderator);
    for (const name of ['kind', 'reason'])
      expect(html).toMatch(new RegExp(`<select(?=[^>]*name="${name}")(?=[^>]*required)[^>]*><option value(="")?>`));
    const missing = await send(`${path}/sanctions`, { kind: '', reason: '', step: 'confirmed' }, moderator);
    expect([missing.status, String(missing.body)]).toEqual([
      400,
      expect.stringMatching(/kind-error[\s\S]*reason-error/),
    ]);

    const until = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 16);
    const fields = { kind: 'suspension', reason: 'abuse', until, removeComments: 'last-week' };
    const asked = await send(`${path}/sanctions`, fields, moderator);
    const told = /<section[^>]*data-confirm[\s\S]*?<\/section>/.exec(String(asked.body))?.[0] ?? '';
    expect([asked.status, await sanctionsOf(member)]).toEqual([200, []]);
    for (const part of ['Name of confirmed', 'Suspension until ', 'You attacked', 'Remove those of the last week'])
      expect(told).toContain(part);
    const sent = Object.fromEntries(
      [...told.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    const changed = String((await send(`${path}/sanctions`, { ...sent, step: 'change' }, moderator)).body);
    expect(changed).toMatch(/<option(?=[^>]*selected)[^>]*value="suspension"/);
    expect(await sanctionsOf(member)).toEqual([]);
    expect((await send(`${path}/sanctions`, { ...sent, step: 'confirmed' }, moderator)).status).toBe(303);
    expect((await sanctionsOf(member)).map(({ kind, until }) => [kind, until])).toEqual([
      ['suspension', `${until}:00.000Z`],
    ]);
  });

  it('a ban can be appealed once, without signing in; another moderator decides', async () => {
    const member = await forum.member('banned');
    await send('/moderation/members/banned/sanctions', { kind: 'ban', reason: 'spam', step: 'confirmed' }, moderator);
    const login = { login: 'banned', password: 'correct horse battery' };
    const refused = await send('/sign-in', login);
    expect([refused.status, String(refused.body)]).toEqual([403, expect.stringContaining('href="/appeal"')]);
    const away = await forum.call('GET', '/', { headers: { cookie: `colloquy_session=${member.token}` } });
    expect([away.status, away.headers.get('set-cookie')]).toEqual([403, expect.stringContaining('colloquy_session=;')]);
    expect((await send('/appeal', { ...login, text: 'It was my cat' })).status).toBe(303);
    expect((await send('/appeal', { ...login, text: 'Again' })).status).toBe(409);
    expect((await look('/moderation/appeals', moderator)).html).toContain('You decided on this yourself');
    const { html } = await look('/moderation/appeals', other);
    const [, path = ''] = /action="(\/moderation\/appeals\/[^"]+)"/.exec(html) ?? [];
    expect((await send(path, { outcome: 'granted', answer: 'My own decision' }, moderator)).status).toBe(403);
    expect((await send(path, { outcome: 'granted', answer: 'Cats happen' }, other)).status).toBe(303);
    const decided = (await look('/moderation/appeals', other)).html.split('id="decided-title"')[1] ?? '';
    expect(decided).toMatch(/@?Name of banned[\s\S]*Ban[\s\S]*Appeal granted[\s\S]*It was my cat[\s\S]*Cats happen/);
    expect((await send('/sign-in', login)).status).toBe(303);
  });
});

describe('the policy as a form', () => {
  it('is set, refused with what is wrong at its rule, and put back', async () => {
    const { html } = await look('/moderation/policy', moderator);
    const names = [...html.matchAll(/name="([a-z-]+\.[a-zA-Z]+)"[^>]*?(?:value="([^"]*)")?/g)];
    expect(names.length).toBeGreaterThan(20);
    const policy = await forum.done<{ version: number; rules: Record<string, unknown>[] }>(
      'GET',
      '/api/v1/moderation/policy',
      { token: moderator.token },
    );
    const fields = Object.fromEntries(
      policy.rules.flatMap(({ rule, on, ...settings }) => [
        ...Object.entries(settings).map(([name, value]) => [
          `${rule}.${name}`,
          Array.isArray(value) ? value.join('\r\n') : String(value),
        ]),
        ...(on ? [[`${rule}.on`, '1']] : []),
      ]),
    );
    const version = String(policy.version);
    const wrong = await send('/moderation/policy', { ...fields, version, 'links.most': '-1' }, moderator);
    expect([wrong.status, String(wrong.body)]).toEqual([400, expect.stringContaining('A whole number from 0 to')]);
    const words = { 'banned-words.words': 'casino\r\n\r\nroulette' };
    expect((await send('/moderation/policy', { ...fields, ...words, version, note: 'Enough' }, moderator)).status).toBe(
      303,
    );
    expect((await send('/moderation/policy', { ...fields, version }, other)).status).toBe(409);
    const now = await forum.done<{ version: number; rules: object[] }>('GET', '/api/v1/moderation/policy', {
      token: moderator.token,
    });
    expect(now.rules).toContainEqual({
      rule: 'banned-words',
      on: true,
      words: ['casino', 'roulette'],
      measure: 'reject',
    });
    const back = { version: String(now.version), restores: version };
    expect((await send('/moderation/policy/back', back, moderator)).status).toBe(303);
    const restored = await forum.done<{ rules: object[] }>('GET', '/api/v1/moderation/policy', { token: other.token });
    expect(restored.rules).toEqual(policy.rules);
  });
});

describe('the versions of a policy', () => {
  it('stand on pages of their own, each with what it changed, and all can be put back', async () => {
    const { version, rules } = await forum.done<{ version: number; rules: { rule: string }[] }>(
      'GET',
      '/api/v1/moderation/policy',
      { token: other.token },
    );
    const many = 25;
    for (let n = 0; n < many; n += 1) {
      const words = Array.from({ length: 100 }, (_, at) => `number${n}word${at}`);
      const body = {
        version: version + n,
        rules: rules.map((one) => (one.rule === 'suspect-words' ? { ...one, words } : one)),
      };
      await forum.done('PUT', '/api/v1/moderation/policy', { token: other.token, body });
    }
    const shown: number[] = [];
    for (let path: string | undefined = '/moderation/policy'; path !== undefined; ) {
      const { html } = await look(path, moderator);
      const here = [...html.matchAll(/<strong>Version (\d+)<\/strong>/g)].map(([, number]) => Number(number));
      expect(here.length).toBeLessThanOrEqual(10);
      shown.push(...here);
      path = /href="(?<next>\/moderation\/policy\?before=\d+)#/.exec(html)?.groups?.['next'];
    }
    expect(shown).toEqual(Array.from({ length: version + many + 1 }, (_, n) => version + many - n));
    const first = await look('/moderation/policy', moderator);
    expect(first.html).toContain('number24word0<');
    expect(first.html).toContain('and 140 more');

    const back = { version: String(version + many), restores: String(version) };
    expect((await send('/moderation/policy/back', back, moderator)).status).toBe(303);
    const restored = await forum.done<{ rules: object[] }>('GET', '/api/v1/moderation/policy', { token: other.token });
    expect(restored.rules).toEqual(rules);
  });
});

describe('a policy before it is put in force', () => {
  const fieldsOf = (html: string): Record<string, string> => {
    const inputs = [...html.matchAll(/<input(?=[^>]* name="([^"]+)")(?=[^>]* value="([^"]*)")[^>]*>/g)];
    const sent = inputs.filter(([tag]) => !tag.includes('checkbox') || tag.includes('checked'));
    const choices = [...html.matchAll(/<select[^>]* name="([^"]+)"[\s\S]*?<option(?=[^>]*selected) value="([^"]+)"/g)];
    return Object.fromEntries([...sent, ...choices].map(([, name = '', value = '']) => [name, value]));
  };

  it('has its rules moved by buttons, with all that was typed, and nothing recorded', async () => {
    const form = fieldsOf((await look('/moderation/policy', moderator)).html);
    const before = form['order']?.split(',') ?? [];
    const typed = { ...form, 'links.most': 'many', note: 'A thought', move: `up ${before[1]}` };
    const { status, body } = await send('/moderation/policy', typed, moderator);
    const again = fieldsOf(String(body));
    expect([status, again['links.most'], String(body).includes('A thought')]).toEqual([200, 'many', true]);
    expect(again['order']?.split(',')).toEqual([before[1], before[0], ...before.slice(2)]);
    expect(again['version']).toBe(form['version']);
    const wrong = await send('/moderation/policy', again, moderator);
    expect([wrong.status, String(wrong.body)]).toEqual([
      400,
      expect.stringMatching(/id="links.most-error">\s*A number/),
    ]);
    expect(fieldsOf(String(wrong.body))['links.most']).toBe('many');
  });

  it('is rehearsed: the page comes bit by bit, lists by rule what it would do otherwise, and switches it on', async () => {
    const comment = await forum.comment(writer, post.id, { body: 'A <b>lottery</b> ticket' });
    await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: moderator.token,
      body: { action: 'remove', reason: 'spam', revision: comment.revision },
    });
    const form = { ...fieldsOf((await look('/moderation/policy', moderator)).html), 'suspect-words.words': 'lottery' };
    const path = '/moderation/policy/rehearsals';
    expect((await send(path, form, reader)).status).toBe(403);
    const late = await send(path, { ...form, from: '2015-02-31' }, moderator);
    expect([late.status, String(late.body)]).toEqual([400, expect.stringMatching(/id="from-error">\s*A day such as/)]);
    const backwards = await send(path, { ...form, from: '2015-03-01', to: '2015-02-01' }, moderator);
    expect([backwards.status, String(backwards.body)]).toEqual([400, expect.stringContaining('id="to-error"')]);
    const done = await send(path, form, moderator);
    const html = String(done.body);
    expect(done.status).toBe(200);
    expect(html).toMatch(/<progress[\s\S]*class="rehearsed"[\s\S]*<\/html>/);
    expect(html).toMatch(
      new RegExp(`id="rule-suspect-words"[\\s\\S]*/moderation/cases/${comment.id}[\\s\\S]*<mark>lottery</mark>`),
    );
    expect(html).toContain('A &lt;b&gt;<mark>lottery</mark>&lt;/b&gt; ticket');
    expect(html).toContain('turned down');
    const switchedOn = await send('/moderation/policy', { ...fieldsOf(html), note: 'After a rehearsal' }, moderator);
    expect(switchedOn.status).toBe(303);
    const page = await look('/moderation/policy', other);
    expect(page.html).toMatch(/After a rehearsal[\s\S]*What changed[\s\S]*<ins dir="auto">[\s\S]*?lottery<\/ins>/);
  });
});

describe('a form that was not accepted', () => {
  const long = 'x'.repeat(6_000);
  const stands = (html: string, id: string, text: string) =>
    expect(html).toMatch(new RegExp(`id="${id}-error"[\\s\\S]*<textarea[^>]*id="${id}"[^>]*>${text}</textarea>`));

  it('keeps what was chosen and written: a decision on what somebody else decided on meanwhile', async () => {
    const comment = await forum.comment(writer, post.id);
    const path = `/moderation/cases/${comment.id}`;
    const body = { action: 'approve', revision: comment.revision };
    await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, { token: other.token, body });
    const fields = { action: 'remove', revision: '7', reason: 'privacy', note: 'A telephone number' };
    const refused = await send(path, fields, moderator);
    const html = String(refused.body);
    expect(refused.status).toBe(409);
    expect(html).toMatch(/<textarea[^>]*id="note"[^>]*>A telephone number<\/textarea>/);
    expect(html).toMatch(/<input[^>]*value="privacy"[^>]*checked/);
    expect((await look(path, moderator)).html).not.toContain('A telephone number');
  });

  it('keeps what was typed, with what is wrong at its field: sanction, note, lift', async () => {
    const member = await forum.member('typed');
    const path = '/moderation/members/typed';
    const sanction = { kind: 'suspension', reason: 'privacy', statement: 'My own words', removeComments: 'last-week' };
    const refused = await send(`${path}/sanctions`, { ...sanction, until: '2015-01-01T00:00' }, moderator);
    const html = String(refused.body);
    expect([refused.status, html.includes('My own words'), html.includes('value="2015-01-01T00:00"')]).toEqual([
      400,
      true,
      true,
    ]);
    for (const chosen of ['suspension', 'privacy', 'last-week'])
      expect(html).toMatch(new RegExp(`<option(?=[^>]*selected)[^>]*value="${chosen}"`));
    const note = await send(`${path}/notes`, { text: long }, moderator);
    expect(note.status).toBe(400);
    stands(String(note.body), 'text', long);
    expect((await send(`${path}/notes`, { text: ' ' }, moderator)).status).toBe(400);
    await send(`${path}/sanctions`, { kind: 'warning', reason: 'abuse', step: 'confirmed' }, moderator);
    const [warning] = await sanctionsOf(member);
    const lift = await send(`${path}/lift`, { kind: 'warning', note: long }, other);
    expect(lift.status).toBe(400);
    stands(String(lift.body), `note-${warning?.id}`, long);
    expect((await send(`${path}/lift`, { kind: 'warning', note: 'Enough said' }, other)).status).toBe(303);
    expect((await look('/moderation/log?member=typed', other)).html).toContain('Enough said');
  });

  it('keeps an appeal, and the answer to it', async () => {
    const member = await forum.member('appealing');
    const fields = { kind: 'pre-moderation', reason: 'spam', statement: '', step: 'confirmed' };
    await send('/moderation/members/appealing/sanctions', fields, moderator);
    const [sanction] = await sanctionsOf(member);
    const appeal = await send(`/settings/sanctions/${sanction?.id}/appeal`, { text: long }, member);
    expect(appeal.status).toBe(400);
    stands(String(appeal.body), `text-${sanction?.id}`, long);
    expect((await send(`/settings/sanctions/${sanction?.id}/appeal`, { text: 'Please' }, member)).status).toBe(303);
    const path = `/moderation/appeals/${sanction?.id}`;
    const answer = await send(path, { outcome: 'refused', answer: long }, other);
    expect(answer.status).toBe(400);
    stands(String(answer.body), `answer-${sanction?.id}`, long);
    expect((await send(path, { outcome: 'refused', answer: 'No' }, other)).status).toBe(303);
    const late = await send(path, { outcome: 'granted', answer: 'A late answer' }, moderator);
    expect([late.status >= 400, String(late.body).includes('A late answer')]).toEqual([true, true]);
  });
});

describe('the queue', () => {
  it('opens at the list where something waits', async () => {
    const list = (name: string) => `/api/v1/moderation/queue?list=${name}`;
    const { items } = await forum.done<{ items: { comment: Comment }[] }>('GET', list('reported'), {
      token: moderator.token,
    });
    for (const { comment } of items)
      await send(`/moderation/cases/${comment.id}`, { action: 'approve', revision: `${comment.revision}` }, moderator);
    const held = await forum.comment(writer, post.id);
    await send(`/moderation/cases/${held.id}`, { action: 'hold', revision: `${held.revision}` }, moderator);
    const open = async () => {
      const { html } = await look('/moderation/queue', moderator);
      return /href="\/moderation\/queue\?list=(\w+)" aria-current/.exec(html)?.[1];
    };
    expect(await open()).toBe('held');
    const reported = await forum.comment(writer, post.id);
    await send(`/comments/${reported.id}/report`, { reason: 'spam', note: 'Look.' }, reader);
    expect(await open()).toBe('reported');
  });

  it('tells whose comment was decided on where that can be taken back', async () => {
    const comment = await forum.comment(writer, post.id);
    const decision = { action: 'remove', revision: String(comment.revision) };
    const { headers } = await send(`/moderation/cases/${comment.id}`, decision, moderator);
    const decided = /<form class="decided"[\s\S]*?<\/form>/;
    const at = headers.get('location') ?? '';
    expect(decided.exec((await look(at, moderator)).html)?.[0]).toContain('Comment of Name of writer');
    expect(decided.exec((await look(at, other)).html)?.[0]).not.toContain('Name of writer');
  });

  it('a comment is pinned and unpinned where it stands, by moderators alone', async () => {
    const comment = await forum.comment(writer, post.id);
    const path = `/comments/${comment.id}/pin`;
    const pinned = async () => (await forum.done<Post>('GET', `/api/v1/posts/${post.id}`)).discussion.pinnedCommentId;
    expect((await send(path, { pinned: '1' }, reader)).status).toBe(403);
    const sent = await send(path, { pinned: '1' }, moderator);
    expect([sent.status, await pinned()]).toEqual([303, comment.id]);
    const { html } = await look(`/posts/${post.slug}`, moderator);
    expect(html).toMatch(new RegExp(`formaction="${path}"[^>]*value="0">Unpin`));
    expect((await look(`/posts/${post.slug}`, reader)).html).not.toContain('/pin"');
    await send(path, { pinned: '0' }, moderator);
    expect(await pinned()).toBeNull();
  });

  it('the policy closes the settings of rules that are off', async () => {
    const { html } = await look('/moderation/policy', moderator);
    const rules = html
      .split('data-rule="')
      .slice(1)
      .filter((rule) => rule.includes('<details'));
    const isOn = (rule: string) => /<input(?=[^>]*type="checkbox")(?=[^>]*checked)/.test(rule);
    expect(rules.map((rule) => /<details[^>]* open/.test(rule))).toEqual(rules.map(isOn));
    expect(new Set(rules.map(isOn))).toEqual(new Set([true, false]));
  });

  it('the log tells each moment to the second', async () => {
    const { html } = await look('/moderation/log', moderator);
    const times = [...html.matchAll(/<td[^>]*><time[^>]*>([^<]+)</g)].map(([, time]) => time);
    expect(times.length).toBeGreaterThan(0);
    for (const time of times) expect(time).toMatch(/\d{1,2}:\d\d:\d\d/);
  });
});

describe('what was done', () => {
  it('stands in the log and the report, and each decision as it was then', async () => {
    const comment = await forum.comment(writer, post.id, { body: 'As it was' });
    const { decision } = await forum.done<{ decision: Decision }>('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: moderator.token,
      body: { action: 'hold', reason: 'abuse', note: 'A note', revision: comment.revision },
    });
    const body = { body: 'Written anew', revision: 1 };
    await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: writer.token, body });
    const frozen = await look(`/moderation/decisions/${decision.id}`, other);
    expect(frozen.html).toContain('As it was');
    expect(frozen.html).not.toContain('Written anew');
    const log = await look('/moderation/log?actor=sokha&kind=decision', moderator);
    expect(log.html).toContain(`/moderation/decisions/${decision.id}`);
    expect((await look('/moderation/log?actor=nobody-at-all', moderator)).html).toContain('Nothing matches');
    expect((await look('/moderation/report', moderator)).html).toMatch(/<svg class="chart"/);
    expect((await look('/moderation/report', reader)).status).toBe(403);
  });
});

describe('the log of moderation', () => {
  const hrefOf = (html: string, pattern: RegExp) => (pattern.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
  let spammer: TestMember;
  let comments: Comment[];
  beforeAll(async () => {
    spammer = await forum.member('spammer');
    comments = [await forum.comment(spammer, post.id), await forum.comment(spammer, post.id)];
    const fields = { kind: 'ban', reason: 'spam', statement: 'Spam, again', removeComments: 'all', step: 'confirmed' };
    expect((await send('/moderation/members/spammer/sanctions', fields, moderator)).status).toBe(303);
  });

  it('tells what a ban caused: about the member, and from the ban itself', async () => {
    const about = await look('/moderation/log?member=spammer', moderator);
    const cause = hrefOf(about.html, /href="(\/moderation\/log\?cause=[^"]+)"/);
    const caused = await look(cause, moderator);
    for (const { html } of [about, caused]) {
      expect(html.match(/sanction: Ban/g)).toHaveLength(1);
      expect(html.match(/decision: Remove/g)).toHaveLength(2);
      for (const { id } of comments) expect(html).toContain(`/moderation/cases/${id}`);
      expect(html.match(/>Name of spammer</g)).toHaveLength(3);
    }
    expect((await look('/moderation/log?member=writer&kind=sanction', moderator)).html).toContain('Nothing matches');
  });

  it('is filtered by comment and post, by addresses as people copy them, and says which field is wrong', async () => {
    const [comment] = comments;
    const one = await look(
      `/moderation/log?comment=${encodeURIComponent(`${forum.url}/comments/${comment?.id}`)}`,
      other,
    );
    expect(one.html.match(/decision: Remove/g)).toHaveLength(1);
    const address = encodeURIComponent(`${forum.url}/posts/${post.slug}#discussion`);
    expect((await look(`/moderation/log?post=${address}&member=spammer`, other)).html).toMatch(/decision: Remove/);
    const wrong = await look('/moderation/log?post=nowhere&actor=nobody-at-all&from=yesterday', other);
    expect(wrong.status).toBe(400);
    for (const name of ['post', 'actor', 'from']) expect(wrong.html).toContain(`id="${name}-error"`);
    expect(wrong.html).toContain('value="yesterday"');
  });

  it('goes out whole as CSV and JSON, by links that keep the filters', async () => {
    const { html } = await look('/moderation/log?member=spammer&kind=decision', moderator);
    const file = (format: string) => look(hrefOf(html, new RegExp(`href="([^"]*format=${format}[^"]*)"`)), moderator);
    const [csv, json] = [
      await file('csv'),
      await forum.done<object[]>('GET', hrefOf(html, /href="([^"]*format=json)"/), {
        token: moderator.token,
      }),
    ];
    expect(csv.html.trim().split('\r\n')).toHaveLength(3);
    expect(csv.html).toMatch(/,decision,remove,spam,sokha,spammer,/);
    const entry = { kind: 'decision', action: 'remove', member: expect.objectContaining({ handle: 'spammer' }) };
    expect(json).toEqual([expect.objectContaining(entry), expect.objectContaining(entry)]);
  });

  it('is told in the reader’s language, the words for what was done too', async () => {
    const headers = { cookie: `colloquy_session=${moderator.token}; colloquy_locale=vi`, 'accept-language': 'vi' };
    const member = await forum.member('nguoiviet', ['moderator']);
    await forum.done('PATCH', '/api/v1/members/me', { token: member.token, body: { locale: 'vi' } });
    const page = await forum.call('GET', '/moderation/log?member=spammer', {
      headers: { ...headers, cookie: `colloquy_session=${member.token}` },
    });
    expect(String(page.body)).toMatch(/quyết định: Gỡ bỏ/);
    expect(String(page.body)).not.toMatch(/: (remove|ban)</);
  });

  it('is not for readers unless the forum says so', async () => {
    expect((await look('/moderation-log')).status).toBe(404);
    expect((await look('/')).html).not.toContain('href="/moderation-log"');
  });
});

describe('a discussion', () => {
  it('is changed with a reason, and its timeline tells who did what', async () => {
    const talk = await forum.publish(await forum.admin());
    const path = `/moderation/discussions/${talk.slug}`;
    expect((await look(`/posts/${talk.slug}`, moderator)).html).toContain(`href="${path}"`);
    expect((await look(`/posts/${talk.slug}`, reader)).html).not.toContain(path);
    expect([(await look(path)).status, (await look(path, reader)).status]).toEqual([303, 403]);
    const comment = await forum.comment(writer, talk.id, { body: 'Not to be shown here' });
    const body = { body: 'Nor this', revision: comment.revision };
    await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: writer.token, body });
    const typed = { state: 'read-only', slowModeSeconds: '60', pinned: '', reason: 'Until <b>tomorrow</b>' };
    const wrong = await send(path, { ...typed, slowModeSeconds: 'a while', pinned: 'the first' }, moderator);
    const html = String(wrong.body);
    expect([wrong.status, html.includes('value="a while"'), html.includes('Until &lt;b>tomorrow')]).toEqual([
      400,
      true,
      true,
    ]);
    for (const name of ['slowModeSeconds', 'pinned']) expect(html).toContain(`id="${name}-error"`);
    const foreign = await forum.comment(writer, post.id);
    const unknown = await send(path, { ...typed, pinned: foreign.id }, moderator);
    expect([unknown.status, String(unknown.body)]).toEqual([400, expect.stringContaining('id="pinned-error"')]);
    const pinned = `${forum.url}/comments/${comment.id}`;
    expect((await send(path, { ...typed, pinned }, moderator)).status).toBe(303);
    await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: moderator.token,
      body: { action: 'remove', reason: 'abuse', revision: 1 },
    });
    const page = (await look(path, other)).html;
    const timeline = page.slice(page.indexOf('timeline-title'));
    expect(timeline.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).toMatch(
      /Name of sokha decision: Remove .* Abuse .*Name of sokha discussion changed: read-only, slow mode, 60 seconds, comment pinned .*Until &lt;b>tomorrow.*Name of writer edited a comment .*Name of writer commented/,
    );
    expect(page).not.toMatch(/Not to be shown|Nor this/);
    expect(page).toMatch(/<option(?=[^>]*selected)[^>]*value="read-only"/);
  });

  it('has a timeline in pages, each step once', async () => {
    const talk = await forum.publish(await forum.admin());
    for (let at = 0; at < 3; at += 1) {
      const { id, revision } = await forum.comment(writer, talk.id, { body: `Comment ${at}` });
      await forum.done('PATCH', `/api/v1/comments/${id}`, {
        token: writer.token,
        body: { body: `Anew ${at}`, revision },
      });
    }
    const state = { slowModeSeconds: '0', pinned: '', reason: '' };
    for (let at = 0; at < 100; at += 1)
      await send(`/moderation/discussions/${talk.slug}`, { ...state, state: at % 2 ? 'open' : 'closed' }, moderator);
    const first = (await look(`/moderation/discussions/${talk.slug}`, other)).html;
    const [, next = ''] = /rel="next" href="([^"#]+)/.exec(first) ?? [];
    const second = (await look(next.replaceAll('&amp;', '&'), other)).html;
    const count = (html: string, pattern: RegExp) => html.match(pattern)?.length ?? 0;
    expect([count(first, /discussion changed/g), count(second, /discussion changed/g)]).toEqual([100, 0]);
    expect([count(second, /edited a comment/g), count(second, /commented/g)]).toEqual([3, 3]);
  });
});

describe('the history of a comment', () => {
  it.each([
    ['Thai', ['ฉันชอบแมว', 'ฉันชอบแมวดำ', 'ฉันรักแมวดำ'], 'ชอบ', 'รัก'],
    ['Khmer', ['ខ្ញុំចូលចិត្តឆ្មា', 'ខ្ញុំចូលចិត្តឆ្មាខ្មៅ', 'ខ្ញុំស្រឡាញ់ឆ្មាខ្មៅ'], 'ចូលចិត្ត', 'ស្រឡាញ់'],
    ['Chinese', ['我喜欢猫', '我喜欢黑猫', '我讨厌黑猫'], '喜欢', '讨厌'],
    ['English', ['I like cats', 'I like black cats', 'I love black cats'], 'like', 'love'],
  ])('sets any two versions against each other by words: %s', async (_, [first = '', ...later], taken, added) => {
    const { id } = await forum.comment(writer, post.id, { body: first });
    for (const [revision, body] of later.entries())
      await forum.done('PATCH', `/api/v1/comments/${id}`, { token: writer.token, body: { body, revision } });
    const { html } = await look(`/comments/${id}/history?from=0&to=2`);
    const compared = html.slice(html.indexOf('compare-title'), html.indexOf('class="revisions"'));
    const marked = (tag: string) =>
      [...compared.matchAll(new RegExp(`<${tag}>.*?</span>(.*?)</${tag}>`, 'g'))].map(([, text]) => text?.trim());
    expect(compared).toContain('From version 1 to version 3');
    expect(marked('del')).toEqual([taken]);
    expect(marked('ins').join('')).toContain(added);
    expect((await look(`/comments/${id}/history?from=0&to=9`)).status).toBe(400);
    expect((await look(`/comments/${id}/history?from=x`)).status).toBe(200);
  });
});
