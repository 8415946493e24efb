export { inUnicode, waysToRead } from './zawgyi.ts';
