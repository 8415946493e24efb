import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** Who is signed in at the house, and what it says of them. */
export interface HousePerson {
  readonly sub: string;
  readonly name?: string;
  readonly preferred_username?: string;
  readonly email?: string;
  /** A house may say anything. */
  readonly email_verified?: unknown;
}

/** An ID token as the house made it, for tests that have it say something else. */
export type Forge = (idToken: string) => string;

/** The house's first key, under which its honest tokens are signed. */
export const KID = 'house-key';

/** A real OpenID provider in this process. Whoever comes is signed in as `person` at once; `forge` makes it lie. */
export class OidcHouse {
  readonly clientId: string;
  readonly clientSecret = 'a secret between the house and the forum';
  readonly key: KeyObject;
  person: HousePerson = { sub: 'nobody' };
  forge: Forge | null = null;
  /** False makes it take connections and say nothing. */
  isAnswering = true;
  /** Answers at this path in its own way instead of the provider's; for a house that says too much, or too slowly. */
  flood: { readonly path: string; readonly answer: (response: ServerResponse) => void } | null = null;
  readonly #server: Server;
  #handle: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) =>
    response.writeHead(503).end();

  private constructor(server: Server, clientId: string) {
    this.#server = server;
    this.clientId = clientId;
    this.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    server.on('request', (request, response) => {
      if (this.flood !== null && request.url?.startsWith(this.flood.path) === true) this.flood.answer(response);
      else if (this.isAnswering) this.#handle(request, response);
    });
  }

  static async open(clientId = 'forum'): Promise<OidcHouse> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new OidcHouse(server, clientId);
  }

  get issuer(): string {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the house does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The settings with which a forum takes this house as the provider of that name. */
  settings(name: string): Record<string, string> {
    return {
      [`OIDC_${name}_ISSUER`]: this.issuer,
      [`OIDC_${name}_CLIENT_ID`]: this.clientId,
      [`OIDC_${name}_CLIENT_SECRET`]: this.clientSecret,
    };
  }

  /** Lets people go to these callbacks from now on. */
  serve(redirectUris: string[]): void {
    const provider = new Provider(this.issuer, this.#configuration(redirectUris));
    provider.use(async (context, next) => {
      await next();
      const body: unknown = context.body;
      if (context.path !== '/token' || this.forge === null || typeof body !== 'object' || body === null) return;
      const idToken: unknown = Reflect.get(body, 'id_token');
      if (typeof idToken === 'string') Reflect.set(body, 'id_token', this.forge(idToken));
    });
    const answer = provider.callback();
    this.#handle = (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response);
      const login = { accountId: this.person.sub };
      return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  #configuration(redirectUris: string[]): Configuration {
    const jwk = { ...this.key.export({ format: 'jwk' }), kid: KID, use: 'sig', alg: 'RS256' };
    return {
      clients: [{ client_id: this.clientId, client_secret: this.clientSecret, redirect_uris: redirectUris }],
      jwks: { keys: [jwk] },
      cookies: { keys: ['a key of a test'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...this.person, sub }) as { sub: string } }),
      loadExistingGrant: async ({ oidc }) => {
        const accountId = oidc.session?.accountId;
        const clientId = oidc.client?.clientId;
        if (accountId === undefined || clientId === undefined) return undefined;
        const grant = new oidc.provider.Grant({ accountId, clientId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    };
  }
}
