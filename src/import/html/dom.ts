/// <reference lib="dom" />
// The tree that turndown works on (domino) speaks the browser's DOM, so its types are the browser's.

const ELEMENT = 1;
const TEXT = 3;

export function isElement(node: Node): node is HTMLElement {
  return node.nodeType === ELEMENT;
}

export function isText(node: Node): boolean {
  return node.nodeType === TEXT;
}

/**
 * The children as a snapshot, walked from one to the next: once the DOM was asked for its list of them, each child that
 * is added or removed costs as much as all later ones.
 */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** Elements that stand as blocks of their own, as turndown and WordPress see them. */
const BLOCKS = new Set(
  `ADDRESS ARTICLE ASIDE AUDIO BLOCKQUOTE BODY CENTER DD DETAILS DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2
  H3 H4 H5 H6 HEADER HGROUP HR IFRAME LI MAIN MENU NAV NOSCRIPT OBJECT OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH
  THEAD TR UL VIDEO`.split(/\s+/),
);

export function isBlock(node: Node): boolean {
  return BLOCKS.has(node.nodeName);
}
