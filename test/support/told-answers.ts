import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../src/api/http/openapi/document.ts';
import { type DocumentedRoute, documentedRoutes } from '../../src/api/http/openapi/route-docs.ts';
import type { Answer } from './forum-caller.ts';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** What stands at a path of keys in a document; undefined where there is nothing. */
export const at = (node: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, key) => (isNode(found) ? found[key] : undefined), node);

/** The API's description, and whether what a forum answers is what it tells. */
class ToldAnswers {
  readonly #document = openApiDocument('http://forum.example', 'colloquy_session');
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  /** Those with fixed words first: `/members/me` is no `/members/:handle`. */
  readonly #routes = documentedRoutes()
    .map((route) => ({ route, path: pathOf(route.pattern) }))
    .sort((a, b) => variables(a.route) - variables(b.route));

  constructor() {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#document, 'api');
  }

  /** Undefined for a path that no route has. */
  routeOf(method: string, path: string): DocumentedRoute | undefined {
    const [bare = ''] = path.split('?');
    return this.#routes.find(({ route, path: pattern }) => route.method === method && pattern.test(bare))?.route;
  }

  /** What is wrong with an answer by what is told of its route, its status and its type; nothing when it is as told. */
  complaints(route: DocumentedRoute, answer: Pick<Answer, 'status' | 'headers' | 'body'>): readonly unknown[] {
    const keys = ['paths', route.pattern.replace(/:(\w+)/g, '{$1}'), route.method.toLowerCase(), 'responses'];
    const response = at(this.#document, ...keys, String(answer.status));
    if (response === undefined) return [`status ${answer.status} is not told of`];
    const content = at(response, 'content');
    if (!isNode(content)) return answer.body === undefined ? [] : ['a body is not told of'];
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
    if (content[type] === undefined) return [`${type} with ${answer.status} is not told of`];
    if (at(content, type, 'schema') === undefined) return [];
    const validate = this.schemaAt(...keys, String(answer.status), 'content', type, 'schema');
    return validate(answer.body) ? [] : (validate.errors ?? []);
  }

  /** Throws for what the document does not have. */
  schemaAt(...keys: readonly string[]): ValidateFunction {
    const pointer = keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const validate = this.#ajv.getSchema(`api#${pointer}`);
    if (validate === undefined) throw new Error(`the document has nothing at ${pointer}`);
    return validate;
  }
}

function pathOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+').replace('*', '.+').replaceAll('.json', '\\.json')}$`);
}

function variables({ pattern }: DocumentedRoute): number {
  return pattern.split(/[:*]/).length;
}

let told: ToldAnswers | undefined;

export function toldAnswers(): ToldAnswers {
  told ??= new ToldAnswers();
  return told;
}

/** Throws when a route answers something that the API's description does not tell of. */
export function requireTold(method: string, path: string, answer: Pick<Answer, 'status' | 'headers' | 'body'>): void {
  const route = toldAnswers().routeOf(method, path);
  if (route === undefined) return;
  const complaints = toldAnswers().complaints(route, answer);
  if (complaints.length === 0) return;
  const seen = JSON.stringify({ complaints, body: answer.body }).slice(0, 4_000);
  throw new Error(`${method} ${path} answered ${answer.status} as the API's description does not tell: ${seen}`);
}
