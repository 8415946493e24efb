import { ERROR_CODES, type ErrorCode } from '../../../../libs/kernel/index.ts';
import { REACTION_KINDS } from '../../../domain/reaction/reaction.events.ts';
import { needsNothing, type Shape } from '../../input/check-input.ts';
import { ANSWERS } from './answers.ts';
import { inputSchema } from './input-schemas.ts';
import { type DocumentedRoute, documentedRoutes, type RouteDoc } from './route-docs.ts';

type Node = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of every route for programs; `server` is the forum's public address, `sessionCookie` the cookie's name there. */
export function openApiDocument(server: string, sessionCookie: string): Node {
  const routes = documentedRoutes();
  const inputs = routes.flatMap(({ doc }) => (doc.body === undefined ? [] : [doc.body]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Colloquy',
      version: '1',
      description:
        'Answers are JSON, errors are problems of RFC 9457. Writes answer Colloquy-Position; a read that carries it as Colloquy-After shows what was written.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths: pathsOf(routes),
    components: {
      schemas: { ...ANSWERS, ...Object.fromEntries(inputs.map((shape) => [shape.name, inputSchema(shape)])) },
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
    security: permission === 'anyone' ? [{}, { bearer: [] }, { cookie: [] }] : [{ bearer: [] }, { cookie: [] }],
    parameters: [...pathParameters(pattern), ...queryParameters(doc.query), ...headerParameters(method, pattern)],
    ...(doc.body === undefined
      ? {}
      : { requestBody: { required: !needsNothing(doc.body), content: json(doc.body.name) } }),
    responses: { [doc.status]: answer(doc), ...refusals(route) },
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

function answer({ answer: shape, summary }: RouteDoc): Node {
  const headers = {
    'Colloquy-Position': { description: 'What is shown, or was recorded', schema: { type: 'string' } },
  };
  if (shape === null) return { description: summary, headers };
  const content = typeof shape === 'string' ? json(shape) : { [shape.type]: {} };
  return { description: summary, headers, content };
}

/** What every route of a kind may refuse, and this one besides. */
function refusals({ method, pattern, permission, doc }: DocumentedRoute): Node {
  const codes: ErrorCode[] = [
    'invalid',
    'malformed',
    'rate_limited',
    'internal',
    'not_caught_up',
    'overloaded',
    ...doc.refusals,
  ];
  if (permission !== 'anyone') codes.push('unauthenticated', 'token_expired', 'forbidden');
  if (pattern.startsWith('/api/')) codes.push('foreign_origin', 'misdirected');
  if (method !== 'GET') codes.push('storage_unavailable', 'read_only', 'shutting_down');
  if (doc.body !== undefined) codes.push('too_large', 'unsupported_media_type');
  const byStatus = Map.groupBy(new Set(codes), (code) => ERROR_CODES[code]);
  return Object.fromEntries([...byStatus].map(([status, group]) => [status, problem(group)]));
}

function problem(codes: readonly ErrorCode[]): Node {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description: `code: ${codes.join(', ')}`, content: { 'application/problem+json': { schema } } };
}

function json(name: string): Node {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
