import { domainOfEmail } from '../../../libs/kernel/index.ts';
import type { ArrivalFacts } from './arrival.ts';
import { policyOf } from './policy.check.ts';
import { FIRST_POLICY, type Policy, type Rule } from './policy.settings.ts';
import { proofBits, screen, screensArrivals } from './screen.ts';

const FINE: ArrivalFacts = {
  kind: 'registration',
  form: { seconds: 40, isTrapFilled: false },
  domain: 'example.org',
  isListed: false,
  network: { withinHour: 0, withinDay: 0 },
  proof: null,
};

function policyWith(name: Rule['rule'], settings: object): Policy {
  return policyOf({
    rules: FIRST_POLICY.rules.map((rule) => (rule.rule === name ? { ...rule, on: true, ...settings } : rule)),
  });
}

function found(policy: Policy, arrival: Partial<ArrivalFacts>): readonly string[] {
  const { measure, findings } = screen({ version: 3, policy }, { ...FINE, ...arrival });
  return findings.map(({ rule, matched }) => `${measure}: ${rule}, ${matched}`);
}

test('given a new forum, then nobody is stopped', () => {
  const worst = {
    form: { seconds: 0, isTrapFilled: true },
    isListed: true,
    network: { withinHour: 99, withinDay: 99 },
  };
  expect(found(FIRST_POLICY, worst)).toEqual([]);
  expect(screensArrivals(FIRST_POLICY)).toBe(false);
});

test('given times for forms, then those sent too fast, too late or without a signed time are caught', () => {
  const policy = policyWith('form-time', { leastSeconds: 3, mostHours: 2, measure: 'reject' });
  const after = (seconds: number | null) => found(policy, { form: { seconds, isTrapFilled: false } });
  expect(screensArrivals(policy)).toBe(true);
  expect([after(2), after(3), after(7_200), after(7_201), after(null)]).toEqual([
    ['reject: form-time, 2 seconds'],
    [],
    [],
    ['reject: form-time, 7201 seconds'],
    ['reject: form-time, no signed time'],
  ]);
  expect(found(policy, { form: null })).toEqual([]);
});

test('given the hidden field, then a form with something in it is caught', () => {
  const policy = policyWith('hidden-field', {});
  expect(found(policy, { form: { seconds: 40, isTrapFilled: true } })).toEqual(['reject: hidden-field, filled in']);
  expect(found(policy, {})).toEqual([]);
});

test('given addresses to throw away, then the list, further domains and those below them are caught, but for trusted ones', () => {
  const lists = { domains: ['Bin.example', ' bin.example '], trustedDomains: ['listed.example'] };
  const policy = policyWith('disposable-address', lists);
  expect(policy.rules.find(({ rule }) => rule === 'disposable-address')).toMatchObject({ domains: ['Bin.example'] });
  const at = (domain: string | null, isListed = false) => found(policy, { domain, isListed });
  expect([at('bin.example'), at('my.bin.example'), at('robin.example'), at('thrown.example', true)]).toEqual([
    ['hold: disposable-address, bin.example'],
    ['hold: disposable-address, my.bin.example'],
    [],
    ['hold: disposable-address, thrown.example'],
  ]);
  expect([at('listed.example', true), at(null)]).toEqual([[], []]);
});

test.each(['müll.example', 'ไทย.example', '中文.example', 'ខ្មែរ.example', 'မြန်မာ.example'])(
  'given %s to throw away, then its addresses are caught and trusted, however policy and address write it',
  (domain) => {
    const asked = domainOfEmail(`a@sub.${domain}`);
    const ascii = domainOfEmail(`a@${domain}`) ?? '';
    for (const domains of [[domain], [ascii]]) {
      const isCaught = found(policyWith('disposable-address', { domains }), { domain: asked });
      expect(isCaught).toEqual([`hold: disposable-address, sub.${ascii}`]);
      const trusting = policyWith('disposable-address', { domains: [], trustedDomains: domains });
      expect(found(trusting, { domain: asked, isListed: true })).toEqual([]);
    }
    const twice = policyWith('disposable-address', { domains: [domain, ascii] });
    expect(twice.rules.find(({ rule }) => rule === 'disposable-address')).toMatchObject({ domains: [domain] });
  },
);

test('given a limit of registrations, then one more from the same network is caught, and a guest never', () => {
  const policy = policyWith('registrations', { perHour: 2, perDay: 4 });
  const before = (withinHour: number, withinDay: number) => found(policy, { network: { withinHour, withinDay } });
  expect([before(1, 3), before(2, 2), before(0, 4)]).toEqual([
    [],
    ['hold: registrations, 3 within an hour'],
    ['hold: registrations, 5 within a day'],
  ]);
  expect(found(policy, { kind: 'guest', network: null })).toEqual([]);
});

test('given a proof of work once many come, then whoever brings none is caught, and a form is held at most', () => {
  const policy = policyWith('proof-of-work', { fromArrivals: 3, bits: 12, measure: 'reject' });
  const without = (arrivals: number, over: Partial<ArrivalFacts> = {}) =>
    found(policy, { proof: { isGiven: false, arrivals }, ...over });
  expect([without(2), without(3), without(3, { form: null })]).toEqual([
    [],
    ['hold: proof-of-work, no proof'],
    ['reject: proof-of-work, no proof'],
  ]);
  expect([found(policy, { proof: { isGiven: true, arrivals: 9 } }), found(policy, {})]).toEqual([[], []]);
  expect([proofBits(policy, 2), proofBits(policy, 3), proofBits(FIRST_POLICY, 3)]).toEqual([null, 12, null]);
});

test('given several findings, then the strictest measure counts', () => {
  const both = policyWith('form-time', { measure: 'hold' }).rules.map((rule) =>
    rule.rule === 'hidden-field' ? { ...rule, on: true } : rule,
  );
  expect(found({ rules: both }, { form: { seconds: 0, isTrapFilled: true } })).toEqual([
    'reject: form-time, 0 seconds',
    'reject: hidden-field, filled in',
  ]);
});

test.each([
  ['form-time', { leastSeconds: -1 }, 'rules.form-time.leastSeconds'],
  ['form-time', { mostHours: 1_000 }, 'rules.form-time.mostHours'],
  ['form-time', { measure: 'report' }, 'rules.form-time.measure'],
  ['disposable-address', { domains: ['no domain'] }, 'rules.disposable-address.domains.0'],
  ['disposable-address', { domains: ['-a.example'] }, 'rules.disposable-address.domains.0'],
  ['disposable-address', { domains: ['a.example/b'] }, 'rules.disposable-address.domains.0'],
  ['disposable-address', { domains: ['a_b.example'] }, 'rules.disposable-address.domains.0'],
  ['registrations', { perHour: 0 }, 'rules.registrations.perHour'],
] as const)('given %s with %j, then the policy is refused at %s', (name, settings, field) => {
  expect(() => policyWith(name, settings)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
  );
});
