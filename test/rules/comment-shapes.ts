import ts from 'typescript';
import type { SourceText } from './source-files.ts';

/** What tells one comment from another, or where it stands: two of these beside an id are a comment's shape. */
const FIELDS: Readonly<Record<string, string>> = {
  post: 'post',
  postId: 'post',
  parent: 'parent',
  parentId: 'parent',
  rootId: 'root',
  depth: 'depth',
  author: 'author',
  authorId: 'author',
  body: 'body',
  bodyHtml: 'html',
};
const IDS: readonly string[] = ['id', 'commentId'];

/** Where files say again, member by member, what a comment is: `file name`, of types and classes alike. What is derived says nothing again. */
export function commentShapes(sources: readonly SourceText[]): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
    return shapesIn(file).map((shape) => `${path} ${nameOf(shape)}`);
  });
}

function shapesIn(node: ts.Node): readonly ts.Node[] {
  const inner = node.getChildren().flatMap(shapesIn);
  return isShape(node) ? [node, ...inner] : inner;
}

function isShape(node: ts.Node): boolean {
  if (!ts.isInterfaceDeclaration(node) && !ts.isTypeLiteralNode(node) && !ts.isClassDeclaration(node)) return false;
  const names = node.members
    .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
    .flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
  const fields = new Set(names.flatMap((name) => FIELDS[name] ?? []));
  const isOfComment = names.includes('commentId') || fields.has('parent');
  return isOfComment && names.some((name) => IDS.includes(name)) && fields.size >= 2;
}

/** Of what it stands in, for a shape without a name of its own. */
function nameOf(shape: ts.Node): string {
  const named = ts.findAncestor(shape, isNamed);
  return named === undefined ? '' : named.name.text;
}

function isNamed(node: ts.Node): node is ts.Node & { readonly name: ts.Identifier | ts.StringLiteral } {
  return 'name' in node && isNode(node.name) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name));
}

function isNode(value: unknown): value is ts.Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
