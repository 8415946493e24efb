import { escapedHtml, isRecord } from '../../../../libs/kernel/index.ts';
import { type AnswerSchema, answerSchemas } from './answers.ts';
import { inputSchema } from './input-schemas.ts';
import { type DocumentedRoute, documentedRoutes } from './route-docs.ts';

/** The API for people: a plain page from the same table as the document, without a script or style of its own. */
export function docsPage(): string {
  const groups = Map.groupBy(documentedRoutes(), ({ doc }) => doc.tag);
  const sections = [...groups].map(
    ([tag, routes]) => `<section><h2>${escapedHtml(tag)}</h2>${routes.map(article).join('')}</section>`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Colloquy: the API</title></head><body><main><h1>The API of this forum</h1>',
    '<p>Answers are JSON; what is refused is a problem of RFC 9457 with a <code>code</code>. Sign in with ',
    '<code>POST /api/v1/sessions</code> and send the token as <code>Authorization: Bearer</code>. ',
    'For programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>',
    ...sections,
    '</main></body></html>',
  ].join('');
}

/** The longest method and address, or word, that fit one line on a phone, in characters. */
const LONG = 32;

function article({ name, method, pattern, permission, doc }: DocumentedRoute): string {
  const who = typeof permission === 'string' ? permission : [...new Set([...permission, 'admin'])].join(', ');
  const lines = [
    `<p>${doc.summary.split(' ').map(fitting).join(' ')}.</p>`,
    `<p>For: ${escapedHtml(who)}. Answers ${doc.status} ${escapedHtml(answered(name, doc.forms))}.</p>`,
    doc.query === undefined ? '' : fields('Query', inputSchema(doc.query)),
    doc.body === undefined ? '' : fields('Body', inputSchema(doc.body)),
    doc.refusals.length === 0
      ? ''
      : `<p>May refuse with: ${doc.refusals.map((code) => `<code>${code}</code>`).join(', ')}.</p>`,
  ];
  return `<article><h3><code>${fitting(`${method} ${pattern}`)}</code></h3>${lines.join('')}</article>`;
}

/** The shape's name, and the other forms of the same answer. */
function answered(route: string, forms: readonly string[] = []): string {
  const schema = answerSchemas().routes[route];
  const told = [...(schema === undefined ? [] : [shapeOf(schema)]), ...forms];
  return told.length === 0 ? 'without a body' : told.join(', or ');
}

/** The shape in people's notation: `Post`, `Post[]`, `{items: Post[], next}`. */
function shapeOf({ $ref, anyOf, items, properties }: AnswerSchema): string {
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if (Array.isArray(anyOf)) return anyOf.filter(isRecord).map(shapeOf).join(' or ');
  if (isRecord(items)) return `${shapeOf(items)}[]`;
  if (!isRecord(properties)) return 'JSON';
  const names = Object.entries(properties).map(([name, property]) => {
    const shape = isRecord(property) ? shapeOf(property) : 'JSON';
    return shape === 'JSON' ? name : `${name}: ${shape}`;
  });
  return `{${names.join(', ')}}`;
}

function fields(title: string, { properties, required }: Record<string, unknown>): string {
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const rows = Object.entries(properties ?? {}).map(([name, schema]) => {
    const mark = needed.includes(name) ? 'required' : 'optional';
    return `<dt><code>${breakable(name)}</code>, ${mark}</dt><dd><code>${breakable(JSON.stringify(schema))}</code></dd>`;
  });
  return `<h4>${title}</h4><dl>${rows.join('')}</dl>`;
}

function fitting(text: string): string {
  return text.length > LONG ? breakable(text) : escapedHtml(text);
}

/** Allows line breaks between signs and between words, so that a phone needs no wider page. */
function breakable(text: string): string {
  return text
    .split(/(?<=[^\p{L}\p{N}])|(?<=\p{Ll})(?=\p{Lu})/u)
    .map(escapedHtml)
    .join('<wbr>');
}
