/**
 * The entry file of a thread, by its path from a module, built or as a source: `programBeside(import.meta.url,
 * 'x.worker')`. Every thread's file is found only by this: in the bundled program (scripts/build-server.mjs) the
 * threads stand beside one another instead. No two of them have the same name.
 */
export function programBeside(module: string, path: string): URL {
  return new URL(`./${path}.${module.endsWith('.ts') ? 'ts' : 'js'}`, module);
}
