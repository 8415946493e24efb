import type { TypedChange } from '../../typed-change.ts';

export const MARKS = ['bold', 'italic', 'link', 'quote', 'code', 'list'] as const;
export type Mark = (typeof MARKS)[number];

/** A text with the part of it that is chosen. */
export interface Chosen {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const AROUND = { bold: '**', italic: '*' } as const;
const ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;

/** The Markdown for a button of the toolbar; what is there already is taken away, or left. */
export function marking(mark: Mark, chosen: Chosen): TypedChange {
  switch (mark) {
    case 'bold':
    case 'italic':
      return around(AROUND[mark], chosen);
    case 'code':
      return chosen.text.slice(chosen.from, chosen.to).includes('\n') ? fenced(chosen) : around('`', chosen);
    case 'link':
      return linked(chosen);
    case 'quote':
    case 'list':
      return lines(mark, chosen);
    default:
      return mark satisfies never;
  }
}

function around(sign: string, { text, from, to }: Chosen): TypedChange {
  const size = sign.length;
  const inner = text.slice(from, to);
  if (isSigned(sign, { text, from, to })) {
    return { from: from - size, to: to + size, insert: inner, choose: [0, inner.length] };
  }
  const step = from === to ? stepOverSign(sign, text.slice(0, from), text.slice(to)) : 0;
  if (step !== 0) return { from, to, insert: '', choose: [step, step] };
  return { from, to, insert: sign + inner + sign, choose: [size, size + inner.length] };
}

/** A single `*` beside another one is part of a bold text. */
function isSigned(sign: string, { text, from, to }: Chosen): boolean {
  const [before, after] = [text.slice(0, from), text.slice(to)];
  if (!before.endsWith(sign) || !after.startsWith(sign)) return false;
  return sign !== '*' || !before.endsWith('**') || before.endsWith('***');
}

/**
 * With nothing chosen at the end of a signed part: the way of the caret over the closing sign, out of it, or back into it; 0
 * elsewhere.
 */
function stepOverSign(sign: string, before: string, after: string): number {
  const carries = (run: string): boolean =>
    run.startsWith(sign) && (sign === '*' ? run.length % 2 === 1 : run.length >= sign.length);
  const isInside = signsIn(before).filter(carries).length % 2 === 1;
  const [behind = ''] = /^(\*+|`+)/.exec(after) ?? [];
  if (isInside) return carries(behind) ? sign.length : 0;
  const [, closing = ''] = /[^\s*`](\*+|`+)$/.exec(before) ?? [];
  return behind === '' && carries(closing) ? -sign.length : 0;
}

/** The signs in the last paragraph that may begin or end a part: none that stand for themselves, and none of a list. */
function signsIn(text: string): readonly string[] {
  const paragraph = text.slice(text.lastIndexOf('\n\n') + 1);
  return (
    paragraph
      .replace(/\\./g, '')
      .replace(/^ *\* /gm, '')
      .match(/\*+|`+/g) ?? []
  );
}

function fenced({ text, from, to }: Chosen): TypedChange {
  const [before, inner, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  if (isInFence(before)) return unfenced(before, inner, after);
  const start = before === '' || before.endsWith('\n') ? '```\n' : '\n```\n';
  return { from, to, insert: `${start}${inner}\n\`\`\`\n`, choose: [start.length, start.length + inner.length] };
}

function isInFence(before: string): boolean {
  return (before.match(/^```/gm) ?? []).length % 2 === 1;
}

/** Takes the fences away where all that stands between them is chosen; a part of it is code already. */
function unfenced(before: string, inner: string, after: string): TypedChange {
  const [from, to] = [before.length, before.length + inner.length];
  const [opening] = /```[^\n`]*\n$/.exec(before) ?? [];
  // The line that follows begins a line of its own.
  const [closing] = /^\n```(\n(?=\n|$)|(?=\n|$))/.exec(after) ?? [];
  if (opening === undefined || closing === undefined) return leftAlone(from, to);
  return { from: from - opening.length, to: to + closing.length, insert: inner, choose: [0, inner.length] };
}

function leftAlone(from: number, to: number): TypedChange {
  return { from, to: from, insert: '', choose: [0, to - from] };
}

const BEGUN_ADDRESS = 'https://';

function linked(chosen: Chosen): TypedChange {
  const { text, from, to } = chosen;
  const around = [...text.matchAll(/!?\[([^[\]\n]*)\]\(([^()\s]*)\)/g)].find((link) => isWithin(chosen, link));
  if (around !== undefined) return unlinked(chosen, around);
  const inner = text.slice(from, to);
  if (ADDRESS.test(inner)) return { from, to, insert: `[](${inner})`, choose: [1, 1] };
  const start = inner.length + 3;
  return { from, to, insert: `[${inner}](${BEGUN_ADDRESS})`, choose: [start, start + BEGUN_ADDRESS.length] };
}

function isWithin({ from, to }: Chosen, { index, 0: { length } }: RegExpExecArray): boolean {
  const isWhole = from === index && to === index + length;
  return isWhole || (from > index && to < index + length);
}

/** Takes a link back that has no words or no address yet; one with both stays. */
function unlinked(
  { from, to }: Chosen,
  { index, 0: whole, 1: words = '', 2: address = '' }: RegExpExecArray,
): TypedChange {
  const isBegun = address === '' || address === BEGUN_ADDRESS;
  if (words !== '' && !isBegun) return leftAlone(from, to);
  const insert = isBegun ? words : address;
  return { from: index, to: index + whole.length, insert, choose: [0, insert.length] };
}

const LINE_SIGNS = { quote: { sign: '> ', there: /^> ?/ }, list: { sign: '- ', there: /^[-*+] / } } as const;

/** Whole lines, also where only a part of them is chosen; more than one stay chosen, so that a second press takes it back. */
function lines(mark: keyof typeof LINE_SIGNS, { text, from, to }: Chosen): TypedChange {
  const { sign, there } = LINE_SIGNS[mark];
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', to);
  const end = next === -1 ? text.length : next;
  const before = text.slice(start, end).split('\n');
  const areMarked = before.every((line) => there.test(line));
  const marked = before.map((line) => (areMarked ? line.replace(there, '') : there.test(line) ? line : sign + line));
  const insert = marked.join('\n');
  return { from: start, to: end, insert, choose: [marked.length > 1 ? 0 : insert.length, insert.length] };
}
