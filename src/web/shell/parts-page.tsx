import type { ComponentChildren } from 'preact';
import type { AssetName } from './assets.ts';
import { Document } from './document.tsx';
import { FoundWrong } from './found-wrong.tsx';
import type { Frame, WaitingForStaff } from './frame.ts';
import type { MessageKey } from './i18n/translate.ts';

/** A page of a part of the forum, with the key of its name, and the key of what waits there. */
export type Part = readonly [href: string, name: MessageKey, waiting?: keyof WaitingForStaff];

export interface PartsPageProps {
  readonly frame: Frame;
  readonly title: string;
  /** The part that a page belongs to whose path is not below it. */
  readonly part?: string;
  readonly scripts?: readonly AssetName[];
  /** Plain data for the programs. */
  readonly data?: object | undefined;
  readonly children: ComponentChildren;
}

interface PartsProps extends PartsPageProps {
  readonly name: MessageKey;
  readonly parts: readonly Part[];
  readonly styles: readonly AssetName[];
}

/** The frame of moderators' and of auditors' pages: the whole width, styles of their own, and the links among them. */
export function PartsPage({
  frame,
  title,
  part: ofPart,
  scripts = [],
  data,
  children,
  name,
  parts,
  styles,
}: PartsProps) {
  const { t } = frame.translator;
  const current = ofPart ?? currentOf(parts, frame.here.split('?')[0] ?? '');
  return (
    <Document frame={frame} title={title} styles={styles} scripts={scripts} data={data} wide>
      <nav class="sort parts" aria-label={t(name)}>
        {parts.map(([href, part, waiting]) => (
          <a key={href} href={href} aria-current={href === current ? 'page' : undefined}>
            {t(part)} <PartWaiting frame={frame} waiting={waiting} />
          </a>
        ))}
      </nav>
      <FoundWrong frame={frame} />
      {children}
    </Document>
  );
}

/** The number alone: the link's name says of what. Hidden while it is none, since the live queue counts on. */
function PartWaiting({ frame, waiting }: { readonly frame: Frame; readonly waiting: Part[2] }) {
  if (waiting === undefined) return null;
  const count = frame.notices.waiting?.[waiting] ?? 0;
  return (
    <span class="waiting-count" data-waiting={waiting} hidden={count === 0}>
      {frame.translator.number(count)}
    </span>
  );
}

/** The most precise link to the page at this path: the first page of a part may be the beginning of all others. */
function currentOf(parts: readonly Part[], path: string): string | undefined {
  const fitting = parts.map(([href]) => href).filter((href) => path === href || path.startsWith(`${href}/`));
  return fitting.toSorted((one, other) => other.length - one.length)[0];
}
