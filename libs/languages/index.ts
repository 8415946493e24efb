export { languagesAround, toldByLetters, toldLanguage } from './told-language.ts';
