export { toldLanguage } from './told-language.ts';
