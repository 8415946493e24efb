import ts from 'typescript';
import type { SourceText } from './source-files.ts';

/** Files by each name that they declare and export; what they hand on from elsewhere is not theirs. */
export function exportedNames(sources: readonly SourceText[]): ReadonlyMap<string, ReadonlySet<string>> {
  const files = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const name of namesIn(source)) {
      const known = files.get(name) ?? new Set();
      files.set(name, known.add(source.path));
    }
  }
  return files;
}

function namesIn({ path, text }: SourceText): readonly string[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind);
  return statements
    .filter(isExported)
    .flatMap((statement) => {
      if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name);
      return 'name' in statement ? [statement.name] : [];
    })
    .flatMap((name) => (isIdentifier(name) ? [name.text] : []));
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function isIdentifier(name: unknown): name is ts.Identifier {
  return typeof name === 'object' && name !== null && 'text' in name && typeof name.text === 'string';
}
