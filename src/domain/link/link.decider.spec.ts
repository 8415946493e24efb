import { describe, test } from '@jest/globals';
import { erased, given, happened, metaOf, NOW } from '../../../test/support/given.ts';
import { IssueLink, RequestLink, UseLink } from './link.commands.ts';
import { linkDecider } from './link.decider.ts';
import { LINK_PURPOSES, type LinkEvent, type LinkIssued, type LinkPurpose, type LinkRequested } from './link.events.ts';

const EXPIRES: Readonly<Record<LinkPurpose, string>> = {
  confirm: '2015-10-06T08:00:00.000Z',
  reset: '2015-10-05T09:00:00.000Z',
  'sign-in': '2015-10-05T08:15:00.000Z',
  'way-back': '2015-10-06T08:00:00.000Z',
  'change-email': '2015-10-06T08:00:00.000Z',
  stay: '2015-11-04T08:00:00.000Z',
};
const asked = { memberId: null, email: 'somchai@example.org', next: null };
const requested = (purpose: LinkPurpose): LinkRequested => ({
  type: 'LinkRequested.v1',
  data: { linkId: 'l1', purpose, expiresAt: EXPIRES[purpose], since: null },
  personal: asked,
});
const issued: LinkIssued = {
  type: 'LinkIssued.v1',
  data: { linkId: 'l1', hash: 'h1' },
  personal: { memberId: 'somchai' },
};
const used: LinkEvent = { type: 'LinkUsed.v1', data: { linkId: 'l1' }, personal: null };

const request = (purpose: LinkPurpose, wish: Partial<RequestLink['data']> = {}) =>
  new RequestLink({ linkId: 'l1', purpose, ...asked, since: null, ...wish }, metaOf());
const issue = new IssueLink({ linkId: 'l1', hash: 'h1', memberId: 'somchai' }, metaOf());
const use = (over: Partial<UseLink['data']> = {}, now = NOW) =>
  new UseLink({ linkId: 'l1', hash: 'h1', purposes: ['reset'], ...over }, metaOf({ now }));

describe('asking for a link', () => {
  test.each(LINK_PURPOSES)('says until when it works: %s', (purpose) => {
    given(linkDecider, [])
      .when(request(purpose), undefined)
      .then([requested(purpose)]);
  });

  test('is recorded once', () => {
    given(linkDecider, [requested('reset')])
      .when(request('reset'), undefined)
      .then([]);
    given(linkDecider, [requested('reset')])
      .when(request('sign-in'), undefined)
      .thenRefused('id_taken');
  });

  test.each([`${'a'.repeat(250)}@b.org`, 'nobody', 'a@b@c'])('takes nothing that is no address', (email) => {
    given(linkDecider, []).when(request('reset', { email }), undefined).thenRefused('invalid', { field: 'email' });
  });
});

describe('issuing it', () => {
  test('keeps its hash, once', () => {
    given(linkDecider, [requested('reset')])
      .when(issue, undefined)
      .then([issued]);
    given(linkDecider, [requested('reset'), issued])
      .when(issue, undefined)
      .then([]);
  });

  test('needs a request', () => {
    given(linkDecider, []).when(issue, undefined).thenRefused('link_not_found');
  });
});

describe('using it', () => {
  const good = [requested('reset'), issued];

  test('works once', () => {
    given(linkDecider, good).when(use(), undefined).then([used]);
    given(linkDecider, [...good, used])
      .when(use(), undefined)
      .thenRefused('link_used');
  });

  test('works by each hash that a mail may carry', () => {
    const other: LinkIssued = { ...issued, data: { linkId: 'l1', hash: 'h2' } };
    for (const hash of ['h1', 'h2']) {
      given(linkDecider, [...good, other])
        .when(use({ hash }), undefined)
        .then([used]);
    }
  });

  test('ends with its time', () => {
    given(linkDecider, good).when(use({}, '2015-10-05T08:59:59.999Z'), undefined).then([used]);
    given(linkDecider, good).when(use({}, EXPIRES.reset), undefined).thenRefused('link_expired');
  });

  test('is refused as unknown with a wrong secret, also when it was used or has run out', () => {
    given(linkDecider, good)
      .when(use({ hash: 'h3' }), undefined)
      .thenRefused('link_not_found');
    given(linkDecider, [...good, used])
      .when(use({ hash: 'h3' }), undefined)
      .thenRefused('link_not_found');
    given(linkDecider, good)
      .when(use({ hash: 'h3' }, EXPIRES.reset), undefined)
      .thenRefused('link_not_found');
    given(linkDecider, [requested('reset')])
      .when(use(), undefined)
      .thenRefused('link_not_found');
  });

  test('is refused as unknown where another purpose is served', () => {
    given(linkDecider, good)
      .when(use({ purposes: ['confirm', 'sign-in'] }), undefined)
      .thenRefused('link_not_found');
  });

  test('is refused as unknown when its member was erased', () => {
    given(linkDecider, [happened(requested('reset'), {}), erased(issued)])
      .when(use(), undefined)
      .thenRefused('link_not_found');
  });
});
