import { ERROR_CODES, type ErrorCode } from '../../../../libs/kernel/index.ts';
import { REACTION_KINDS } from '../../../../libs/words/index.ts';
import { needsNothing, type Shape } from '../../input/check-input.ts';
import { type AnswerSchema, answerSchemas } from './answers.ts';
import { inputSchema } from './input-schemas.ts';
import { type DocumentedRoute, documentedRoutes } from './route-docs.ts';

type Node = Readonly<Record<string, unknown>>;

/**
 * OpenAPI 3.1 of every route for programs. `server` is the forum's public address, `sessionCookie` the cookie's name
 * there.
 */
export function openApiDocument(server: string, sessionCookie: string): Node {
  const routes = documentedRoutes();
  const inputs = routes.flatMap(({ doc }) => (doc.body === undefined ? [] : [doc.body]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Colloquy',
      version: '1',
      description:
        'Answers are JSON, errors are problems of RFC 9457. Writes answer Colloquy-Position; a read that carries it as Colloquy-After shows what was written. What comes by a cookie may say in Colloquy-As for which member its page was drawn: as another one, nothing is done and only what anyone may read is answered.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths: pathsOf(routes),
    components: {
      schemas: { ...answerShapes(), ...Object.fromEntries(inputs.map((shape) => [shape.name, inputSchema(shape)])) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: { type: 'apiKey', in: 'cookie', name: sessionCookie },
      },
    },
  };
}

function pathsOf(routes: readonly DocumentedRoute[]): Node {
  const paths: Record<string, Record<string, Node>> = {};
  for (const route of routes) {
    const path = route.pattern.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return paths;
}

function operation(route: DocumentedRoute): Node {
  const { method, pattern, permission, doc } = route;
  return {
    operationId: `${method.toLowerCase()}${pattern.replace(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [doc.tag],
    summary: doc.summary,
    description: typeof permission === 'string' ? `For ${permission}.` : `For ${[...permission, 'admin'].join(', ')}.`,
    security:
      permission === 'anyone' || permission === 'guest'
        ? [{}, { bearer: [] }, { cookie: [] }]
        : [{ bearer: [] }, { cookie: [] }],
    parameters: [...pathParameters(pattern), ...queryParameters(doc.query), ...headerParameters(method, pattern)],
    ...(doc.body === undefined
      ? {}
      : { requestBody: { required: !needsNothing(doc.body), content: json(named(doc.body.name)) } }),
    ...(doc.form === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'multipart/form-data': { schema: { type: 'object', ...doc.form } } },
          },
        }),
    responses: responses(route),
  };
}

function pathParameters(pattern: string): readonly Node[] {
  return [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema:
      name === 'id'
        ? { type: 'string', format: 'uuid' }
        : name === 'kind'
          ? { enum: REACTION_KINDS }
          : { type: 'string' },
  }));
}

function queryParameters(shape: Shape<object> | undefined): readonly Node[] {
  if (shape === undefined) return [];
  const { properties } = inputSchema(shape);
  return Object.entries(properties ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function headerParameters(method: string, pattern: string): readonly Node[] {
  if (!pattern.startsWith('/api/')) return [];
  const schema = { type: 'string' };
  if (method !== 'GET') {
    const description = 'The same key sent again is recorded once';
    return [
      { name: 'Idempotency-Key', in: 'header', required: false, description, schema: { ...schema, format: 'uuid' } },
    ];
  }
  return [
    { name: 'Colloquy-After', in: 'header', required: false, description: 'Wait until this position is shown', schema },
  ];
}

function responses(route: DocumentedRoute): Node {
  const { status, accepts, alsoWith, leadsOn } = route.doc;
  const refused = refusals(route);
  const accepted = accepts === undefined ? {} : { [accepts]: answer(route) };
  const led = leadsOn === undefined ? {} : { 301: ledOn(leadsOn) };
  if (alsoWith === undefined) return { [status]: answer(route), ...accepted, ...led, ...refused };
  const told = answer(route);
  const { description, content } = refused[alsoWith] ?? { description: '', content: {} };
  const both = {
    ...told,
    description: `${told.description}; or ${description}`,
    content: { ...told.content, ...content },
  };
  return { [status]: told, ...refused, [alsoWith]: both };
}

interface Response {
  readonly description: string;
  readonly headers?: Node;
  readonly content?: Node;
}

function ledOn(description: string): Response {
  const schema = { type: 'string', format: 'uri-reference' };
  return { description, headers: { Location: { description: 'The present address', schema } } };
}

function answer({ name, doc: { summary: description, forms = [] } }: DocumentedRoute): Response {
  const headers = {
    'Colloquy-Position': { description: 'What is shown, or was recorded', schema: { type: 'string' } },
  };
  const schema = answerSchemas().routes[name];
  if (schema === undefined && forms.length === 0) return { description, headers };
  const others = Object.fromEntries(forms.map((type) => [type, type.startsWith('text/') ? { schema: TEXT } : {}]));
  return { description, headers, content: { ...(schema === undefined ? {} : json(schema)), ...others } };
}

const TEXT = { type: 'string' } as const;

/** The refusals of every route of its kind, and of this route besides. */
function refusals({ method, pattern, permission, doc }: DocumentedRoute): Readonly<Record<string, Response>> {
  const codes: ErrorCode[] = [
    'invalid',
    'malformed',
    'rate_limited',
    'internal',
    'not_caught_up',
    'overloaded',
    // An invalid token is refused even where nobody needs one.
    'unauthenticated',
    'token_expired',
    // So is what came by a cookie and says in Colloquy-As that it is somebody else's.
    'someone_else',
    ...doc.refusals,
  ];
  if (permission !== 'anyone') codes.push('forbidden');
  if (pattern.startsWith('/api/')) codes.push('foreign_origin', 'misdirected');
  if (method !== 'GET') codes.push('storage_unavailable', 'read_only', 'shutting_down');
  if (doc.body !== undefined) codes.push('too_large', 'unsupported_media_type');
  const byStatus = Map.groupBy(new Set(codes), (code) => ERROR_CODES[code]);
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, problem(group)]));
}

/** These refusals may carry the first decision. */
const DECIDED: ReadonlySet<ErrorCode> = new Set(['already_decided', 'stale_revision']);

function problem(codes: readonly ErrorCode[]): Response {
  const shapes = [
    'Problem',
    ...(codes.some((code) => DECIDED.has(code)) ? ['DecidedProblem'] : []),
    ...(codes.includes('stale_revision') ? ['TranslatedProblem'] : []),
    ...(codes.includes('proof_required') ? ['ProofProblem'] : []),
  ].map(named);
  const schema = shapes.length === 1 ? named('Problem') : { anyOf: shapes };
  return { description: `code: ${codes.join(', ')}`, content: { 'application/problem+json': { schema } } };
}

/** The client's shapes, with this forum's codes where the shapes leave room for those of others. */
function answerShapes(): Readonly<Record<string, AnswerSchema>> {
  const { shapes } = answerSchemas();
  const coded = ['Problem', 'DecidedProblem', 'ProofProblem', 'TranslatedProblem'].map((name) => {
    const { properties, ...shape } = shapes[name] ?? {};
    const code = { type: 'string', enum: Object.keys(ERROR_CODES) };
    return [name, { ...shape, properties: { ...(properties ?? {}), code } }] as const;
  });
  return { ...shapes, ...Object.fromEntries(coded) };
}

function named(name: string): Node {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: Node): Node {
  return { 'application/json': { schema } };
}
