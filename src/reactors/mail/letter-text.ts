import { type ComponentChildren, type FunctionComponent, isValidElement } from 'preact';
import { trusted } from '../../../libs/kernel/index.ts';
import type { AroundKept } from '../../../libs/mail/index.ts';
import type { Letter } from './letter.ts';

type Props = Readonly<Record<string, unknown>> & { readonly children?: ComponentChildren };

/** The letter as plain text, made of the same tree as its HTML; a link is its label and its whole address. */
export function letterText({ article, body }: Letter, siteName: string): string | AroundKept {
  const text = `${withoutGaps(textOf(body))}\n\n-- \n${siteName}\n`;
  return article === undefined ? text : { before: '', kept: article.text, after: text };
}

/** Without edges, and with no more than one empty line in a row. */
export function withoutGaps(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n').trim();
}

function textOf(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return String(node);
  if (!isValidElement(node)) return '';
  const { type } = node;
  const props = trusted<Props>(node.props);
  // The parts of letters are functions without hooks, so that each gives its tree when it is called.
  return typeof type === 'string' ? elementText(type, props) : textOf(trusted<FunctionComponent<Props>>(type)(props));
}

function elementText(tag: string, props: Props): string {
  const inside = textOf(props.children);
  switch (tag) {
    case 'p':
    case 'div':
    case 'ul':
      return `${inside}\n\n`;
    case 'li':
      return `* ${inside}\n`;
    case 'br':
      return '\n';
    case 'blockquote':
      return `${inside.trim().replace(/^/gm, '> ')}\n\n`;
    case 'a':
      return `${inside}:\n${String(props['href'])}\n`;
    default:
      return inside;
  }
}
