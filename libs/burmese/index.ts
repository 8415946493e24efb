export { inUnicode } from './zawgyi.ts';
