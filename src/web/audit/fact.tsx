import type { ComponentChildren } from 'preact';

/** One line of a list of facts (`<dl class="facts">`): what it is, and what is so. */
export function FactLine({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
