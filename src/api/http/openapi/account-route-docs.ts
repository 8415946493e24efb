import { NewPasswordBody, PasswordResetBody, SignInLinkBody } from '../dto/links.ts';
import { SubscriptionBody } from '../dto/newsletter.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

/** The routes of links by mail. */
export const ACCOUNT_ROUTE_DOCS = {
  'POST /api/v1/members/me/confirmations': {
    tag: 'members',
    summary: 'Send me the mail with which I confirm my e-mail address once more',
    status: 202,
    forms: [],
    refusals: [],
  },
  'GET /api/v1/members/me/claimable-comments': {
    tag: 'members',
    summary: 'The comments of imports and of guests that were written with my confirmed address, counted by source',
    status: 200,
    refusals: [],
  },
  'POST /api/v1/members/me/claimable-comments': {
    tag: 'members',
    summary: 'Make all comments that were written with my confirmed address my own; a repeat claims what is left',
    status: 200,
    refusals: ['suspended', 'banned'],
  },
  'POST /api/v1/password-resets': {
    tag: 'sessions',
    summary:
      'Ask for a link by mail that lets one choose a new password; the answer is the same whether the address has an account or not',
    body: PasswordResetBody,
    status: 202,
    forms: [],
    refusals: [],
  },
  'PUT /api/v1/password-resets/:token': {
    tag: 'sessions',
    summary: 'Choose a new password by the link of a mail, once and within the hour; all sessions end',
    body: NewPasswordBody,
    status: 204,
    forms: [],
    refusals: ['link_not_found', 'link_used', 'link_expired'],
  },
  'POST /api/v1/newsletter/subscriptions': {
    tag: 'the forum',
    summary:
      'Ask for the newsletter at an address, whose holder confirms it by the link of a mail; the answer is the same whether the address gets it already or not. Not found where the site has none',
    body: SubscriptionBody,
    status: 202,
    forms: [],
    refusals: ['not_found', 'disposable_address'],
  },
  'POST /api/v1/sign-in-links': {
    tag: 'sessions',
    summary:
      'Ask for a link by mail that signs in, once and within 15 minutes; the answer is the same whether the address has an account or not',
    body: SignInLinkBody,
    status: 202,
    forms: [],
    refusals: [],
  },
} as const satisfies Partial<DocsOf<ProgramRoute>>;
