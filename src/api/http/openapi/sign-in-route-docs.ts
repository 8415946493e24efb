import { ListQuery } from '../dto/lists.ts';
import { CodeBody, FreshBody, PasskeyBody, SignInBody } from '../dto/sign-in.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type SignInRoute = Extract<
  ProgramRoute,
  | `${string} /api/v1/sessions${string}`
  | `${string} /api/v1/members/${'me' | ':id'}/second-factor`
  | `${string} /api/v1/members/me/passkeys${string}`
  | 'DELETE /api/v1/members/:id/sessions'
>;

export const SIGN_IN_ROUTE_DOCS: DocsOf<SignInRoute> = {
  'POST /api/v1/sessions': {
    tag: 'sessions',
    summary:
      'Sign in by handle or e-mail with a password, and a code where the account has a second factor; with the link of a mail; or with a passkey. The answer also sets the cookie colloquy_session (under https __Host-colloquy_session)',
    body: SignInBody,
    status: 201,
    refusals: [
      'login_failed',
      'sessions_ended',
      'second_factor_required',
      'second_factor_failed',
      'banned',
      'registration_closed',
      'conflict',
      'link_not_found',
      'link_used',
      'link_expired',
    ],
  },
  'GET /api/v1/sessions': {
    tag: 'sessions',
    summary: 'The devices on which I am signed in, newest first',
    query: ListQuery,
    status: 200,
    refusals: [],
  },
  'DELETE /api/v1/sessions': {
    tag: 'sessions',
    summary: 'Sign out on all other devices',
    status: 204,
    forms: [],
    refusals: ['conflict'],
  },
  'DELETE /api/v1/sessions/current': { tag: 'sessions', summary: 'Sign out', status: 204, forms: [], refusals: [] },
  'DELETE /api/v1/sessions/:id': {
    tag: 'sessions',
    summary: 'Sign out on one of my devices',
    status: 204,
    forms: [],
    refusals: ['session_not_found', 'conflict'],
  },
  'POST /api/v1/sessions/passkey-options': {
    tag: 'sessions',
    summary: 'What a browser needs to sign in with a passkey (PublicKeyCredentialRequestOptionsJSON), for five minutes',
    status: 200,
    refusals: ['conflict'],
  },
  'POST /api/v1/members/me/second-factor': {
    tag: 'members',
    summary:
      'A new secret for an authenticator; it counts once a code is sent back within an hour. Asks for the password when the sign-in is older than ten minutes',
    body: FreshBody,
    status: 200,
    refusals: ['conflict', 'fresh_sign_in_required'],
  },
  'PUT /api/v1/members/me/second-factor': {
    tag: 'members',
    summary: 'Turn the second factor on, or make new recovery codes of one that is on; they are told this once',
    body: CodeBody,
    status: 200,
    refusals: ['conflict'],
  },
  'DELETE /api/v1/members/me/second-factor': {
    tag: 'members',
    summary: 'Turn the second factor off, by one of its codes or a recovery code',
    body: CodeBody,
    status: 204,
    forms: [],
    refusals: ['conflict'],
  },
  'DELETE /api/v1/members/:id/second-factor': {
    tag: 'members',
    summary: 'Turn the second factor off of a member who lost the phone and the recovery codes',
    status: 204,
    forms: [],
    refusals: ['member_not_found', 'conflict'],
  },
  'DELETE /api/v1/members/:id/sessions': {
    tag: 'sessions',
    summary: 'Sign a member out on all devices, for one who lost a device',
    status: 204,
    forms: [],
    refusals: ['member_not_found'],
  },
  'POST /api/v1/members/me/passkeys/options': {
    tag: 'members',
    summary:
      'What a browser needs to make a passkey (PublicKeyCredentialCreationOptionsJSON), for five minutes. Asks for the password when the sign-in is older than ten minutes',
    body: FreshBody,
    status: 200,
    refusals: ['conflict', 'fresh_sign_in_required'],
  },
  'POST /api/v1/members/me/passkeys': {
    tag: 'members',
    summary: "Add a passkey: the browser's RegistrationResponseJSON, and a name for it",
    body: PasskeyBody,
    status: 201,
    refusals: ['conflict'],
  },
  'DELETE /api/v1/members/me/passkeys/:id': {
    tag: 'members',
    summary: 'Remove a passkey. Asks for the password when the sign-in is older than ten minutes',
    body: FreshBody,
    status: 204,
    forms: [],
    refusals: ['passkey_not_found', 'fresh_sign_in_required', 'conflict', 'last_way_in'],
  },
};
