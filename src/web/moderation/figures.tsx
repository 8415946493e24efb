interface FiguresProps {
  /** Each name once, with its figure as text. */
  readonly figures: readonly (readonly [name: string, figure: string])[];
}

export function Figures({ figures }: FiguresProps) {
  return (
    <dl class="figures">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
