import { loadTypeScript } from '../runner/load-typescript.ts';

/** For programs that a node starts beside itself, which are TypeScript where the node is. */
loadTypeScript(new Map());
