import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Every element that rendered Markdown may hold, with its attributes. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel', 'title'],
  blockquote: [],
  br: [],
  code: ['class'],
  em: [],
  hr: [],
  li: [],
  ol: ['start'],
  p: [],
  pre: [],
  s: [],
  strong: [],
  ul: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['align'],
  td: ['align'],
};
const IMAGE: Readonly<Record<string, readonly string[]>> = {
  img: ['src', 'alt', 'title', 'loading', 'referrerpolicy', 'srcset', 'sizes', 'width', 'height', 'decoding'],
  picture: [],
  source: ['type', 'srcset', 'sizes'],
};
const OWN_FILE = /^\/images\/[0-9a-f-]{36}-(480|960|1600)\.(avif|webp|jpe?g)$/;
/** The forum's own images alone come in more than one size. */
const OWN_IMAGES = /^(\/images\/[0-9a-f-]{36}-(480|960|1600)\.(avif|webp|jpg) \d+w(, |$))+$/;

/** Which pictures may be loaded: in excerpts none, in comments those of the forum's own store. */
type Images = 'none' | 'own' | 'all';

/** What a browser would find in this HTML that rendered Markdown may not hold; read by a parser of the HTML standard. */
export function faultsIn(html: string, { images }: { readonly images: Images }): readonly string[] {
  const faults: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeName === '#text') return;
    if (!('attrs' in node)) {
      faults.push(node.nodeName);
      return;
    }
    const allowed = (images !== 'none' ? IMAGE[node.tagName] : undefined) ?? ALLOWED[node.tagName];
    if (!allowed) faults.push(`<${node.tagName}>`);
    for (const { name, value } of node.attrs) {
      if (!allowed?.includes(name)) faults.push(`${node.tagName} ${name}`);
      if ((name === 'href' || name === 'src') && !leadsSafely(value, name)) faults.push(`${name}="${value}"`);
      if (name === 'src' && images === 'own' && !OWN_FILE.test(value)) faults.push(`src="${value}"`);
      if (name === 'srcset' && !OWN_IMAGES.test(value)) faults.push(`srcset="${value}"`);
      if (name === 'class' && !/^language-/.test(value)) faults.push(`class="${value}"`);
    }
    if (
      node.tagName === 'a' &&
      !node.attrs.some(({ name, value }) => name === 'rel' && value === 'nofollow ugc noopener')
    ) {
      faults.push('a link without rel');
    }
    for (const child of node.childNodes) visit(child);
  };
  for (const node of parseFragment(html).childNodes) visit(node);
  return faults;
}

/** As a browser resolves it on a page of the forum: to http, https or mailto; what names no host stays on the site. */
function leadsSafely(address: string, attribute: 'href' | 'src'): boolean {
  const here = 'https://forum.example/posts/x';
  if (!URL.canParse(address, here)) return true;
  const { protocol, host } = new URL(address, here);
  const named = /^(https?|mailto):/i.test(address);
  const protocols = attribute === 'src' ? ['http:', 'https:'] : ['http:', 'https:', 'mailto:'];
  return protocols.includes(protocol) && (named || host === 'forum.example');
}
