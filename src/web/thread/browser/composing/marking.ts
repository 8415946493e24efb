export const MARKS = ['bold', 'italic', 'link', 'quote', 'code', 'list'] as const;
export type Mark = (typeof MARKS)[number];

/** A text with the part of it that is chosen. */
export interface Chosen {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What is put in the place of a part of a text, and what is chosen in it afterwards, counted from its beginning. */
export interface TypedChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly choose: readonly [from: number, to: number];
}

const AROUND = { bold: '**', italic: '*' } as const;
const ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;

/** The Markdown for a button of the toolbar; bold, italic and code that are there already are taken away, or left. */
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
      return lines('> ', chosen);
    case 'list':
      return lines('- ', chosen);
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
  const inner = text.slice(from, to);
  const start = from === 0 || text[from - 1] === '\n' ? '```\n' : '\n```\n';
  return { from, to, insert: `${start}${inner}\n\`\`\`\n`, choose: [start.length, start.length + inner.length] };
}

function linked({ text, from, to }: Chosen): TypedChange {
  const inner = text.slice(from, to);
  if (ADDRESS.test(inner)) return { from, to, insert: `[](${inner})`, choose: [1, 1] };
  const start = inner.length + 3;
  return { from, to, insert: `[${inner}](https://)`, choose: [start, start + 'https://'.length] };
}

/** Whole lines, also where only a part of them is chosen. */
function lines(sign: string, { text, from, to }: Chosen): TypedChange {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', to);
  const end = next === -1 ? text.length : next;
  const insert = text.slice(start, end).replace(/^/gm, sign);
  return { from: start, to: end, insert, choose: [insert.length, insert.length] };
}
