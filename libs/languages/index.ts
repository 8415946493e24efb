export { toldByLetters, toldLanguage } from './told-language.ts';
