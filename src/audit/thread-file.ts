/** The entry file of a thread of this folder, as it stands beside this one: built, or as a source. */
export function threadFile(name: 'event-index' | 'export' | 'workbench'): URL {
  const kind = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./${name}.worker.${kind}`, import.meta.url);
}
