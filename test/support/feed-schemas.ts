/** Grammars in RELAX NG of what the standards say about feeds, for libxml2. Elements of other makers are allowed where they are. */

const GRAMMAR =
  'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"';

const ref = (name: string): string => `<ref name="${name}"/>`;
const optional = (inner: string): string => `<optional>${inner}</optional>`;
const many = (inner: string): string => `<zeroOrMore>${inner}</zeroOrMore>`;
const attribute = (name: string, inner = '<text/>'): string => `<attribute name="${name}">${inner}</attribute>`;
const element = (name: string, inner: string): string => `<element name="${name}">${inner}</element>`;
const inAnyOrder = (...inner: readonly string[]): string => `<interleave>${inner.join('')}</interleave>`;
const define = (name: string, inner: string): string => `<define name="${name}">${inner}</define>`;
const pattern = (type: string, of: string): string => `<data type="${type}"><param name="pattern">${of}</param></data>`;
const oneOf = (...values: readonly string[]): string =>
  `<choice>${values.map((value) => `<value>${value}</value>`).join('')}</choice>`;

const URI = '<data type="anyURI"><param name="minLength">1</param></data>';
const WORDS = pattern('string', '[\\s\\S]*\\S[\\s\\S]*');
const LANGUAGE = pattern('string', '[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*');
const MEDIA_TYPE = pattern('string', '.+/.+');
/** RFC 4287, 3.3: RFC 3339 with capital letters. */
const MOMENT = pattern('dateTime', '.+T[^.]+(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)');
const LANG = optional(attribute('xml:lang', LANGUAGE));

/** RFC 4287: which elements a feed and an entry have, how often, and what stands in them. */
export const ATOM_SCHEMA = `<grammar ${GRAMMAR} ns="http://www.w3.org/2005/Atom">
  <start>${ref('feed')}</start>
  ${define(
    'feed',
    element(
      'feed',
      LANG +
        inAnyOrder(
          many(ref('author')),
          many(ref('category')),
          many(ref('link')),
          optional(element('generator', WORDS)),
          optional(element('icon', URI)),
          optional(element('logo', URI)),
          optional(element('rights', ref('text'))),
          optional(element('subtitle', ref('text'))),
          element('id', URI),
          element('title', ref('text')),
          element('updated', MOMENT),
          many(ref('entry')),
        ),
    ),
  )}
  ${define(
    'entry',
    element(
      'entry',
      LANG +
        inAnyOrder(
          many(ref('author')),
          many(ref('category')),
          many(ref('link')),
          optional(element('content', ref('text'))),
          optional(element('published', MOMENT)),
          optional(element('summary', ref('text'))),
          element('id', URI),
          element('title', ref('text')),
          element('updated', MOMENT),
        ),
    ),
  )}
  ${define('author', element('author', inAnyOrder(element('name', WORDS), optional(element('uri', URI)))))}
  ${define('category', element('category', attribute('term', WORDS)))}
  ${define(
    'link',
    element(
      'link',
      attribute('href', URI) +
        optional(attribute('rel', oneOf('alternate', 'self', 'hub'))) +
        optional(attribute('type', MEDIA_TYPE)) +
        '<empty/>',
    ),
  )}
  ${define('text', `${optional(attribute('type', oneOf('text', 'html')))}<text/>`)}
</grammar>`;

/** RFC 822 with a year of four digits, as RSS asks for. */
const RSS_MOMENT = pattern(
  'string',
  '(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d (GMT|[+-]\\d{4})',
);
/** An address without space around it, since readers take it as it is. */
const WEB = pattern('string', 'https?://\\S+');
const ATOM_LINK = `<element name="link" ns="http://www.w3.org/2005/Atom">${
  attribute('href', WEB) + attribute('rel', oneOf('self', 'hub')) + optional(attribute('type', MEDIA_TYPE))
}<empty/></element>`;
const CREATOR = `<element name="creator" ns="http://purl.org/dc/elements/1.1/">${WORDS}</element>`;

/** RSS 2.0.11 (rssboard.org), with the two elements of others that its best practices ask for. */
export const RSS_SCHEMA = `<grammar ${GRAMMAR}>
  <start>${element(
    'rss',
    attribute('version', '<value>2.0</value>') +
      element(
        'channel',
        inAnyOrder(
          element('title', WORDS),
          element('link', WEB),
          element('description', WORDS),
          optional(element('language', LANGUAGE)),
          optional(element('lastBuildDate', RSS_MOMENT)),
          many(ATOM_LINK),
          many(ref('item')),
        ),
      ),
  )}</start>
  ${define(
    'item',
    element(
      'item',
      LANG +
        inAnyOrder(
          element('title', WORDS),
          element('link', WEB),
          optional(element('description', '<text/>')),
          element('guid', `${attribute('isPermaLink', oneOf('true', 'false'))}${WORDS}`),
          optional(element('pubDate', RSS_MOMENT)),
          many(element('category', WORDS)),
          optional(CREATOR),
        ),
    ),
  )}
</grammar>`;
