import type { ComponentChildren } from 'preact';

/** The colours of the forum's pages, light and dark; mail programs know no custom properties. */
export const COLOURS = {
  paper: ['#fbf8f2', '#171512'],
  raised: ['#fffdf9', '#1d1a17'],
  ink: ['#1f1b16', '#ebe5da'],
  quiet: ['#62594d', '#aca294'],
  line: ['#dcd4c6', '#3b352d'],
  accent: ['#0c5c5c', '#72c7c0'],
  accentInk: ['#fffdf9', '#10201f'],
} as const;

/** The light colour of a part stands in its style; its class gives it the dark one where the reader wants that. */
const PARAGRAPH = `margin:0 0 16px;color:${COLOURS.ink[0]};`;
export const buttonStyle = (accent: string): string =>
  `display:inline-block;padding:12px 20px;border-radius:6px;background:${accent};color:${COLOURS.accentInk[0]};text-decoration:none;font-weight:600;`;
const BUTTON = buttonStyle(COLOURS.accent[0]);
const NOTE = `margin:0 0 12px;font-size:14px;color:${COLOURS.quiet[0]};`;
const QUOTE = `margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid ${COLOURS.line[0]};color:${COLOURS.ink[0]};`;

interface PartProps {
  readonly children: ComponentChildren;
}

export function Paragraph({ children }: PartProps) {
  return (
    <p class="ink" style={PARAGRAPH}>
      {children}
    </p>
  );
}

/** The one thing to do: a button, and in plain text its label with the whole address. */
export function Action({ href, children }: PartProps & { readonly href: string }) {
  return (
    <p style="margin:0 0 20px;">
      <a class="button" href={href} style={BUTTON}>
        {children}
      </a>
    </p>
  );
}

/** What matters less than the rest. */
export function Note({ children }: PartProps) {
  return (
    <p class="quiet" style={NOTE}>
      {children}
    </p>
  );
}

/** What somebody has written. */
export function Quote({ children, lang }: PartProps & { readonly lang?: string | undefined }) {
  return (
    <blockquote class="quote" style={QUOTE} dir="auto" {...(lang === undefined ? {} : { lang })}>
      {children}
    </blockquote>
  );
}
