/** The tokens are those of the page. */
const COMPOSING_STYLES = `
.composer:has(.composing-tools) { position: relative; }
.composing-tools { display: flex; flex-wrap: wrap; gap: var(--space-1); margin-block-start: var(--space-1); }
.composing-tools button { min-width: 36px; min-height: 36px; border: 1px solid transparent; border-radius: var(--radius);
  background: none; color: var(--quiet); font: inherit; font-size: var(--text-small); cursor: pointer; }
.composing-tools button:is(:hover, :focus-visible) { border-color: var(--line-strong); color: var(--ink); }
.composing-tools [data-mark=bold] { font-weight: 700; }
.composing-tools [data-mark=italic] { font-style: italic; }
@media (pointer: coarse) {
  .composing-tools { gap: 0; }
  .composing-tools button { flex: 0 1 var(--touch); min-width: 36px; min-height: var(--touch); padding-inline: 0; }
}
@media (pointer: coarse) and (min-width: 320px) { .composing-tools { flex-wrap: nowrap; } }
.composing-preview { margin-block-start: var(--space-4); padding-block: var(--space-3);
  border-block-start: 1px solid var(--line); overflow-wrap: anywhere; }
.composing-preview .body { margin-block-start: var(--space-1); }
.composing-tools svg { vertical-align: middle; }
@media (min-width: 80em) {
  .composing-preview:not(.framed *) { position: absolute; inset-block-start: 0; inset-inline-start: calc(100% + var(--space-6));
    width: calc((100vw - var(--column)) / 2 - var(--gutter) - var(--space-6)); max-height: 28rem; overflow: auto; margin: 0; padding: 0 0 0 var(--space-4);
    border-block: 0; border-inline-start: 1px solid var(--line); }
}
.composing-people { position: absolute; z-index: 2; margin: 2px 0 0; padding: 0; list-style: none; min-width: 14rem; max-width: 100%;
  background: var(--raised); border: 1px solid var(--line-strong); border-radius: var(--radius); }
.composing-people li { min-height: var(--touch); padding: var(--space-2) var(--space-3); cursor: pointer; overflow-wrap: anywhere; }
.composing-people li[aria-selected=true] { background: var(--accent-wash); box-shadow: inset 3px 0 0 var(--accent); }
:is(.composing-newer, .composing-unkept) { margin-block-start: var(--space-2); padding: var(--space-2) var(--space-3); border-inline-start: 3px solid var(--accent);
  background: var(--accent-wash); overflow-wrap: anywhere; }
.composing-newer p { margin: 0; max-height: 10rem; overflow: auto; white-space: pre-wrap; }
.composing-quote { position: absolute; z-index: 3; margin: 0; }
:is(.composing-quote, .composing-people, .composing-preview)[hidden] { display: none; }
.composer:has([readonly]) :is(.composing-tools, .composing-preview) { display: none; }
.composing-images { margin-block-end: var(--space-2); list-style: none; }
.composing-images:empty { margin: 0; }
.composing-images li { margin-block-start: var(--space-2); padding: var(--space-2) var(--space-3); border-inline-start: 3px solid var(--accent);
  background: var(--accent-wash); overflow-wrap: anywhere; }
.composing-images p { margin: 0; }
.composing-images :is(progress, input) { display: block; width: 100%; margin-block: var(--space-1); accent-color: var(--accent); }
.composing-images .buttons { justify-content: flex-end; margin-block-start: var(--space-2); }
@media print { .composing-tools, .composing-preview, .composing-quote, .composing-people { display: none; } }
`;

/** The looks of the helps for writing come with them. */
export function adoptComposingStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(COMPOSING_STYLES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
