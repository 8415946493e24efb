import { childrenOf, isBlock, isElement, isText } from './dom.ts';

const VERBATIM = new Set(['PRE', 'SCRIPT', 'STYLE', 'TEXTAREA', 'SVG', 'MATH']);
/** Between the children of these, text is only layout. */
const STRUCTURE = new Set([
  'TABLE',
  'THEAD',
  'TBODY',
  'TFOOT',
  'TR',
  'UL',
  'OL',
  'DL',
  'DIR',
  'MENU',
  'OBJECT',
  'VIDEO',
  'AUDIO',
]);
/** In these, one paragraph alone stays bare. */
const COMPACT = new Set(['LI', 'TD', 'TH', 'DD', 'DT', 'FIGCAPTION', 'SUMMARY']);
/** These hold lines, never paragraphs. */
const LINES_ONLY = /^(P|H[1-6]|ADDRESS)$/;

/**
 * Does what WordPress does when it shows a text without paragraph tags ("wpautop"): an empty line starts a paragraph, a
 * single line end is a line break. It works on the tree, so that tags which cross lines stay whole.
 */
export function addParagraphs(element: HTMLElement): void {
  if (VERBATIM.has(element.nodeName)) return;
  if (STRUCTURE.has(element.nodeName)) {
    for (const child of childrenOf(element)) if (isElement(child)) addParagraphs(child);
    return;
  }
  if (LINES_ONLY.test(element.nodeName)) {
    breakLines(element);
    return;
  }
  let run: Node[] = [];
  for (const child of childrenOf(element)) {
    if (!isBlock(child)) {
      run.push(child);
      continue;
    }
    wrapRun(element, run, child);
    run = [];
    if (isElement(child)) addParagraphs(child);
  }
  wrapRun(element, run, null);
}

/** Puts a run of inline nodes, which stands in front of `before`, into paragraphs. */
function wrapRun(parent: HTMLElement, run: readonly Node[], before: Node | null): void {
  const paragraphs = splitAtEmptyLines(run, parent.ownerDocument);
  for (const node of run) parent.removeChild(node);
  const bare = COMPACT.has(parent.nodeName) && paragraphs.length === 1;
  for (const nodes of paragraphs) {
    const holder = bare ? parent : parent.ownerDocument.createElement('p');
    for (const node of nodes) bare ? parent.insertBefore(node, before) : holder.appendChild(node);
    if (bare) for (const node of nodes) breakLinesOf(node);
    else {
      breakLines(holder);
      parent.insertBefore(holder, before);
    }
  }
}

function splitAtEmptyLines(run: readonly Node[], document: Document): readonly (readonly Node[])[] {
  const paragraphs: Node[][] = [[]];
  for (const node of run) {
    if (!isText(node)) {
      paragraphs.at(-1)?.push(node);
      continue;
    }
    for (const [index, part] of (node.nodeValue ?? '').split(/\n[ \t\u00a0]*\n\s*/).entries()) {
      if (index > 0) paragraphs.push([]);
      if (part !== '') paragraphs.at(-1)?.push(document.createTextNode(part));
    }
  }
  return paragraphs.filter((nodes) => nodes.some((node) => !isText(node) || /\S/.test(node.nodeValue ?? '')));
}

function breakLines(element: HTMLElement): void {
  for (const child of childrenOf(element)) breakLinesOf(child);
}

/** Line ends inside a text become line breaks, except where a break or the block's edge stands anyway. */
function breakLinesOf(node: Node): void {
  if (isElement(node)) {
    if (!VERBATIM.has(node.nodeName)) breakLines(node);
    return;
  }
  const parent = node.parentElement;
  if (!isText(node) || parent === null || !node.nodeValue?.includes('\n')) return;
  const text = trimAtEdges(node, node.nodeValue);
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) parent.insertBefore(parent.ownerDocument.createElement('br'), node);
    if (line !== '') parent.insertBefore(parent.ownerDocument.createTextNode(line), node);
  }
  parent.removeChild(node);
}

function trimAtEdges(node: Node, text: string): string {
  const atStart = isEdge(node.previousSibling, node.parentElement);
  const atEnd = isEdge(node.nextSibling, node.parentElement);
  const begun =
    atStart && text.slice(0, text.length - text.trimStart().length).includes('\n') ? text.trimStart() : text;
  return atEnd && begun.slice(begun.trimEnd().length).includes('\n') ? begun.trimEnd() : begun;
}

function isEdge(sibling: Node | null, parent: HTMLElement | null): boolean {
  if (sibling === null) return parent !== null && (isBlock(parent) || parent.nodeName.startsWith('X-'));
  return sibling.nodeName === 'BR' || isBlock(sibling);
}
