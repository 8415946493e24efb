import { loadTypeScript } from '../runner/load-typescript.ts';

/** Node itself reads no decorators. */
loadTypeScript(new Map());
await import('./short-leases.ts');
